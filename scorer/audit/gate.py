"""The gate: conditions from the pack, each with what was asked, what is and what it rests on; the worst that fails decides.

What was not handed in, cannot be read or is on another year is no report to be judged: it is asked for again. The days of
submission and publication are conditions of their own, so that a report that came late and was mended can pass. A report is
returned only when a person has confirmed what it is returned for; until then that is proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from scorer.audit.decisions import VERDICT, Decision, Kind, Proposal, element_key, kind_of, settle
from scorer.audit.items import dismissed, key_of_likeness, side_of
from scorer.audit.model import (
    ABSENT,
    AGAIN,
    ASKED,
    ASSESSED,
    HOLD,
    LATE,
    MEND,
    NOT_SUBMITTED,
    NOTE,
    PASS,
    PROPOSED,
    RETURN,
    STATE_WORDS,
    SUBMITTED,
    YEAR,
    Condition,
    Element,
    Entry,
    Fact,
    Gate,
    Likeness,
    Verdict,
)
from scorer.vocabulary import Severity, Status

NAMED = 5
"""So many elements are named, the others counted."""
FIRST = (SUBMITTED, YEAR)


class Rules(NamedTuple):
    """What judges: the pack's conditions, the elements by rule, the rules that ask for a day, the audited year."""

    conditions: Sequence[Mapping[str, Any]]
    elements: Mapping[str, Element]
    days: frozenset[str] = frozenset()
    year: int | None = None


class _Case(NamedTuple):
    """What a measure looks at. ``alone``: by the machine's lights alone, as if no person had decided anything."""

    entry: Entry
    condition: Mapping[str, Any]
    rules: Rules
    likenesses: Sequence[Likeness]
    alone: bool = False

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return self.entry.summary.verdicts if self.entry.summary else ()

    def status(self, verdict: Verdict) -> str:
        return verdict.machine if self.alone else verdict.status


class _Answer(NamedTuple):
    """What was asked, what is, whether it holds, and the items that say so."""

    asked: str
    actual: str
    holds: bool
    items: tuple[str, ...] = ()


def judge(
    entry: Entry,
    rules: Rules,
    likenesses: Sequence[Likeness],
    decisions: Sequence[Decision] = (),
    text_sha256: str = "",
    stands: Callable[[str], bool] = lambda quote: False,
) -> Gate:
    """The gate's verdict on one entry. ``likenesses`` are those of its unit, ``decisions`` those on it; the hash of its text and
    what says whether a sentence stands in it tell whether a decision on the verdict itself still holds."""
    machine = _judged(entry, rules, likenesses, alone=True)
    plain = _judged(entry, rules, likenesses)
    told = [decision for decision in decisions if kind_of(decision.about) == Kind.VERDICT]
    decided = settle([Proposal(VERDICT, machine.verdict, bound=False)], told, text_sha256, stands).decided.get(VERDICT)
    gate = plain._replace(machine=machine.verdict, decided=decided)
    if decided is None or not decided.holds or entry.state != ASSESSED:
        return gate
    if entry.other_year:
        # Whoever decides on a report of another year takes it for this year's.
        gate = _judged(replace(entry, other_year=None), rules, likenesses)._replace(machine=machine.verdict, decided=decided)
    return gate._replace(verdict=decided.status, open=())


def _judged(entry: Entry, rules: Rules, likenesses: Sequence[Likeness], *, alone: bool = False) -> Gate:
    if entry.state == ASKED:
        return Gate(HOLD, ())
    found: list[Condition] = []
    for condition in sorted(rules.conditions, key=lambda condition: condition["measure"] not in FIRST):
        measure: str = condition["measure"]
        if measure not in FIRST and any(not one.holds for one in found if one.measure in FIRST):
            break
        if measure != "submitted" and entry.state != ASSESSED:
            continue
        answer = _MEASURES[measure](_Case(entry, condition, rules, likenesses, alone))
        items = () if answer.holds else answer.items
        found.append(Condition(condition["title"], answer.asked, answer.actual, answer.holds, condition["otherwise"], measure, items))
    failed = [condition for condition in found if not condition.holds]
    if any(condition.measure in FIRST for condition in failed):
        return Gate(ABSENT if entry.state == NOT_SUBMITTED else AGAIN, tuple(found))
    returning = [condition for condition in failed if condition.otherwise == RETURN]
    mending = [condition for condition in failed if condition.otherwise == MEND]
    wanting = () if alone else _unconfirmed(entry, [*returning, *mending], likenesses)
    if returning:
        confirmed = not alone and not _unconfirmed(entry, returning, likenesses)
        return Gate(RETURN if confirmed else PROPOSED, tuple(found), open=wanting)
    return Gate(MEND if mending else PASS, tuple(found), open=wanting)


def _unconfirmed(entry: Entry, returning: Iterable[Condition], likenesses: Sequence[Likeness]) -> tuple[str, ...]:
    """The items that a verdict rests on and nobody has confirmed; where it rests on none, the verdict itself."""
    done = {element_key(v.rule) for v in entry.summary.verdicts if v.decided} if entry.summary else set()
    done |= {c.key for c in entry.summary.contradictions if c.decided and c.decided.holds} if entry.summary else set()
    for likeness in likenesses:
        decided = likeness.decision(entry.unit)
        if decided and decided.holds:
            done.add(key_of_likeness(likeness, entry.unit))
    wanted = [key for condition in returning for key in condition.items or (VERDICT,)]
    return tuple(dict.fromkeys(key for key in wanted if key not in done))


