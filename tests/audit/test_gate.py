"""The gate."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from scorer.audit.decisions import Decided, Decision
from scorer.audit.gate import MEASURES, OTHERWISE, Rules, judge
from scorer.audit.items import key_of_likeness
from scorer.audit.model import (
    ASKED,
    ASSESSED,
    NO_REPORT,
    NOT_SUBMITTED,
    Contradiction,
    Element,
    Entry,
    Fact,
    Gate,
    Likeness,
    Summary,
    Verdict,
)
from scorer.rulepack.model import Pack
from scorer.rulepack.schema import schema

ELEMENTS = {
    "a": Element("a", "不足的原因", "statutory", "required"),
    "b": Element("b", "公开", "task", "expected"),
    "t": Element("t", "按时报送", "timing", "required"),
}
WRONG = Contradiction("办结率99.8%", "rate", "99.8%", "99.0%", "", "contradiction:1")
NO = Decided("dismissed", "stands", "张三", "2025-03-10", "已核")
MISSING = (Verdict("a", "missing", "missing"),)


def gate(
    pack: Pack,
    *,
    copied: float = 0.0,
    kept: float = 0.0,
    state: str = ASSESSED,
    year: int = 2023,
    likenesses: tuple[Likeness, ...] = (),
    decisions: tuple[Decision, ...] = (),
    late: bool = False,
    **changes: Any,
) -> Gate:
    """The shipped gate on one report."""
    fields: dict[str, Any] = {
        "title": "", "issuer": "", "report_year": 2023, "level": None, "document_date": "", "publication_date": "", "total": 90.0,
        "grade": "", "capped": "", "verdicts": (Verdict("a", "met", "met"), Verdict("b", "missing", "missing")), "gaps": (),
        "contradictions": (), "warnings": (), "by_person": 0.0,
    }  # fmt: skip
    summary = Summary(**{**fields, **changes}) if state == ASSESSED else None
    other = summary.report_year if summary and summary.report_year != year else None
    day = datetime.date(2024, 3, 9) if late else datetime.date(2024, 2, 9)
    fact = Fact("t", day, "roster", "", datetime.date(2024, 3, 1), "late" if late else "in-time")
    entry = Entry("甲县", state, summary=summary, other_year=other, submission=fact if summary else None)
    likenesses += (Likeness("乙县", "甲县", 0.9, (), other_share=copied),) if copied else ()
    likenesses += (Likeness("甲县", "甲县", kept, (), previous=True),) if kept else ()
    return judge(entry, Rules(pack.audit["gate"]["conditions"], ELEMENTS, frozenset("t"), year), likenesses, decisions, "now")


def on_verdict(status: str, **more: str) -> Decision:
    """A decision on the verdict itself."""
    return Decision("甲县", "", "", status, "张三", "2024-03-10", "已核", item="verdict", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "pass"),
        ({"verdicts": MISSING}, "proposed"),
        ({"verdicts": (Verdict("a", "missing", "missing", "张三"),)}, "return"),  # confirmed
        ({"verdicts": (Verdict("a", "missing", "missing", "张三", stale=True),)}, "proposed"),
        ({"verdicts": (Verdict("a", "met", "missing", "张三"),)}, "pass"),
        ({"verdicts": (Verdict("a", "partial", "partial"),)}, "mend"),
        ({"total": 12.0}, "pass"),  # the shipped gate knows no points
        ({"contradictions": (WRONG,)}, "mend"),
        ({"dismissed": (WRONG._replace(decided=NO),)}, "pass"),
        ({"copied": 0.3}, "mend"),
        ({"copied": 0.1}, "pass"),
        ({"kept": 0.6}, "mend"),
        ({"kept": 0.4}, "pass"),
        ({"year": 2024}, "again"),
        ({"year": 2024, "verdicts": MISSING}, "again"),
        ({"state": NOT_SUBMITTED}, "absent"),
        ({"state": NO_REPORT}, "again"),
        ({"state": ASKED}, "hold"),
        ({"late": True}, "pass"),
        ({"late": True, "verdicts": (Verdict("t", "missing", "missing"),)}, "pass"),  # a day that has passed is no missing content
        ({"verdicts": MISSING, "decisions": (on_verdict("return"),)}, "return"),
        ({"verdicts": MISSING, "decisions": (on_verdict("mend"),)}, "mend"),
        ({"verdicts": MISSING, "decisions": (on_verdict("mend", text_sha256="before"),)}, "proposed"),
        ({"year": 2024, "decisions": (on_verdict("pass"),)}, "pass"),
        ({"state": NOT_SUBMITTED, "decisions": (on_verdict("pass"),)}, "absent"),
    ],
)
def test_verdicts(changes: dict[str, Any], verdict: str, pack: Pack) -> None:
    """The worst condition that fails decides; what is returned is proposed until a person has confirmed all that decides it."""
    assert gate(pack, **changes).verdict == verdict


def test_conditions_say_what_was_asked_and_what_is(pack: Pack) -> None:
    """Each with its figures, names and items; a report that is not there is asked nothing else."""
    found = gate(pack, verdicts=MISSING, copied=0.3).conditions

    assert ("必备内容缺失不多于0项", "1项：不足的原因", False) in [c[1:4] for c in found]
    assert ("不多于20%", "30%（与乙县）", False) in [c[1:4] for c in found]
    assert next(c for c in found if c.measure == "elements").items == ("element:a",)
    assert len(gate(pack, state=NOT_SUBMITTED).conditions) == 1
    assert [c.measure for c in gate(pack, year=2024).conditions] == ["submitted", "year"]


def test_likenesses_of_either_side_are_all_named(pack: Pack) -> None:
    """Each over the bound by the unit's own share; a dismissed one counts no more, and for the other unit still does."""
    both = (Likeness("甲县", "丙县", 0.5, (), other_share=0.4), Likeness("乙县", "甲县", 0.9, (), other_share=0.3))
    condition = next(c for c in gate(pack, likenesses=both).conditions if c.measure == "copied")
    assert condition.actual == "50%（与丙县）、30%（与乙县）"
    assert condition.items == tuple(key_of_likeness(one, "甲县") for one in both)

    fewer = tuple(Likeness(one.unit, one.other, one.share, (), False, (), one.other_share, (("甲县", NO),)) for one in both)
    found = gate(pack, likenesses=fewer)
    assert (found.verdict, found.machine) == ("pass", "mend")


