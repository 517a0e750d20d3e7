"""The gate: conditions from the pack, each with what was asked and what is; the worst that fails decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scorer.audit.model import ASSESSED, MEND, PASS, RETURN, STATE_WORDS, Condition, Element, Entry, Gate, Likeness
from scorer.result import SEVERITY_WORDS, STATUS_WORDS

NAMED = 5
"""So many elements are named, the others counted."""


def judge(
    entry: Entry, conditions: Sequence[Mapping[str, Any]], elements: Mapping[str, Element], likenesses: Sequence[Likeness], year: int | None
) -> Gate:
    """The gate's verdict on one entry. ``likenesses`` are those of its unit; conditions of what is not there are left out."""
    results = []
    verdict = PASS
    for condition in conditions:
        measure: str = condition["measure"]
        if measure != "submitted" and entry.state != ASSESSED:
            continue
        asked, actual, holds = _MEASURES[measure](entry, condition, elements, likenesses, year)
        results.append(Condition(condition["title"], asked, actual, holds))
        if not holds:
            verdict = RETURN if RETURN in (verdict, condition["otherwise"]) else MEND
    return Gate(verdict, tuple(results))


def _submitted(entry: Entry, *_: Any) -> tuple[str, str, bool]:
    return "已报送，读得出，是年度报告", STATE_WORDS[entry.state] + (f"：{entry.reason}" if entry.reason else ""), entry.state == ASSESSED


def _year(entry: Entry, condition: Any, elements: Any, likenesses: Any, year: int | None) -> tuple[str, str, bool]:
    own = entry.summary.report_year if entry.summary else None
    return f"{year}年度" if year else "没有限定", f"{own}年度" if own else "没有认出年度", year is None or own in (None, year)


def _score(entry: Entry, condition: Mapping[str, Any], *_: Any) -> tuple[str, str, bool]:
    total = round(entry.summary.total, 1) if entry.summary else 0.0
    return *_limits(condition, "分"), f"{total:.1f}分", _within(total, condition)  # type: ignore[return-value]


def _elements(entry: Entry, condition: Mapping[str, Any], elements: Mapping[str, Element], *_: Any) -> tuple[str, str, bool]:
    assert entry.summary is not None
    found = [
        element
        for verdict in entry.summary.verdicts
        if (element := elements.get(verdict.rule))
        and verdict.status == condition.get("status", "missing")
        and condition.get("severity", element.severity) == element.severity
        and condition.get("category", element.category) == element.category
    ]
    what = SEVERITY_WORDS.get(condition.get("severity", ""), "") + "内容" + STATUS_WORDS[condition.get("status", "missing")]
    names = "、".join(element.title for element in found[:NAMED]) + ("等" if len(found) > NAMED else "")
    return f"{what}{_limits(condition, '项')[0]}", f"{len(found)}项{f'：{names}' if names else ''}", _within(len(found), condition)


def _contradictions(entry: Entry, condition: Mapping[str, Any], *_: Any) -> tuple[str, str, bool]:
    count = len(entry.summary.contradictions) if entry.summary else 0
    return *_limits(condition, "处"), f"{count}处", _within(count, condition)  # type: ignore[return-value]


def _copied(
    entry: Entry, condition: Mapping[str, Any], elements: Any, likenesses: Sequence[Likeness], year: Any
) -> tuple[str, str, bool]:
    worst = max((likeness for likeness in likenesses if not likeness.previous), key=lambda likeness: likeness.share, default=None)
    share = round(worst.share * 100) if worst else 0
    other = (worst.other if worst.unit == entry.unit else worst.unit) if worst else ""
    return *_limits(condition, "%"), f"{share}%{f'（与{other}）' if other else ''}", _within(share, condition)  # type: ignore[return-value]


def _late(entry: Entry, *_: Any) -> tuple[str, str, bool]:
    return "按时报送和公开", {True: "逾期", False: "按时", None: "日期不明"}[entry.late], entry.late is not True


_MEASURES: dict[str, Callable[..., tuple[str, str, bool]]] = {
    "submitted": _submitted,
    "year": _year,
    "score": _score,
    "elements": _elements,
    "contradictions": _contradictions,
    "copied": _copied,
    "late": _late,
}


def _limits(condition: Mapping[str, Any], unit: str) -> tuple[str]:
    parts = [f"不少于{condition['at-least']:g}{unit}"] if "at-least" in condition else []
    parts += [f"不多于{condition['at-most']:g}{unit}"] if "at-most" in condition else []
    return ("、".join(parts),)


def _within(value: float, condition: Mapping[str, Any]) -> bool:
    low, high = condition.get("at-least", float("-inf")), condition.get("at-most", float("inf"))
    return bool(low <= value <= high)
