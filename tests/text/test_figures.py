"""Figures with their units, and the numbers that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.document import fold
from scorer.text.figures import Figure, find_figures, is_result


def figures(text: str) -> list[Figure]:
    """All figures of a text."""
    return list(find_figures(fold(text)))


def results(text: str) -> list[tuple[Decimal, str]]:
    """Value and unit of the figures that report a result."""
    return [(figure.value, figure.unit) for figure in figures(text) if is_result(figure)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("办结案件80件", "80", "件"),
        ("培训３２０人次", "320", "人次"),
        ("公开信息1,234条", "1234", "条"),
        ("罚没158.3万元", "1583000", "元"),
        ("受理1.2万件", "12000", "件"),
        ("投入3亿元", "300000000", "元"),
        ("办结率95.8%", "95.8", "%"),
        ("提高6.7个百分点", "6.7", "个百分点"),
        ("抽查案卷九十六宗", "96", "宗"),
        ("调解成功率百分之九十七", "97", "%"),
        ("调解纠纷一百四十二件", "142", "件"),
        ("举办讲座12场次", "12", "场次"),
    ],
)
def test_counts_amounts_and_rates(text: str, value: str, unit: str) -> None:
    """Digits, full width, thousands, 万 and 亿, Chinese numerals and rates are figures with their units."""
    got = results(text)

    assert got == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月15日召开会议",
        "2021—2025年",
        "县政发〔2023〕5号",
        "第12次常务会议",
        "“10+N”工作机制",
        "行政执法“三项制度”",
        "拨打12345热线",
        "《“十四五”规划（2021版）》",
        "12·4国家宪法日",
        "依托OA2系统",
        "深入开展法治建设",
    ],
)
def test_numbers_that_report_nothing(text: str) -> None:
    """Dates, document numbers, ordinals, project names and hotlines are no results."""
    got = results(text)

    assert got == []


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("办结80件", True),
        ("达到80件", True),
        ("近80件", False),
        ("80余件", False),
        ("80多件", False),
        ("超过80件", False),
        ("约80件", False),
        ("80件以上", False),
        ("80件左右", False),
    ],
)
def test_approximate_figures_are_known_as_such(text: str, exact: bool) -> None:
    """近, 余, 超过, 以上 make a figure inexact."""
    got = figures(text)

    assert [figure.exact for figure in got] == [exact]


def test_printed_digits_and_scale_are_kept() -> None:
    """What was printed before 万 is known by its decimals and its scale."""
    (figure,) = figures("受理1.25万件")

    assert (figure.digits, figure.scale, figure.value) == (2, 10_000, Decimal(12500))


def test_places_are_those_of_the_number_and_its_unit() -> None:
    """The range of a figure holds its number and unit."""
    text = "全年受理85件,办结率94.1%。"

    assert [text[f.start : f.end] for f in find_figures(text)] == ["85件", "94.1%"]


def test_only_the_asked_range_is_read() -> None:
    """Figures outside the range are not found."""
    text = "受理85件,办结80件"
    start = text.index("办结")

    assert [f.value for f in find_figures(text, start)] == [Decimal(80)]
    assert [f.value for f in find_figures(text, 0, start)] == [Decimal(85)]


@given(st.integers(1, 10**7), st.sampled_from(["件", "人次", "份", "家", "条", "万元"]))
def test_any_count_is_read_back(count: int, unit: str) -> None:
    """A count in digits, with or without thousands commas, is found with its value."""
    scale = 10_000 if unit == "万元" else 1
    shown = [results(f"全年办理事项{form}{unit}。") for form in (f"{count}", f"{count:,}")]

    assert shown == [[(Decimal(count) * scale, "元" if scale > 1 else unit)]] * 2


@given(st.text(alphabet='受理件率%.,，年月日万亿余第号第12三百"《》〔〕-+ ', max_size=40))
def test_figures_are_in_order_inside_the_text(text: str) -> None:
    """Whatever stands there: figures come in order, each inside the text and not empty."""
    folded = fold(text)
    found = list(find_figures(folded))

    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(0 <= f.start < f.end <= len(folded) for f in found)