def test_a_return_names_what_has_to_be_confirmed(pack: Pack) -> None:
    """The elements that nobody has looked at; a decision on the verdict closes them all."""
    two = (Verdict("a", "missing", "missing"), Verdict("t", "missing", "missing"))

    assert gate(pack, verdicts=two).open == ("element:a",)
    decided = gate(pack, verdicts=two, decisions=(on_verdict("return"),))
    assert (decided.open, decided.machine, decided.decided and decided.decided.by) == ((), "proposed", "张三")


def test_both_verdicts_are_kept(pack: Pack) -> None:
    """The machine's as if no person had said anything."""
    found = gate(pack, verdicts=(Verdict("a", "met", "missing", "张三"),), dismissed=(WRONG._replace(decided=NO),))

    assert (found.verdict, found.machine) == ("pass", "proposed")


def test_a_late_report_is_told_and_can_pass(pack: Pack) -> None:
    """Lateness is a condition of its own."""
    found = gate(pack, late=True)

    assert [(c.title, c.actual) for c in found.conditions if not c.holds] == [("按时报送", "逾期")]
    assert found.verdict == "pass"


def test_a_pack_may_write_all_that_the_gate_knows() -> None:
    """The schema and the gate know the same measures and verdicts."""
    written = schema()["properties"]["audit"]["properties"]["gate"]["properties"]["conditions"]["items"]["properties"]

    assert set(written["measure"]["enum"]) == MEASURES
    assert set(written["otherwise"]["enum"]) == set(OTHERWISE)
