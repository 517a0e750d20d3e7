"""Facts of heads that are written in unusual ways, one kind after the other."""

from __future__ import annotations

import pytest
from helpers import MEASURES, TITLE, assessed, page, parsed

from scorer.parsing.metadata import Metadata

LEAD = "2023年，岚溪县深入推进法治政府建设，现将有关情况报告如下。"


def facts(text: str) -> Metadata:
    """The metadata of a text."""
    return parsed(text).metadata


def value(metadata: Metadata, name: str) -> str | None:
    """A fact as a word."""
    datum = getattr(metadata, name)
    return datum.value if datum else None


@pytest.mark.parametrize(
    "line",
    ["（2024年2月1日在岚溪县第十届人大常委会第九次会议上）", "——2024年2月1日在岚溪县第十届人民代表大会\n第三次会议上", "（2024年2月1日）"],
)
def test_the_date_of_a_session_is_that_of_the_document(line: str) -> None:
    """Under the title it is no publication date."""
    got = facts(page(header=f"{line}\n{LEAD}", signature=""))

    assert value(got, "document_date") == "2024-02-01"
    assert value(got, "publication_date") is None


def test_a_number_in_the_title() -> None:
    """It is the document number, no part of the title, and its year is not that of the report."""
    got = facts(page(title="〔岚政发〔2024〕7号〕岚溪县人民政府关于2023年度法治政府建设情况的报告", header=LEAD, signature=""))

    assert value(got, "title") == "岚溪县人民政府关于2023年度法治政府建设情况的报告"
    assert value(got, "document_number") == "岚政发〔2024〕7号"
    assert (value(got, "issuer"), got.report_year) == ("岚溪县人民政府", 2023)


@pytest.mark.parametrize(
    ("organ", "level"),
    [
        ("北岭地区行政公署", "city"),
        ("青梧市人民政府办公室", "department"),
        ("青梧海关", "department"),
        ("沧岳自治区人民政府", "province"),
        ("青梧高新技术产业开发区管理委员会", "county"),
        ("青梧市国有资产监督管理委员会", "department"),
        ("青梧市农村信用合作联社", "department"),
    ],
)
def test_the_longest_suffix_tells_the_level(organ: str, level: str) -> None:
    """自治区 is no 区, 行政公署 no 署, and an office of a government is a department."""
    assert facts(page(title=f"{organ}关于2023年法治政府建设情况的报告", header=LEAD, signature="")).level == level


@pytest.mark.parametrize(("to", "level"), [("市委、市人大常委会：", "city"), ("市人民政府：", "county"), ("省人民政府：", "city")])
def test_a_city_may_report_to_its_own_committee(to: str, level: str) -> None:
    """A city that writes to its own 市委 and 人大常委会 is no county."""
    got = facts(page(title="青梧市人民政府关于2023年法治政府建设情况的报告", header=f"{to}\n{LEAD}", signature=""))

    assert got.level == level


def test_a_short_organ_is_completed_from_the_page() -> None:
    """市水务局 belongs to the city whose site it is."""
    got = facts("青梧市人民政府网站\n" + page(title="市水务局2023年度法治政府建设工作报告", header=LEAD, signature=""))

    assert value(got, "issuer") == "青梧市水务局"


def test_a_title_that_only_the_first_sentence_names() -> None:
    """The name of a column is no title."""
    got = facts(page(title="依法行政", header="现将岚溪县人民政府2023年度法治政府建设情况报告如下：", signature=""))

    assert value(got, "title") == "岚溪县人民政府2023年度法治政府建设情况报告"


def test_title_and_text_on_one_line() -> None:
    """The title ends at the gap."""
    got = facts(page(title=f"{TITLE}　　2023年，岚溪县坚持依法行政，一体推进法治建设，现将有关情况报告如下。", header="", signature=""))

    assert value(got, "title") == TITLE


