"""A 万 or 亿 too many."""

from __future__ import annotations

import pytest
from helpers import assessed, page

from scorer.vocabulary import Arithmetic


def scales(text: str) -> list[tuple[str, str]]:
    """What is printed and what would be right, of the contradictions that one sign makes."""
    found = [s for s in assessed(page(text)).statements if s.kind == "scale"]
    assert all(s.verdict == Arithmetic.INCONSISTENT for s in found)
    return [(s.printed, s.computed) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理行政诉讼案件112件，行政机关负责人出庭103万件，出庭应诉率92%。", ("103万件", "103")),
        ("办理代表建议218件、政协提案436万件，共654件。", ("436万件", "436")),
        ("随机抽取案卷240卷，评出优秀26卷、合格209卷、不合格5亿卷。", ("5亿卷", "5")),
    ],
)
def test_what_is_right_without_the_sign(text: str, expected: tuple[str, str]) -> None:
    """Rates, totals and parts that agree to the digit but for 万 or 亿."""
    assert scales(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "全年归集数据1.2万条，培训12次，3个部门参加，共3次。",
        "受理申请12万件，办结12万件，办结率100%。",
        "清理拖欠账款3万元，涉及企业3家，清偿率100%。",
        "办理行政诉讼案件112件，行政机关负责人出庭103件，出庭应诉率92%。",
    ],
)
def test_amounts_that_are_what_they_are(text: str) -> None:
    """Neither consistent figures in 万 nor amounts that have nothing to do with each other."""
    assert scales(text) == []