# -- measures -----------------------------------------------------------------------------------------------------------------


def _submitted(case: _Case) -> _Answer:
    entry = case.entry
    is_state = STATE_WORDS[entry.state] + (f"：{entry.reason}" if entry.reason and entry.state != ASSESSED else "")
    return _Answer("已报送，读得出，是年度报告", is_state, entry.state == ASSESSED)


def _year(case: _Case) -> _Answer:
    year = case.rules.year
    own = case.entry.summary.report_year if case.entry.summary else None
    return _Answer(f"{year}年度" if year else "没有限定", f"{own}年度" if own else "没有认出年度", case.entry.other_year is None)


def _score(case: _Case) -> _Answer:
    summary = case.entry.summary
    total = summary.total if summary else 0.0
    if summary and case.alone and summary.machine_total is not None:
        total = summary.machine_total
    total = round(total, 1)
    return _Answer(_limits(case.condition, "分"), f"{total:.1f}分", _within(total, case.condition))


def _elements(case: _Case) -> _Answer:
    condition = case.condition
    status, severity = condition.get("status", Status.MISSING), condition.get("severity", "")
    # A day that has passed is no content to be written: it has its own condition.
    days = case.rules.days if "category" not in condition else frozenset()
    found = [
        element
        for verdict in case.verdicts
        if case.status(verdict) == status
        and verdict.rule not in days
        and (element := case.rules.elements.get(verdict.rule))
        and severity in ("", element.severity)
        and condition.get("category", element.category) == element.category
    ]
    what = (Severity.shown(severity) if severity else "") + "内容" + Status(status).word
    names = "、".join(element.title for element in found[:NAMED]) + ("等" if len(found) > NAMED else "")
    actual = f"{len(found)}项{f'：{names}' if names else ''}"
    return _Answer(
        f"{what}{_limits(condition, '项')}",
        actual,
        _within(len(found), condition),
        tuple(element_key(element.rule) for element in found),
    )


def _contradictions(case: _Case) -> _Answer:
    summary = case.entry.summary
    found = summary.contradictions if summary else ()
    if summary and case.alone:
        found = (*found, *summary.dismissed)
    return _Answer(_limits(case.condition, "处"), f"{len(found)}处", _within(len(found), case.condition), tuple(one.key for one in found))


def _copied(case: _Case) -> _Answer:
    return _alike(case, previous=False)


def _previous(case: _Case) -> _Answer:
    return _alike(case, previous=True)


def _alike(case: _Case, *, previous: bool) -> _Answer:
    unit = case.entry.unit
    own = [one for one in case.likenesses if one.previous == previous and (case.alone or not dismissed(one, unit))]
    # Each side by its own text: of a long report little need be shared when a short one is all copied.
    sides = sorted(((round(side_of(one, unit)[0] * 100), side_of(one, unit)[1], one) for one in own), key=lambda side: (-side[0], side[1]))
    over = [side for side in sides if not _within(side[0], case.condition)]
    shown = over or sides[:1]
    actual = "、".join(f"{share}%（与{other}）" for share, other, _ in shown) or "0%"
    return _Answer(_limits(case.condition, "%"), actual, not over, tuple(key_of_likeness(one, unit) for *_, one in over))


def _late(case: _Case) -> _Answer:
    """``of`` says which of the two days; without it both."""
    facts = {"submission": case.entry.submission, "publication": case.entry.publication}
    wanted = [case.condition["of"]] if "of" in case.condition else list(facts)
    chosen = [fact for name in wanted if (fact := facts[name])]
    late = [fact for fact in chosen if _state(fact, case.alone) == LATE]
    words = {"submission": "报送", "publication": "公开"}
    unknown = all(fact.late is None for fact in chosen)
    actual = "逾期" if late else "日期不明" if unknown else "按时"
    return _Answer(f"按时{'和'.join(words[name] for name in wanted)}", actual, not late, tuple(element_key(fact.rule) for fact in late))


def _state(fact: Fact, alone: bool) -> str:
    return fact.decided.machine if alone and fact.decided else fact.state


_MEASURES: dict[str, Callable[[_Case], _Answer]] = {
    "submitted": _submitted,
    "year": _year,
    "score": _score,
    "elements": _elements,
    "contradictions": _contradictions,
    "copied": _copied,
    "previous": _previous,
    "late": _late,
}
MEASURES = frozenset(_MEASURES)
OTHERWISE = (RETURN, MEND, NOTE)


def _limits(condition: Mapping[str, Any], unit: str) -> str:
    parts = [f"不少于{condition['at-least']:g}{unit}"] if "at-least" in condition else []
    parts += [f"不多于{condition['at-most']:g}{unit}"] if "at-most" in condition else []
    return "、".join(parts)


def _within(value: float, condition: Mapping[str, Any]) -> bool:
    low, high = condition.get("at-least", float("-inf")), condition.get("at-most", float("inf"))
    return bool(low <= value <= high)
