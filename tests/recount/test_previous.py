"""What this year's report says of last year, against last year's report."""

from __future__ import annotations

import pytest

from scorer import load_pack
from scorer.document import Document
from scorer.parsing.report import Report, parse
from scorer.recount.previous import against_previous, beside, facts


def report(year: int, body: str, unit: str = "岚溪县") -> Report:
    """A small report of a year."""
    page = f"{unit}人民政府关于{year}年法治政府建设情况的报告\n{year}年，{unit}推进法治政府建设，现将有关情况报告如下。\n一、主要举措和成效\n{body}\n"
    return parse(Document.from_text(page), load_pack())


MORE = "全县推进法治政府建设各项工作，制定方案，压实责任，组织培训，开展评查。" * 8
LAST = "全年共受理行政复议案件60件。全年共培训执法人员300人次。"


@pytest.mark.parametrize(
    ("body", "printed", "computed"),
    [
        ("全年共受理行政复议案件85件，较上年的66件增加19件。", "66件", "60件"),
        ("全年共受理行政复议案件85件，比上年增加19件。", "19件", "25件"),
        ("全年共培训执法人员360人次，同比增长30%。", "30%", "20.00%"),
        ("全年共培训执法人员360人次，2022年为320人次。", "320人次", "300人次"),
    ],
)
def test_another_figure_for_last_year_is_found(body: str, printed: str, computed: str) -> None:
    """The figure of the year before, a difference or a rate that last year's own report does not bear out."""
    last = report(2022, LAST)
    found = list(against_previous(report(2023, body), facts(last), 2022))
    assert [(s.printed, s.computed) for s in found] == [(printed, computed)]


@pytest.mark.parametrize(
    "body",
    [
        "全年共受理行政复议案件85件，较上年的60件增加25件。",
        "全年共培训执法人员360人次，同比增长20%。",
        "全年共受理行政应诉案件85件，较上年的66件增加19件。",
        "全年共受理行政复议案件85件，2021年为66件。",
    ],
)
def test_what_agrees_or_is_of_something_else_is_passed_over(body: str) -> None:
    """The same figure, another quantity, another year."""
    assert not list(against_previous(report(2023, body), facts(report(2022, LAST)), 2022))


def test_reports_that_do_not_follow_one_another_are_not_compared() -> None:
    """A report of two years before says nothing of last year."""
    body = "全年共受理行政复议案件85件，较上年的66件增加19件。"
    assert not list(against_previous(report(2023, body), facts(report(2021, LAST)), 2021))


def test_a_quantity_with_two_values_is_no_fact() -> None:
    """What last year's report itself states in two ways decides nothing."""
    assert "受理行政复议案件" not in {fact.key for fact in facts(report(2022, LAST + "全年共受理行政复议案件61件。"))}


def test_what_was_compared_is_said() -> None:
    """The places that both reports speak of are counted, with how many contradict."""
    body = "全年共受理行政复议案件85件，较上年的66件增加19件。全年共培训执法人员360人次，同比增长20%。"
    held = beside(report(2023, body), report(2022, LAST + MORE))
    assert "2处" in held.note and "1处对不上" in held.note
    assert len(held.statements) == 1
    assert "没有可以核对的" in beside(report(2023, "全年立案12件。"), report(2022, LAST + MORE)).note


@pytest.mark.parametrize(
    ("year", "unit", "said"), [(2022, "青蒿县", "不是同一单位"), (2021, "岚溪县", "不是上一年度"), (2023, "岚溪县", "不是上一年度")]
)
def test_a_report_that_does_not_fit_is_named_and_not_compared(year: int, unit: str, said: str) -> None:
    """Of another unit, or not of the year before: that is said, and no contradiction is found."""
    body = "全年共受理行政复议案件85件，较上年的66件增加19件。"
    held = beside(report(2023, body), report(year, LAST + MORE, unit))
    assert said in held.note
    assert held.statements == ()


def test_what_is_no_report_is_not_compared() -> None:
    """Any other text given as last year's report is said to be none."""
    other = parse(Document.from_text("会议通知\n请各单位参会。全年共受理行政复议案件60件。\n"), load_pack())
    assert "不像一份" in beside(report(2023, "全年立案12件。"), other).note
