"""The gate: conditions from the pack, each with what was asked and what is; the worst that fails decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from scorer.audit.model import ASKED, ASSESSED, HOLD, MEND, PASS, RETURN, STATE_WORDS, Condition, Element, Entry, Gate, Likeness
from scorer.vocabulary import Severity, Status

NAMED = 5
"""So many elements are named, the others counted."""


class _Case(NamedTuple):
    """What a measure looks at."""

    entry: Entry
    condition: Mapping[str, Any]
    elements: Mapping[str, Element]
    likenesses: Sequence[Likeness]
    year: int | None


def judge(
    entry: Entry, conditions: Sequence[Mapping[str, Any]], elements: Mapping[str, Element], likenesses: Sequence[Likeness], year: int | None
) -> Gate:
    """The gate's verdict on one entry. ``likenesses`` are those of its unit; conditions of what is not there are left out."""
    if entry.state == ASKED:
        return Gate(HOLD, ())
    results = []
    verdict = PASS
    for condition in conditions:
        measure: str = condition["measure"]
        if measure != "submitted" and entry.state != ASSESSED:
            continue
        asked, actual, holds = _MEASURES[measure](_Case(entry, condition, elements, likenesses, year))
        results.append(Condition(condition["title"], asked, actual, holds))
        if not holds:
            verdict = RETURN if RETURN in (verdict, condition["otherwise"]) else MEND
    return Gate(verdict, tuple(results))


_Answer = tuple[str, str, bool]
"""What was asked, what is, whether it holds."""


def _submitted(case: _Case) -> _Answer:
    entry = case.entry
    return "已报送，读得出，是年度报告", STATE_WORDS[entry.state] + (f"：{entry.reason}" if entry.reason else ""), entry.state == ASSESSED


def _year(case: _Case) -> _Answer:
    own = case.entry.summary.report_year if case.entry.summary else None
    holds = case.year is None or own in (None, case.year)
    return f"{case.year}年度" if case.year else "没有限定", f"{own}年度" if own else "没有认出年度", holds


def _score(case: _Case) -> _Answer:
    total = round(case.entry.summary.total, 1) if case.entry.summary else 0.0
    return _limits(case.condition, "分"), f"{total:.1f}分", _within(total, case.condition)


def _elements(case: _Case) -> _Answer:
    condition = case.condition
    status, severity = condition.get("status", Status.MISSING), condition.get("severity", "")
    verdicts = case.entry.summary.verdicts if case.entry.summary else ()
    found = [
        element
        for verdict in verdicts
        if verdict.status == status
        and (element := case.elements.get(verdict.rule))
        and severity in ("", element.severity)
        and condition.get("category", element.category) == element.category
    ]
    what = (Severity.shown(severity) if severity else "") + "内容" + Status(status).word
    names = "、".join(element.title for element in found[:NAMED]) + ("等" if len(found) > NAMED else "")
    return f"{what}{_limits(condition, '项')}", f"{len(found)}项{f'：{names}' if names else ''}", _within(len(found), condition)


def _contradictions(case: _Case) -> _Answer:
    count = len(case.entry.summary.contradictions) if case.entry.summary else 0
    return _limits(case.condition, "处"), f"{count}处", _within(count, case.condition)


def _copied(case: _Case) -> _Answer:
    others = [likeness for likeness in case.likenesses if not likeness.previous]
    # Each side by its own text: of a long report little need be shared when a short one is all copied.
    sides = [(one.share, one.other) if one.unit == case.entry.unit else (one.other_share, one.unit) for one in others]
    worst, other = max(sides, default=(0.0, ""))
    share = round(worst * 100)
    return _limits(case.condition, "%"), f"{share}%{f'（与{other}）' if other else ''}", _within(share, case.condition)


def _late(case: _Case) -> _Answer:
    return "按时报送和公开", {True: "逾期", False: "按时", None: "日期不明"}[case.entry.late], case.entry.late is not True


_MEASURES: dict[str, Callable[[_Case], _Answer]] = {
    "submitted": _submitted,
    "year": _year,
    "score": _score,
    "elements": _elements,
    "contradictions": _contradictions,
    "copied": _copied,
    "late": _late,
}


def _limits(condition: Mapping[str, Any], unit: str) -> str:
    parts = [f"不少于{condition['at-least']:g}{unit}"] if "at-least" in condition else []
    parts += [f"不多于{condition['at-most']:g}{unit}"] if "at-most" in condition else []
    return "、".join(parts)


def _within(value: float, condition: Mapping[str, Any]) -> bool:
    low, high = condition.get("at-least", float("-inf")), condition.get("at-most", float("inf"))
    return bool(low <= value <= high)