def test_a_preamble_that_ends_in_a_colon_is_body() -> None:
    """Whatever sign ends the sentence 报告如下."""
    got = parsed(page(header="2023年，我县办结案件80件，现报告如下："))

    assert any("办结案件80件" in line.text for line in got.body)


@pytest.mark.parametrize(
    "line", ["发布时间：18.03.2024", "收录时间：2024-05-01　发布日期：2024-03-18　更新时间：2024-06-01", "发布日期：20240318"]
)
def test_labels_say_which_date_is_meant(line: str) -> None:
    """收录时间 and 更新时间 do not pass for the publication date."""
    assert value(facts(page(header=f"{line}\n{LEAD}")), "publication_date") == "2024-03-18"


def test_a_letter_with_the_report_as_annex() -> None:
    """Addressee, date and signature are the letter's, title and body the annex's."""
    letter = "岚溪县司法局关于报送2023年度法治政府建设情况报告的函\n县委依法治县办公室：\n现将报告送上，请审阅。\n岚溪县司法局\n2024年1月9日\n附件\n"
    got = parsed(letter + page(title="岚溪县司法局2023年度法治政府建设情况报告", header=LEAD, measures=MEASURES * 8, signature=""))

    assert value(got.metadata, "title") == "岚溪县司法局2023年度法治政府建设情况报告"
    assert value(got.metadata, "addressee") == "县委依法治县办公室"
    assert value(got.metadata, "document_date") == "2024-01-09"
    assert not any("请审阅" in line.text for line in got.body)


@pytest.mark.parametrize(
    "title",
    [
        "我县按时上报2023年度法治政府建设情况报告",
        "关于做好2023年度\n法治政府建设年度报告\n工作的通知",
        "关于2023年度法治政府建设情况的通报",
    ],
)
def test_news_notices_and_circulars_are_refused(title: str) -> None:
    """What is written about a report is none."""
    assert not assessed(page(title=title, header=LEAD, signature=""), force=False).is_annual_report


def test_a_menu_and_a_heading_do_not_decide() -> None:
    """指南 in a menu and 部署 in a heading say nothing of what the text is."""
    text = "政务公开 | 政府信息公开指南 | 通知公告\n2023年，岚溪县推进工作，现将2023年度法治政府建设情况报告如下：\n一、积极统筹部署，推进法治政府建设\n"
    body = page(title="", header="", signature="岚溪县人民政府\n2024年1月9日")

    assert assessed(text + body, force=False).is_annual_report


def test_a_traditional_head_over_simplified_text_has_its_level() -> None:
    """縣 is 县 also where the text below it is simplified."""
    got = facts(page(title="嵐溪縣人民政府關於2023年法治政府建設情況的報告", header=LEAD, signature=""))

    assert got.level == "county"


def test_a_report_on_everything_is_none() -> None:
    """Without a title, lead and headings must name what the report is about; words of the field further down are not enough."""
    text = "\n".join(
        (
            "各位代表：现在，我代表县人民政府向大会报告工作，请予审议。",
            "一、过去一年工作回顾",
            "全县生产总值增长百分之五，粮食总产稳定，城乡居民收入稳步提高，各项事业取得新的进步，圆满完成年度目标。" * 3,
            "坚持依法行政，深化法治政府建设，规范行政执法，办理行政复议案件85件，重大行政决策合法性审查12件。",
            "二、存在的问题",
            "一是产业基础薄弱。二是民生短板不少，公共服务供给不足。",
            "三、2024年工作安排",
            "实施重点项目，抓好招商引资，办好民生实事。",
        )
    )

    assert not assessed(text, force=False).is_annual_report


def test_questions_and_answers_are_none() -> None:
    """An interview on the rule of law."""
    asked = "问：法治政府建设去年有哪些进展？\n答：依法行政扎实推进，受理行政复议案件85件，行政执法规范有序，第一责任人职责落实。\n"

    assert "访谈" in assessed("以法治护航发展\n" + asked * 6 + page(title="", header="", signature=""), force=False).reason
