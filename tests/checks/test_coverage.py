"""Kind ``coverage``."""

from __future__ import annotations

import pytest
from helpers import PLAN, PROBLEMS, WHOLE, finding, page, status_of

from scorer.rulepack.model import Pack


def coverage(text: str, pack: Pack) -> str:
    """The status of the element about administrative mediation."""
    rule = next(rule for rule in pack.rules if "行政调解" in rule.title and rule.years.holds(2023))
    return status_of(text, rule.id)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ("全年办理行政调解案件120件。", "met"),
        ("制定《岚溪县行政调解工作办法》。", "met"),
        ("不断加强行政调解工作。", "partial"),
        ("下一步将开展行政调解案件评查12件。", "partial"),
        ("抽查执法案卷40宗。", "missing"),
    ],
)
def test_coverage(measures: str, expected: str, pack: Pack) -> None:
    """A term beside a figure or an act is met; resolve or intention is partial; no word of it is missing."""
    got = coverage(page(measures=measures, problems="一是执法力量薄弱。", plan="开展案卷评查。"), pack)

    assert got == expected


@pytest.mark.parametrize("part", ["problems", "plan"])
def test_coverage_outside_the_past_year(part: str, pack: Pack) -> None:
    """A term among problems or plan is partial, and the reason names the part."""
    text = page(problems="一是行政调解力量不足12人。") if part == "problems" else page(plan="办理行政调解案件120件。")

    assert coverage(text, pack) == "partial"


def test_coverage_in_furniture_is_nothing(pack: Pack) -> None:
    """Navigation and related links are no evidence."""
    text = "首页 > 行政调解 > 年度报告\n" + WHOLE + "上一篇：岚溪县全年办理行政调解案件120件\n下一篇：行政调解工作推进会召开\n"

    assert coverage(text, pack) == "missing"


def test_coverage_of_a_heading_is_carried_by_its_text(pack: Pack) -> None:
    """A heading that names the item counts with the concrete sentence under it, not alone."""
    met = page(measures="（一）做好行政调解工作\n全年办理案件120件，成功率达到90%。\n（二）其他工作\n抽查案卷40宗。")
    alone = page(measures="（一）做好行政调解工作\n不断增强责任意识。\n（二）其他工作\n抽查案卷40宗。")

    assert coverage(met, pack) == "met"
    assert coverage(alone, pack) == "partial"


def test_coverage_quotes_its_evidence(pack: Pack) -> None:
    """The evidence is the exact passage, with the heading above it."""
    rule = next(rule for rule in pack.rules if "行政调解" in rule.title and rule.years.holds(2023))
    text = page(measures="全年办理　行政调解案件１２０件。")
    (passage,) = finding(text, rule.id).evidence

    assert "行政调解案件１２０件" in passage.quote.quote
    assert text[passage.quote.start : passage.quote.end] == passage.quote.quote
    assert passage.path == ("一、主要举措和成效",)


def test_item_only_in_parts_that_do_not_count_names_them_all() -> None:
    """Among the problems and in the plan, nowhere among the measures: both parts are named."""
    text = page(problems=f"{PROBLEMS}三是行政裁决工作推进不够，原因在于人手少。", plan=f"{PLAN}推进行政裁决工作。")

    assert "只出现在“存在的问题”和“下一年度安排”部分" in finding(text, "task.disputes.adjudication").message


@pytest.mark.parametrize(("words", "wanted"), [("强化保障，", "met"), ("强化保障，统筹力量，", "partial")])
def test_a_figure_counts_for_a_term_up_to_two_clauses_before_it(words: str, wanted: str) -> None:
    """Further on it belongs to something else."""
    assert status_of(page(measures=f"推进行政裁决工作，{words}共办结15件。"), "task.disputes.adjudication") == wanted


def test_related_words_of_the_plan_alone_are_said_to_stand_there() -> None:
    """A phrase near the item that stands in the plan only is no related work of the past year."""
    got = finding(page(plan="一是实行基层所案卷交叉评查。\n二是组织窗口人员轮训2期。"), "task.oversight.enforcement")

    assert "只写了相关工作" not in got.message
    assert "下一年度" in got.message
