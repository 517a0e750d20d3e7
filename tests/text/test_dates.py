"""Dates in official prose."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.document import fold
from scorer.text.dates import find_dates, parse_date

DAY = datetime.date(2024, 2, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月9日",
        "2024年02月09日",
        "２０２４年２月９日",
        "2024 年 2 月 9 日",
        "2024-02-09",
        "2024/2/9",
        "2024.02.09",
        "2024-02-09 16:30:00",
        "二〇二四年二月九日",
        "二○二四年二月九日",
        "二零二四年二月九日",
        "09.02.2024",
        "发布日期：2024-02-09T10:00",
    ],
)
def test_every_form_of_a_date(text: str) -> None:
    """All forms that pages use give the same day."""
    got = parse_date(fold(text))

    assert got == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月30日",
        "2024-13-01",
        "2024年2月",
        "2024年",
        "2月9日",
        "12024-02-09",
        "2024-02-091",
        "2024-02/09",
        "二〇二四年十三月一日",
        "",
    ],
)
def test_what_is_no_full_date_is_passed_over(text: str) -> None:
    """Impossible, partial and longer numbers are no dates."""
    got = parse_date(fold(text))

    assert got is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("二〇二三年十二月三十一日", (2023, 12, 31)), ("二〇一九年十月二十日", (2019, 10, 20)), ("一九九八年十一月十日", (1998, 11, 10))],
)
def test_two_digit_days_in_chinese(text: str, day: tuple[int, int, int]) -> None:
    """Months and days above ten are read."""
    got = parse_date(text)

    assert got == datetime.date(*day)


def test_all_dates_in_order_with_their_places() -> None:
    """Several dates of a text come in order, each with its range."""
    text = "成文日期:2024年2月5日发布日期:2024-03-01无效2024-02-31"
    found = list(find_dates(text))

    assert [f.iso for f in found] == ["2024-02-05", "2024-03-01"]
    assert [text[f.start : f.end] for f in found] == ["2024年2月5日", "2024-03-01"]


@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y.%m.%d}"]),
)
def test_every_day_is_read_back(day: datetime.date, form: str) -> None:
    """A day written in any of the usual forms is found in a line of words."""
    got = parse_date(fold(f"印发日期：{form.format(day)} 来源：某局"))

    assert got == day
