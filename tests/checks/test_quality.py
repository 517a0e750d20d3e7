"""Kinds ``density``, ``alignment``, ``plan-year``, ``year-agreement`` and ``statements``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers import MEASURES, PLAN, PROBLEMS, TITLE, WHOLE, case, finding, judged_by, page, parsed, status_of

from scorer.checks.quality import alignment
from scorer.rulepack.store import load_pack


@pytest.mark.parametrize(
    ("measures", "expected"),
    [(MEASURES, "met"), ("坚持依法履职，" * 60 + "办结案件80件。", "partial"), ("坚持依法履职，不断完善制度。", "missing")],
)
def test_density(measures: str, expected: str) -> None:
    """Figures per thousand characters of the measures."""
    got = status_of(page(measures=measures), "quality.quantified")

    assert got == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [(PLAN, "met"), ("为乡镇充实执法力量，增加执法人员编制。", "partial"), ("编印防雷手册，检修路灯设施。", "missing")],
)
def test_alignment(plan: str, expected: str) -> None:
    """All, some or none of the shortcomings are answered by the plan."""
    got = status_of(page(plan=plan), "quality.problem-plan-alignment")

    assert got == expected


def test_one_rare_word_links_a_shortcoming_and_its_arrangement() -> None:
    """取证, which the whole report holds in these two places only, is the same subject."""
    problems = "一是取证能力弱。\n二是村级合同签订随意。"
    plan = "一是组织取证专题培训。\n二是建立村级合同乡级审查制度。"

    assert status_of(page(problems=problems, plan=plan), "quality.problem-plan-alignment") == "met"


@pytest.mark.parametrize(
    ("plan", "certainty"),
    [
        ("一是建立村级合同乡级审查制度。", "sure"),
        ("一是建立村级合同乡级审查制度。\n二是组织窗口人员轮训2期。", "check"),
    ],
)
def test_arrangement_that_answers_nothing_makes_the_verdict_one_to_check(plan: str, certainty: str) -> None:
    """It may answer in other words the shortcoming that seems to have no answer."""
    read = case(page(problems="一是窗口排队久。\n二是村级合同签订随意。", plan=plan))
    answers = (None, read.report.arrangements[0])
    got = alignment(replace(read, answers=answers, unsure=()), load_pack().rules[0])

    assert (got.status, got.certainty) == ("partial", certainty)
    assert ("请对照核对" in got.message) == (certainty == "check")


def test_alignment_without_either_part() -> None:
    """Nothing to compare is not applicable."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}\n二、2024年工作安排\n{PLAN}\n岚溪县人民政府\n2024年2月5日\n"

    assert status_of(text, "quality.problem-plan-alignment") == "not-applicable"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("三、2024年工作安排", "met"), ("三、下一步工作安排", "met"), ("三、2023年工作安排", "missing"), ("三、2025年工作安排", "missing")],
)
def test_year_of_the_plan(heading: str, expected: str) -> None:
    """The plan is about the year after the report year."""
    got = status_of(WHOLE.replace("三、2024年工作安排", heading), "quality.plan-year")

    assert got == expected


def test_year_without_a_plan() -> None:
    """Without a plan its year is not asked for."""
    text = f"{TITLE}\n一、主要工作\n{MEASURES}\n二、存在的问题\n{PROBLEMS}\n岚溪县人民政府\n2024年2月5日\n"

    assert status_of(text, "quality.plan-year") == "not-applicable"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2023年，岚溪县", "2023年，岚溪县", "met"),
        ("县委、县人大常委会：\n2023年，岚溪县", "2022年，岚溪县", "missing"),
        ("一、主要举措", "一、2022年主要举措", "missing"),
        ("一、主要举措", "一、2023年主要举措", "met"),
        ("三、2024年", "三、2025年", "missing"),
    ],
)
def test_agreement_of_years(old: str, new: str, expected: str) -> None:
    """Title, opening and headings speak of the same year, the plan of the next."""
    got = status_of(WHOLE.replace(old, new), "consistency.year")

    assert got == expected


def test_agreement_of_the_opening_under_an_addressee() -> None:
    """A wrong year in the opening is found under an addressee too."""
    got = status_of(WHOLE.replace("2023年，岚溪县", "2022年，岚溪县"), "consistency.year")

    assert got == "missing"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("现将2022年度法治政府建设工作情况总结如下。", "missing"),
        ("现将我县2023年法治政府建设情况报告如下。", "met"),
        ("现将贯彻落实2021年规划的情况报告如下。", "met"),
        ("根据2022年的督察反馈，现将有关情况报告如下。", "met"),
    ],
)
def test_year_that_the_opening_announces(words: str, expected: str) -> None:
    """The opening begins with the right year and announces the report on another; years of plans and papers are no such years."""
    assert status_of(WHOLE.replace("现将有关情况报告如下。", words), "consistency.year") == expected


def test_arithmetic() -> None:
    """A contradiction is missing with what it should be; nothing to recompute is met."""
    wrong = finding(page(measures="受理行政复议案件248件，审结231件，审结率98.1%。"), "consistency.arithmetic")

    assert wrong.status == "missing"
    assert "93.1%" in wrong.message
    assert wrong.evidence
    assert status_of(page(measures="受理行政复议案件248件，审结231件，审结率93.1%。"), "consistency.arithmetic") == "met"
    assert status_of(page(measures="深入推进各项工作。"), "consistency.arithmetic") == "met"


def test_just_enough_figures_are_enough() -> None:
    """Exactly as many figures per so many characters as the rule asks."""
    told = [s for s in parsed(WHOLE).sentences if s.role in ("measures", "first-responsible") and not s.future]
    length, figures = sum(s.span.end - s.span.start for s in told), sum(len(s.results) for s in told)

    assert judged_by(WHOLE, "density", met=figures, partial=1, per=length).status == "met"
    assert judged_by(WHOLE, "density", met=figures + 1, partial=1, per=length).status == "partial"
