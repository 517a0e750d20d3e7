"""Three heads of different shape for each kind of head that a careful person reads without a second look."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import MEASURES, PLAN, PROBLEMS

from scorer import assess, load_pack, read
from scorer.result import Assessment

BODY = f"一、主要举措和成效\n{MEASURES * 4}\n二、存在的不足和原因\n{PROBLEMS}\n三、下一年度工作安排\n{PLAN}\n"
LEAD = "过去一年，我们扎实推进法治政府建设，取得新的进展，现将有关情况报告如下：\n"


def web(head: str, body: str = BODY, *, name: str = "", meta: str = "") -> str:
    """A saved page: ``head`` is markup, the lines of ``body`` become paragraphs."""
    text = "".join(f"<p>　　{line}</p>" for line in body.splitlines())
    return f"<html><head><meta charset='utf-8'>{meta}<title>{name}</title></head><body>{head}<div id='zoom'>{text}</div></body></html>"


def judged(text: str) -> Assessment:
    """A text or page as it would be judged from a file."""
    return assess(read(text.encode()), load_pack())


def check(text: str, expected: dict[str, Any]) -> None:
    """All facts given are read so from the text."""
    got = judged(text)
    facts = {**got.metadata, "report_year": got.report_year, "level": got.level}

    assert got.is_annual_report, got.reason
    assert {name: facts[name] for name in expected} == expected


SESSIONS = [
    (
        f"青梧市人民政府关于2024年度法治政府建设情况的报告\n（2025年4月23日在青梧市第七届人民代表大会\n常务委员会第二十次会议上）\n青梧市司法局局长　林远舟\n{LEAD}{BODY}",
        {"document_date": "2025-04-23", "publication_date": None, "issuer": "青梧市人民政府"},
    ),
    (
        web(
            "<h1>岚溪县2021年法治政府建设情况报告</h1><p>——2022年3月30日在县十七届人大常委会第三次会议上</p><p>发布时间：2022-04-12 09:31</p>",
            LEAD + BODY,
        ),
        {"document_date": "2022-03-30", "publication_date": "2022-04-12", "title": "岚溪县2021年法治政府建设情况报告"},
    ),
    (
        f"关于青梧市2023年度法治政府建设情况的报告\n2024年6月27日于市十六届人大常委会第十八次会议\n青梧市人民政府\n各位委员：\n{LEAD}{BODY}",
        {"document_date": "2024-06-27", "publication_date": None, "issuer": "青梧市人民政府"},
    ),
]
BYLINES = [
    (
        f"2022年法治政府建设工作总结\n（岚溪县水务局　2023年1月12日）\n发布日期：2023-01-19\n{LEAD}{BODY}",
        {"issuer": "岚溪县水务局", "document_date": "2023-01-12", "publication_date": "2023-01-19", "level": "department"},
    ),
    (
        web("<h2>岚溪县2020年度法治政府建设情况报告</h2><div>岚溪县人民政府</div><div>(2021年2月9日)</div>", LEAD + BODY),
        {"issuer": "岚溪县人民政府", "document_date": "2021-02-09", "publication_date": None},
    ),
    (
        f"来源：县司法局　发布时间：2024-03-05\n柳泊镇2023年法治政府建设年度报告\n柳泊镇人民政府\n2024年1月8日\n{LEAD}{BODY}",
        {"issuer": "柳泊镇人民政府", "document_date": "2024-01-08", "publication_date": "2024-03-05"},
    ),
]
NUMBERS = [
    (
        f"青政报〔2024〕11号\n青梧市人民政府关于2023年度法治政府建设情况的报告\n省人民政府：\n{LEAD}{BODY}",
        {"document_number": "青政报〔2024〕11号", "report_year": 2023, "level": "city", "addressee": "省人民政府"},
    ),
    (
        web(
            "<div>岚溪县人民政府文件</div><div>岚政[2018]6号　　签发人：何川</div><h1>岚溪县人民政府关于2017年度法治政府建设工作情况的报告</h1>",
            LEAD + BODY,
        ),
        {"document_number": "岚政[2018]6号", "report_year": 2017, "title": "岚溪县人民政府关于2017年度法治政府建设工作情况的报告"},
    ),
    (
        f"岚司发〔2025〕3号 岚溪县司法局关于2024年度法治政府建设情况的报告\n{LEAD}{BODY}",
        {
            "document_number": "岚司发〔2025〕3号",
            "title": "岚溪县司法局关于2024年度法治政府建设情况的报告",
            "issuer": "岚溪县司法局",
            "report_year": 2024,
        },
    ),
]
LEVELS = [
    (
        f"青梧市人民政府关于2023年法治政府建设情况的报告\n中共青梧市委：\n{LEAD}{BODY}全县乡镇（街道）全覆盖，各镇各乡镇落实。\n",
        {"level": "city", "addressee": "中共青梧市委"},
    ),
    (
        f"第二十一师岑州市2023年度法治政府建设情况报告\n兵团：\n{LEAD}{BODY}第二十一师岑州市\n2024年2月2日\n",
        {"level": "city", "addressee": "兵团", "document_date": "2024-02-02"},
    ),
    (f"中国证监会岚原监管局2023年法治政府建设情况报告\n{LEAD}{BODY}", {"level": "department"}),
]
TITLES = [
    (
        web("<h1>关于青梧市2024年度法治政府建设情况的报告</h1><h3>青梧市人民政府</h3>", LEAD + BODY),
        {"title": "关于青梧市2024年度法治政府建设情况的报告", "issuer": "青梧市人民政府", "report_year": 2024},
    ),
    (
        f"[专题专栏]岚溪县教育局2022法治政府建设\n年度报告\n{LEAD}{BODY}",
        {"title": "岚溪县教育局2022法治政府建设年度报告", "report_year": 2022, "issuer": "岚溪县教育局"},
    ),
    (
        f"首页 > 法治建设 > 2020-02-21\n根据有关规定，现将岚溪县2019年度法治政府建设情况报告如下：\n{BODY}岚溪县人民政府\n",
        {"title": "岚溪县2019年度法治政府建设情况报告", "issuer": "岚溪县人民政府", "level": "county"},
    ),
]
ISSUERS = [
    (f"岚溪县人民政府门户网站\n县水务局2022年度法治政府建设工作报告\n{LEAD}{BODY}", {"issuer": "岚溪县水务局", "level": "department"}),
    (
        web(
            "<div>柳泊镇</div><h1>柳泊镇2022年法治政府建设工作总结</h1><div>发布机构：柳泊镇　发布日期：2023-01-09</div>",
            LEAD + BODY + "镇政府严格落实责任。\n",
        ),
        {"issuer": "柳泊镇人民政府", "level": "township"},
    ),
    (
        f"青梧市交通運輸局（青梧市地方海事局）2023年度法治政府建設情況報告\n來源：青梧市交通运输局　發布日期：2024-01-30\n{LEAD}{BODY}",
        {"publication_date": "2024-01-30", "level": "department", "report_year": 2023},
    ),
]
DATES = [
    ("发布日期：18.03.2025　浏览次数：21", "2025-03-18"),
    ("生成日期：2025-01-02　公开日期：2025/3/20　收录时间：2025-04-01", "2025-03-20"),
    ("时间：二〇二五年三月二十日　来源：县政府办", "2025-03-20"),
]


MORE = [
    (
        f"【法治政府建设】青梧市教育体育局\n关于2022年度法治政府建设情况的报告\n时间：2023-01-11\n市委依法治市办、市司法局：\n{LEAD}{BODY}",
        {"title": "青梧市教育体育局关于2022年度法治政府建设情况的报告", "issuer": "青梧市教育体育局"},
    ),
    (
        f"岚溪縣人民政府關於2022年度法治政府建設情況的報告\n來源：縣政府辦\n縣委、縣人大常委會：\n{LEAD}{BODY}",
        {"issuer": "岚溪县人民政府", "level": "county"},
    ),
    (
        f"2023年度法治政府建设工作报告\n岚山区民政局　2024年1月5日\n发布日期：2024-01-08\n{LEAD}{BODY}",
        {"issuer": "岚山区民政局", "document_date": "2024-01-05", "publication_date": "2024-01-08"},
    ),
    (
        f"岚溪县法治政府建设工作领导小组办公室关于2023年度法治政府建设工作情况的报告\n县委、县政府：\n{LEAD}{BODY}",
        {"issuer": "岚溪县法治政府建设工作领导小组办公室", "level": "department"},
    ),
    (
        f"省人民政府关于2014年依法行政工作报告\n——2015年3月26日在省十二届人大常委会第十五次会议上\n岚原省政府副秘书长　何川\n各位委员：\n我受省人民政府委托，报告2014年全省依法行政工作，请予审议。\n{BODY}",
        {"issuer": "岚原省人民政府", "level": "province", "document_date": "2015-03-26"},
    ),
    (
        f"| 标题：区政府2014年依法行政年度报告 |\n花桥区政府坚持依法行政，现将有关情况汇报如下：\n{BODY}",
        {"title": "区政府2014年依法行政年度报告", "level": "county"},
    ),
    (
        f"留上街道2022年度法治政府建设工作报告\n来源：留上街道　点击率：12\n街道党工委、办事处重视法治政府建设，现将情况报告如下：\n{BODY}",
        {"issuer": "留上街道办事处", "level": "township"},
    ),
    (
        f"岚溪县法治政府建设2023年工作总结和2024年工作计划\n{LEAD}{BODY}",
        {"report_year": 2023, "level": "county"},
    ),
    (
        f"中共岚溪县水利局党组关于2023年度法治政府建设情况的报告\n县委依法治县委员会：\n{LEAD}{BODY}",
        {"level": "department", "addressee": "县委依法治县委员会"},
    ),
    (
        f"海滨街2020年法治政府建设情况.docx\n海滨街2020年法治政府建设情况报告 2020 年，在区委、区政府的正确领导下，海滨街依法行政，现将工作情况报告如下：\n{BODY}",
        {"title": "海滨街2020年法治政府建设情况报告", "level": "township"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*SESSIONS, *BYLINES, *NUMBERS, *LEVELS, *TITLES, *ISSUERS, *MORE])
def test_the_facts_of_a_head(text: str, expected: dict[str, Any]) -> None:
    """Sessions, bylines, numbers, levels, titles and issuers in the shapes in which pages have them."""
    check(text, expected)


@pytest.mark.parametrize(("line", "date"), DATES)
def test_the_date_that_is_meant(line: str, date: str) -> None:
    """Any way of writing, and the label says which of several."""
    check(f"岚溪县人民政府关于2024年法治政府建设情况的报告\n{line}\n{LEAD}{BODY}", {"publication_date": date, "report_year": 2024})


@pytest.mark.parametrize(
    "lead",
    [
        "2023年，全县办结复议案件80件，现将有关情况报告如下：",
        "现将2023年工作情况报告于下，我局开展执法检查12次。",
        "去年以来，审查文件12件，具体情况汇报如下",
    ],
)
def test_a_lead_of_one_sentence_is_body(lead: str) -> None:
    """Whatever ends it: its acts count."""
    text = f"岚溪县司法局2023年度法治政府建设情况报告\n发布日期：2024-01-09\n{lead}\n{BODY}"
    found = judged(text)

    assert found.is_annual_report
    assert found.metadata["publication_date"] == "2024-01-09"


@pytest.mark.parametrize(
    "head",
    [
        "岚溪县在全省率先公布2023年度法治政府建设情况报告",
        "关于报送2023年度\n法治政府建设情况报告\n有关事项的通知",
        "2023年度“八五”普法工作总结",
        "岚溪县2023年平安建设工作情况报告",
        "岚溪县2024年度法治政府建设工作要点",
        "岚溪年鉴（2024）\n法治政府建设",
        "关于法治政府建设督察反馈问题整改情况的报告",
        "《岚溪县2023年度法治政府建设情况报告》政策解读",
        "2023年区五年法治政府建设工作情况报告",
        "岚溪县司法局2023年工作总结及2024年工作计划",
        "岚溪县2023年度法治社会建设情况报告",
        "岚溪县2023年度法治政府建设示范创建工作情况汇报",
        "岚溪县行政执法工作2023年度报告",
        "法治政府建设报告制度实证研究\n——以2023年度30份报告为例",
        "岚溪县人大常委会关于县人民政府2023年度法治政府建设情况报告的审议意见",
    ],
)
def test_other_documents_are_refused(head: str) -> None:
    """News, notices, reports on something else, plans, yearbooks."""
    lead = "2023年，岚溪县深入推进普法和法治政府建设，营造良好氛围。现将有关工作总结如下："
    found = judged(f"{head}\n来源：岚溪县司法局　日期：2024-01-12\n{lead}\n{BODY}")

    assert not found.is_annual_report


@pytest.mark.parametrize(
    "head",
    [
        "2023年，我镇推进法治政府建设，现就我镇2023年度法治政府建设情况报告如下：",
        "2023年度部门工作总结\n现将我局2023年度法治政府建设工作开展情况报告如下：",
        "一、积极统筹部署，推进法治政府建设\n现将2023年法治政府建设工作情况汇报如下：",
    ],
)
def test_a_report_without_a_title_is_judged_by_its_body(head: str) -> None:
    """The year comes from its parts; the name of a column does not decide."""
    found = judged(f"{head}\n{BODY}")

    assert found.is_annual_report, found.reason
    assert found.report_year == 2023


def test_a_page_with_nothing_but_a_menu_is_refused() -> None:
    """The words of a menu are no report."""
    found = judged("首页\n政府信息公开指南\n法治政府建设年度报告\n通知公告\n领导之窗\n上一篇：无\n下一篇：无\n")

    assert not found.is_annual_report


LONG = "我局加强行政执法监督，组织案卷评查，规范行政复议和应诉工作，开展执法培训，审查规范性文件12件。" * 4


@pytest.mark.parametrize(
    "page",
    [
        "".join(f"<p>　　{line}</p>" for line in (LEAD + BODY + LONG).splitlines()),
        "".join(f"<div><div><div><div><p>{line}</p></div></div></div></div>" for line in (LEAD + BODY + LONG).splitlines()),
        f"<center><p>{LONG}</p></center>" + "<br>".join((LEAD + BODY * 2).splitlines()),
    ],
    ids=["paragraphs of the body", "each in boxes of its own", "lines of the body"],
)
def test_paragraphs_without_a_box_around_them_are_all_read(page: str) -> None:
    """The longest paragraph of a page without a box for its article is not the article."""
    title = "岚溪县水务局２０１９年度法治政府建设情况报告"
    top = f"<div>时间：２０２０年３月２日</div><div>《{title}》公开</div><p>现将《{title}》全文公开如下，接受监督。</p>"
    check(
        f"<html><head><title>《{title}》公开</title></head><body>{top}<p>{title}</p><p>（２０２０年２月１１日）</p>{page}</body></html>",
        {"title": "岚溪县水务局2019年度法治政府建设情况报告", "document_date": "2020-02-11", "report_year": 2019},
    )


GIVEN = [
    (
        f"关于2018年法治政府建设工作情况的报告\n发布时间：2019-03-06 来源：青梧市人大常委会办公室\n——2019年2月21日在青梧市第六届人民代表大会常务委员会第三次会议上\n市司法局局长　林远舟\n主任、各位副主任、各位委员：\n受市人民政府委托，我向市人大常委会报告2018年全市法治政府建设工作情况，请予审议。\n{BODY}",
        {"issuer": "青梧市人民政府", "addressee": "市人大常委会", "level": "city", "document_date": "2019-02-21"},
    ),
    (
        web(
            "<h1>关于2020年度依法行政工作情况的报告</h1><p>来源：岚溪县人大常委会</p><p>岚溪县人民政府门户网站</p>",
            f"各位代表：\n我受县政府的委托，现就全县依法行政工作向县人民代表大会作报告，请予审议。\n{BODY}岚溪县司法局\n2021年1月9日\n",
        ),
        {"issuer": "岚溪县政府", "addressee": "县人民代表大会", "level": "county", "document_date": "2021-01-09"},
    ),
    (
        f"花桥区2022年度法治政府建设情况报告\n来源：区司法局\n根据区人民政府委托，我代表区政府向大会报告2022年度法治政府建设情况。\n{BODY}",
        {"issuer": "花桥区人民政府", "addressee": None, "level": "county"},
    ),
    (
        f"关于2022年度法治政府建设情况的报告\n来源：花桥区司法局\n受花桥区人民政府委托，我局开展执法案卷评查，现将情况说明于下。工作报告提交及时。\n{BODY}",
        {"issuer": "花桥区司法局", "addressee": None, "level": "department"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), GIVEN)
def test_a_report_given_in_the_name_of_an_organ(text: str, expected: dict[str, Any]) -> None:
    """受…委托，向…报告: the organ that gave the mandate reports to the body that hears it, whoever speaks, signs or posts it."""
    check(text, expected)


def test_a_sentence_that_names_the_hearer_is_no_addressee_line() -> None:
    """The fact is known, the line above the body is missing all the same."""
    found = {f.rule: f.status for f in judged(GIVEN[0][0]).findings}

    assert found["form.addressee"] == "missing"


NEWS = [
    (
        "市人大常委会听取和审议2024年度法治政府建设工作情况的报告",
        "4月28日，青梧市人大常委会举行会议，听取和审议市政府关于2024年度法治政府建设情况的报告。\n",
    ),
    ("岚溪县2023年度法治政府建设情况报告获县人大常委会审议通过", "3月5日，县人大常委会召开会议，审议有关事项。\n"),
    ("岚溪县2023年度法治政府建设情况报告", "3月5日，岚溪县人大常委会召开第十次会议，专题听取县政府法治政府建设情况的汇报。\n"),
    ("2022年度法治政府建设情况的报告", "近日，县委常委会召开会议，听取全县法治政府建设情况汇报并研究下步工作。\n"),
]
RETOLD = "报告指出，2023年，全县规范行政执法，畅通行政复议渠道，依法行政水平不断提高，重大行政决策程序更加严格，规范性文件审查全面覆盖。\n会上，组成人员分组审议。大家认为，报告实事求是，问题找得准，也指出执法力量不足等短板。\n会议要求，要落实审议意见，建立清单，加强行政执法监督，书面报告办理情况。\n会议还审议了其他事项。\n"


@pytest.mark.parametrize(("title", "lead"), NEWS)
def test_news_of_a_meeting_that_heard_the_report_is_refused(title: str, lead: str) -> None:
    """By its headline, or by what it tells of the meeting."""
    assert not judged(f"{title}\n发布时间：2024-04-29 来源：岚溪发布\n{lead}{RETOLD}").is_annual_report


@pytest.mark.parametrize(
    "lead",
    [
        "县政府常务会议专题听取法治政府建设情况汇报2次，会议要求各部门压实责任，全年工作有序推进。",
        "2023年，县委常委会会议听取法治政府建设情况汇报，会议要求压实责任，会议强调依法行政。",
        "受县政府委托，现将2023年度法治政府建设情况报告如下，请会议审议报告。会议指出的问题，大家认为须改的都已整改。",
    ],
)
def test_a_report_that_tells_of_meetings_is_none_of_news(lead: str) -> None:
    """What meetings asked for stands in reports too, and on a line under the title the meeting that passed the report."""
    found = judged(f"岚溪县人民政府关于2023年度法治政府建设情况的报告\n本报告经县政府常务会议审议通过\n{lead}\n{BODY}")

    assert found.is_annual_report, found.reason


@pytest.mark.parametrize("word", ["欧洲杯竞彩推荐", "足彩app下载 买球平台", "探花视频在线"])
def test_words_of_intruders_are_told(word: str) -> None:
    """Gambling and the like in the page's own title."""
    found = judged(web("<h1>岚溪县人民政府关于2023年法治政府建设情况的报告</h1>", LEAD + BODY, name=f"{word}-官方网站"))

    assert any("入侵" in note for note in (*found.notes, *found.source.warnings))
