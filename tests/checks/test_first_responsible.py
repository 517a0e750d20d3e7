"""Kind ``first-responsible``."""

from __future__ import annotations

import pytest
from helpers import MEASURES, PLAN, WHOLE, finding, page, status_of, with_first


def test_first_responsible_with_acts() -> None:
    """A part of its own with two concrete acts is met, and covered duties are shown."""
    got = finding(
        with_first("县长主持县政府常务会议研究法治议题5次，出庭应诉1次；带队督导行政执法突出问题整改12个。"), "statutory.first-responsible"
    )

    assert got.status == "met"
    assert any(facet.passage for facet in got.facets)
    assert not all(facet.passage for facet in got.facets)


def test_first_responsible_in_general_words() -> None:
    """A part of its own without concrete acts is partial."""
    got = status_of(
        with_first("县委、县政府主要负责人切实履行第一责任人职责，不断增强法治意识，为法治政府建设提供坚强保障。"),
        "statutory.first-responsible",
    )

    assert got == "partial"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page(measures=MEASURES + "各单位主要负责人认真落实第一责任人职责。"), "partial"),
        (WHOLE, "missing"),
        (page(plan=PLAN + "压实第一责任人职责，推动主要负责人述法。"), "missing"),
    ],
)
def test_first_responsible_without_an_item(text: str, expected: str) -> None:
    """A mention among the measures is partial; none, or one in the plan alone, is missing."""
    got = status_of(text, "statutory.first-responsible")

    assert got == expected
