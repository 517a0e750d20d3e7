"""Kinds ``deadline`` and ``date-order``."""

from __future__ import annotations

import datetime

import pytest
from helpers import WHOLE, page, status_of

from scorer import Options


@pytest.mark.parametrize(
    ("date", "expected"), [("2024-03-31", "met"), ("2024-04-01", "missing"), ("2025-01-05", "missing"), ("2023-12-30", "met")]
)
def test_publication_in_time(date: str, expected: str) -> None:
    """Publication is due before the first of April of the next year."""
    got = status_of(page(header=f"发布日期：{date}　来源：岚溪县司法局"), "timing.publication")

    assert got == expected


@pytest.mark.parametrize(("day", "expected"), [("2024年2月29日", "met"), ("2024年3月1日", "missing")])
def test_submission_in_time(day: str, expected: str) -> None:
    """Submission is due before the first of March, by the date of the document."""
    got = status_of(page(signature=f"岚溪县人民政府\n{day}"), "timing.submission")

    assert got == expected


def test_submission_of_a_province() -> None:
    """Provinces have until the end of March."""
    text = page(
        title="沧岳省人民政府关于2023年法治政府建设情况的报告", signature="沧岳省人民政府\n2024年3月20日", header="发布日期：2024-03-25"
    )

    assert status_of(text, "timing.submission") == "met"
    assert status_of(text, "timing.submission", Options(level="city")) == "missing"


def test_submission_known_only_by_publication() -> None:
    """A publication in time proves submission in time; a later one leaves it open."""
    early, late = (page(header=f"发布日期：{date}", signature="岚溪县人民政府") for date in ("2024-02-20", "2024-03-20"))

    assert status_of(early, "timing.submission") == "met"
    assert status_of(late, "timing.submission") == "needs-review"


@pytest.mark.parametrize("rule", ["timing.publication", "timing.submission", "timing.date-order"])
def test_no_date_needs_review(rule: str) -> None:
    """Without dates nobody can say."""
    got = status_of(page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。", signature="岚溪县人民政府"), rule)

    assert got == "needs-review"


def test_given_dates_count() -> None:
    """Dates that the user gives are judged before those of the page."""
    options = Options(published=datetime.date(2024, 4, 10), submitted=datetime.date(2024, 3, 5))

    assert status_of(WHOLE, "timing.publication", options) == "missing"
    assert status_of(WHOLE, "timing.submission", options) == "missing"


@pytest.mark.parametrize(("published", "expected"), [("2024-02-05", "met"), ("2024-02-20", "met"), ("2024-02-04", "missing")])
def test_order_of_dates(published: str, expected: str) -> None:
    """A document is not dated after its publication."""
    got = status_of(page(header=f"发布日期：{published}"), "timing.date-order")

    assert got == expected
