"""The gate."""

from __future__ import annotations

from typing import Any

import pytest

from scorer.audit.gate import judge
from scorer.audit.model import ASSESSED, NOT_SUBMITTED, Contradiction, Element, Entry, Gate, Likeness, Summary, Verdict
from scorer.rulepack.model import Pack

ELEMENTS = {"a": Element("a", "不足的原因", "statutory", "required"), "b": Element("b", "公开", "task", "expected")}


def gate(pack: Pack, *, copied: float = 0.0, state: str = ASSESSED, year: int = 2023, **changes: Any) -> Gate:
    """The shipped gate on one report."""
    fields: dict[str, Any] = {
        "title": "", "issuer": "", "report_year": 2023, "level": None, "document_date": "", "publication_date": "", "total": 90.0,
        "grade": "", "capped": "", "verdicts": (Verdict("a", "met", "met"), Verdict("b", "missing", "missing")), "gaps": (),
        "contradictions": (), "warnings": (), "by_person": 0.0,
    }  # fmt: skip
    entry = Entry("甲县", state, summary=Summary(**{**fields, **changes}) if state == ASSESSED else None)
    likenesses = [Likeness("乙县", "甲县", 0.9, (), other_share=copied)] if copied else []
    return judge(entry, pack.audit["gate"]["conditions"], ELEMENTS, likenesses, year)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "pass"),
        ({"verdicts": (Verdict("a", "missing", "missing"),)}, "return"),
        ({"verdicts": (Verdict("a", "met", "missing"),)}, "pass"),  # a person decided
        ({"verdicts": (Verdict("a", "partial", "partial"),)}, "mend"),
        ({"total": 59.94}, "return"),
        ({"total": 59.96}, "pass"),  # 60.0 as shown
        ({"contradictions": (Contradiction("", "", "", "", ""),)}, "mend"),
        ({"copied": 0.3}, "mend"),
        ({"copied": 0.1}, "pass"),
        ({"year": 2024}, "return"),
        ({"report_year": None}, "pass"),
        ({"state": NOT_SUBMITTED}, "return"),
    ],
)
def test_verdicts(changes: dict[str, Any], verdict: str, pack: Pack) -> None:
    """The worst condition that fails decides."""
    assert gate(pack, **changes).verdict == verdict


def test_conditions_say_what_was_asked_and_what_is(pack: Pack) -> None:
    """Each with its figures and names; a report that is not there is asked nothing else."""
    found = gate(pack, verdicts=(Verdict("a", "missing", "missing"),), total=50.0, copied=0.3).conditions

    assert ("必备内容缺失不多于0项", "1项：不足的原因", False) in [c[1:4] for c in found]
    assert ("不少于60分", "50.0分", False) in [c[1:4] for c in found]
    assert ("不多于20%", "30%（与乙县）", False) in [c[1:4] for c in found]
    assert len(gate(pack, state=NOT_SUBMITTED).conditions) == 1
