"""The check before publication: what is told, what is not, and how much it tells on real prose."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from scorer.document import Document
from scorer.publication.check import check, main_year
from scorer.publication.load import load_checklist
from scorer.publication.model import Alarm
from scorer.publishing import before_publication

PROSE = Path(__file__).resolve().parents[2].parent / "shared" / "prose"
LIST = load_checklist()
FILLER = "全县上下齐心协力，各项任务有序推进。" * 3


def told(text: str, year: int | None = 2024) -> list[Alarm]:
    """The alarms of a text."""
    return list(check(Document.from_text(text), LIST, year))


def test_an_alarm_says_what_where_right_and_why() -> None:
    """What stands there, the paragraph, what to write instead, and why with the source."""
    (alarm,) = told("第一段没有问题。\n会同县工商局开展检查。")

    assert (alarm.quote.quote, alarm.paragraph, alarm.right) == ("工商局", 2, "市场监督管理局")
    assert "深化党和国家机构改革方案" in alarm.why
    assert alarm.context == "会同县工商局开展检查。"


def test_the_quotation_is_that_of_the_original() -> None:
    """Full-width digits and blanks within do not move the place."""
    text = "　　２０２４年，会同县 工商 局开展检查。"
    alarm = next(a for a in told(text) if a.group == "organs")

    assert text[alarm.quote.start : alarm.quote.end] == alarm.quote.quote == "工商 局"


@pytest.mark.parametrize(("year", "alarms"), [(2017, 0), (2018, 0), (2019, 1), (2024, 1)])
def test_the_year_of_the_report_decides(year: int, alarms: int) -> None:
    """An organ that ended in 2018 may be named by reports up to that year."""
    assert len(told("会同县工商局开展检查。", year)) == alarms


def test_a_sentence_about_the_past_may_name_what_was() -> None:
    """A year within the sentence, 原, or the reform itself."""
    assert told("2016年，县工商局移交线索3条。") == []
    assert told("原县工商局移交的案件办结。") == []
    assert told("县工商局与县质监局合并，组建市场监管局。") == []


def test_without_a_year_the_one_named_most_counts() -> None:
    """A text without a known year is judged by the year it speaks of; what came later is then not told."""
    assert main_year("2023年、2024年、2024年") == 2024
    assert len(told("2024年，成效明显。2024年，扎实推进。会同县工商局开展检查。", None)) == 1
    assert told("2018年，深入学习贯彻习近平法治思想。", None) == []


def test_two_right_words_side_by_side_are_no_slip() -> None:
    """保健 and 立法 do not make 健立; a page about 执法 and 法规 has no slip either."""
    assert told("推进妇幼保健立法调研，行政执法法规汇编成册。") == []


def test_a_veiled_name_is_no_name() -> None:
    """王某 and 李×× may be published."""
    assert told("对当事人王某处以罚款。被处罚人李××已履行。") == []


def test_figures_that_contradict_themselves_are_told() -> None:
    """What the recount finds stands in the list, not found a second time here."""
    text = "全年办理案件100件，办结90件，办结率95%。"
    alarms = before_publication(Document.from_text(text)).alarms

    assert [alarm.group for alarm in alarms] == ["figures"]
    assert "90%" in alarms[0].right


def test_identity_numbers_need_their_check_digit() -> None:
    """A number with a wrong check digit or an impossible day is some other number."""
    assert [a.entry for a in told("号码11010519491231002X。")] == ["personal.identity"]
    assert told("号码110105194912310021。") == []
    assert told("号码110105194913310020。") == []


def test_bank_cards_fulfil_luhn() -> None:
    """Sixteen digits that do not are a file number."""
    assert [a.entry for a in told("账号6222021234567890128。")] == ["personal.card"]
    assert told("编号6222021234567890129。") == []


def test_the_number_of_alarms_is_bounded() -> None:
    """A text of nothing but blanks does not make a list without end."""
    assert len(told("办理案件____件。\n" * 2000)) == 500


@pytest.mark.slow
@pytest.mark.skipif(not PROSE.is_dir(), reason="the prose is not here")
def test_real_prose_is_seldom_told() -> None:
    """At most one alarm in 200,000 characters of real reports of governments."""
    documents = [Document.from_text(path.read_text("utf-8")) for path in sorted(PROSE.glob("*.txt"))]
    alarms = [alarm for document in documents for alarm in check(document, LIST, None)]

    assert len(alarms) <= sum(len(document.text) for document in documents) / 200_000


SEEDS = {
    "blanks": (
        "全年开展检查＿＿＿次。",
        "培训执法人员×××人次。",
        "〔待办公室补〕",
        "（请在此处插入表格）",
        "出台《 》。",
        "20XX年，推进工作。",
    ),
    "personal": ("举报人李志强反映的问题办结。", "家住东风路{n}号。", "手机18{n:09d}。", "被处罚人周玉梅拒不履行。"),
    "secret": ("秘密★{n}年。", "仅供内部参阅。", "公开方式：不予公开。"),
    "organs": ("会同省国土资源厅检查。", "县卫计局牵头。", "联合市地税局办案。", "报县政府法制办备案。"),
    "laws": ("宣传《侵权责任法》。", "依据《中华人民共和国合同法》处理。", "组织学习《物权法》《行政处罚法》。"),
    "marks": ("印发《实施方案，明确分工。", "加强领导，、压实责任。"),
}


@pytest.mark.parametrize("group", SEEDS)
def test_seeded_slips_are_found(group: str) -> None:
    """Slips of each sort, put into a text that has none, are found where they stand."""
    chance = random.Random(7)
    for number, slip in enumerate(SEEDS[group]):
        said = slip.format(n=chance.randint(1, 99) if "路" in slip or "★" in slip else 612345678 + number)
        alarms = told(f"{FILLER}\n{FILLER}{said}{FILLER}\n{FILLER}", 2025)
        assert any(said.strip("。")[:2] in a.context or a.quote.quote in said for a in alarms if a.group == group), said


PHRASES = ("习近平新时代中国特色社会主义思想", "法治政府建设实施纲要", "行政机关负责人出庭应诉", "社会主义核心价值观")


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_set_phrase_with_a_slip_is_found(phrase: str) -> None:
    """A character left out, one twice, two in each other's place, anywhere within; the right form is silent."""
    assert told(f"深入学习{phrase}，推动落实。") == []
    for at in range(1, len(phrase) - 2):
        forms = [phrase[:at] + phrase[at + 1 :], phrase[:at] + phrase[at] + phrase[at:]]
        if phrase[at] != phrase[at + 1]:
            forms.append(phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :])
        for form in forms:
            assert told(f"深入学习{form}，推动落实。"), form
