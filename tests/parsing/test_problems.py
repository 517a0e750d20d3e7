"""Shortcomings, their causes, arrangements, and which answers which."""

from __future__ import annotations

import pytest
from helpers import case, page, parsed

from scorer.document import Span
from scorer.parsing.report import Report


def words(report: Report, span: Span | None) -> str | None:
    """The text of a range."""
    return report.text[span.start : span.end] if span else None


def named(problems: str) -> list[str | None]:
    """The words of each shortcoming of a problems part."""
    report = parsed(page(problems=problems))
    return [words(report, s.span) for s in report.shortcomings]


def causes(problems: str) -> list[str | None]:
    """The words of each cause, None where none is given."""
    report = parsed(page(problems=problems))
    return [words(report, s.cause) for s in report.shortcomings]


def answered(problems: str, plan: str) -> list[bool]:
    """For each shortcoming whether the plan answers it."""
    return [a is not None for a in case(page(problems=problems, plan=plan)).answers]


def test_points_in_a_row() -> None:
    """一是 and 二是 begin a shortcoming each, named without its number and stop."""
    got = named("一是乡镇执法力量薄弱。二是普法宣传方式单一。三是案卷质量不高。")

    assert got == ["乡镇执法力量薄弱", "普法宣传方式单一", "案卷质量不高"]


@pytest.mark.parametrize(
    "problems",
    [
        "（一）乡镇执法力量薄弱。持证人员少。\n（二）普法宣传方式单一。以发放资料为主。",
        "1.乡镇执法力量薄弱。\n2.普法宣传方式单一。",
        "当前还存在以下问题：一是乡镇执法力量薄弱；二是普法宣传方式单一。",
        "一是乡镇执法力量薄弱，\n二是普法宣传方式单一。",
        "乡镇执法力量薄弱；普法宣传方式单一。",
        "第一，乡镇执法力量薄弱。第二，普法宣传方式单一。",
    ],
)
def test_two_shortcomings_in_every_form(problems: str) -> None:
    """Sub-headings, numbers, points after a colon and plain sentences give the same two."""
    got = named(problems)

    assert len(got) == 2
    assert "执法力量薄弱" in (got[0] or "")
    assert "普法宣传方式单一" in (got[1] or "")


def test_points_under_sub_headings_are_the_items() -> None:
    """A sub-heading that only names a field is none itself."""
    got = named("（一）行政执法方面。一是乡镇执法力量薄弱。二是案卷质量不高。\n（二）普法方面。一是宣传方式单一。")

    assert len(got) == 3


def test_an_admission_in_general_words_is_vague() -> None:
    """That there are shortcomings is no shortcoming by name."""
    report = parsed(page(problems="我县法治政府建设还存在一些不足，与上级要求相比还有差距。"))

    assert [s.vague for s in report.shortcomings] == [True]


def test_the_vague_admission_does_not_count_beside_named_ones() -> None:
    """Where shortcomings are named, the sentence that leads to them is none."""
    report = parsed(page(problems="虽然取得了一定成绩，但仍存在一些不足。一是乡镇执法力量薄弱。二是普法宣传方式单一。"))

    assert [s.vague for s in report.shortcomings] == [False, False]


def test_problems_found_elsewhere_are_not_the_own_ones() -> None:
    """Problems that an inspection found at others and that were mended are an achievement."""
    got = named("开展专项督察，发现执法不规范问题23个，已全部整改。乡镇执法力量薄弱。")

    assert got == ["乡镇执法力量薄弱"]


@pytest.mark.parametrize(
    ("problems", "cause"),
    [
        ("一是乡镇执法力量薄弱，原因是编制紧张。", "编制紧张"),
        ("一是乡镇执法力量薄弱，主要原因是编制紧张。", "编制紧张"),
        ("一是由于编制紧张，乡镇执法力量薄弱。", "编制紧张"),
        ("一是受编制限制，乡镇执法力量薄弱。", "受编制限制"),
        ("一是乡镇执法力量薄弱。究其原因，编制紧张。", "编制紧张"),
        ("（一）乡镇执法力量薄弱。持证人员少，原因在于编制紧张。", "编制紧张"),
    ],
)
def test_causes_in_the_item(problems: str, cause: str) -> None:
    """A cause is found before or after its shortcoming, in the same item."""
    got = causes(problems)

    assert len(got) == 1
    assert cause in (got[0] or "")


def test_a_shortcoming_without_cause_has_none() -> None:
    """The cause of one shortcoming is not that of its neighbour."""
    got = causes("一是乡镇执法力量薄弱，原因是编制紧张。二是普法宣传方式单一。")

    assert [cause is not None for cause in got] == [True, False]


@pytest.mark.parametrize(
    "cause", ["上述问题的原因，主要是对法治工作重视不够、投入不足。", "产生以上问题的原因：一是思想重视不够，二是投入不足。"]
)
def test_a_cause_for_all(cause: str) -> None:
    """A paragraph that speaks of all shortcomings gives each its cause and is none itself."""
    got = causes(f"一是乡镇执法力量薄弱。二是普法宣传方式单一。\n{cause}")

    assert len(got) == 2
    assert None not in got


def test_arrangements_are_the_clauses_that_announce_something() -> None:
    """Distinct concrete tasks count, each once."""
    report = parsed(page(plan="一是开展行政执法案卷评查，配齐乡镇法制审核人员。二是办好宪法宣传周，创新普法宣传方式。"))

    assert sum(a.concrete for a in report.arrangements) >= 3


def test_a_bare_declaration_is_nothing_concrete() -> None:
    """Resolve without a task is no concrete arrangement."""
    report = parsed(page(plan="坚定信心，锐意进取，努力奋斗，再创佳绩，推动各项事业更上一层楼。"))

    assert not any(a.concrete for a in report.arrangements)


def test_arrangements_on_the_same_subject_answer() -> None:
    """Each shortcoming with a task on its subject is answered, the others are not."""
    got = answered(
        "一是行政复议办案力量薄弱。二是普法宣传方式单一。三是政务数据共享不畅。",
        "充实行政复议办案人员。拍摄普法宣传短视频。办好法治夜校。",
    )

    assert got == [True, True, False]


def test_general_words_answer_nothing() -> None:
    """An arrangement on another subject answers no shortcoming, though both speak of 加强工作."""
    got = answered("一是行政裁决工作基础薄弱。二是行政应诉能力不强。", "进一步加强气象灾害预警工作，编印防雷手册。")

    assert got == [False, False]


def test_answers_keep_the_order_of_the_shortcomings() -> None:
    """The plan may take up the shortcomings in any order."""
    made = case(page(problems="一是行政复议办案力量薄弱。二是普法宣传方式单一。", plan="拍摄普法宣传短视频。充实行政复议办案人员。"))
    got = [words(made.report, a.span) if a else None for a in made.answers]

    assert got == ["充实行政复议办案人员", "拍摄普法宣传短视频"]


def test_a_report_without_those_parts_has_neither() -> None:
    """No problems part, no shortcomings; no plan, no arrangements."""
    report = parsed(
        "岚溪县2023年法治政府建设情况报告\n一、主要工作\n全年受理行政复议案件85件，办结80件。\n二、保障措施\n培训执法人员320人次。\n岚溪县人民政府\n2024年2月5日\n"
    )

    assert report.shortcomings == ()
    assert report.arrangements == ()


def test_quotes_are_exact() -> None:
    """Names, causes and arrangements are passages of the text as it stands."""
    text = page(problems="一是 乡镇执法 力量薄弱，原因是编制　紧张。", plan="为乡镇充实 执法力量。")
    report = parsed(text)
    (only,) = report.shortcomings
    quotes = [report.quote(span) for span in (only.span, only.cause, report.arrangements[0].span) if span]

    assert (
        [text[q.start : q.end] for q in quotes]
        == [q.quote for q in quotes]
        == ["乡镇执法 力量薄弱", "原因是编制　紧张", "为乡镇充实 执法力量"]
    )


def test_causes_told_together_are_given_each_to_its_shortcoming() -> None:
    """Parts that speak of single shortcomings are theirs alone; what nothing speaks of has none."""
    got = causes(
        "一是乡镇执法力量薄弱。二是普法宣传方式单一。三是法律顾问作用发挥不够。\n"
        "上述问题的原因：一是乡镇执法人员多由事业站所转来，编制没有跟上；二是普法经费不足，没有懂新媒体的人。"
    )

    assert got[0] and "编制没有跟上" in got[0]
    assert got[1] and "普法经费不足" in got[1]
    assert got[2] is None


def test_a_cause_in_the_paragraph_of_one_speaks_for_that_one() -> None:
    """究其原因 in the last of several items of their own is not the cause of the others."""
    got = causes("（一）乡镇执法力量薄弱。案件办得少。\n（二）普法宣传方式单一。形式老旧。究其原因，经费投入不足。")

    assert [cause is not None for cause in got] == [False, True]


@pytest.mark.parametrize("problems", ["一是乡镇执法力量薄弱。究其原因。", "一是乡镇执法力量薄弱，究其根源，在于。"])
def test_an_announcement_is_no_cause(problems: str) -> None:
    """究其原因 with nothing after it says nothing."""
    assert causes(problems) == [None]


def test_what_is_called_the_cause_after_it() -> None:
    """The clause before 是主要原因 is what it speaks of."""
    got = causes("一是监管手段跟不上，信息化经费连年挤不出来，是主要原因。")

    assert got and got[0] and "经费连年挤不出来" in got[0]
