"""All that can be decided about one unit, as a list that a person can go through; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scorer.audit.decisions import DISMISSED, LAST_YEAR, STANDS, VERDICT, Decided, Kind, Proposal, element_key, follow_key, likeness_key
from scorer.audit.model import MEND, RETURN, SUBMITTED, YEAR, Condition, Element, Entry, FollowUp, Gate, Likeness, Verdict
from scorer.vocabulary import Certainty, Status


class Item(NamedTuple):
    """One thing to be decided about a unit (or a file that belongs to none).

    ``machine`` is the program's status, ``status`` the one in force; ``sentence`` what it rests on and ``place`` where that stands in
    the report (both may be empty); ``deciding``: the gate's verdict rests on it; ``certainty`` is that of the program;
    ``decided`` is a person's decision, which may be stale.
    """

    unit: str
    path: str
    key: str
    kind: str
    title: str
    machine: str
    status: str
    sentence: str = ""
    place: str = ""
    deciding: bool = False
    certainty: str = Certainty.SURE
    decided: Decided | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has decided it, or it has to be confirmed again."""
        return self.decided is None or self.decided.stale


def items_of(entry: Entry, gate: Gate, likenesses: Sequence[Likeness], elements: Mapping[str, Element]) -> tuple[Item, ...]:
    """The items of one entry: verdict, elements, contradictions, likenesses (those of its unit), last year's arrangements.

    Elements that are not asked of the report are left out unless a person decided them.
    """
    deciding = {key for condition in gate.conditions if _weighs(condition) for key in condition.items or (VERDICT,)}
    where = (entry.unit, entry.path)
    found = [
        Item(
            *where,
            VERDICT,
            Kind.VERDICT,
            "审核结论",
            gate.machine or gate.verdict,
            gate.verdict,
            "",
            "",
            VERDICT in deciding,
            decided=gate.decided,
        )
    ]
    summary = entry.summary
    if summary is None:
        return tuple(found)
    for verdict in summary.resting:
        element = elements.get(verdict.rule)
        if element and (verdict.machine != Status.NOT_APPLICABLE or verdict.by):
            found.append(_element(where, element, verdict, element_key(verdict.rule) in deciding))
    for one in (*summary.contradictions, *summary.dismissed):
        status = STANDS if one.decided is None or one.decided.stale else one.decided.status
        title = f"文中写{one.printed}，推算{one.computed}" if one.printed and one.computed else "前后不一致"
        found.append(
            Item(*where, one.key, Kind.CONTRADICTION, title, STANDS, status, one.quote, one.place, one.key in deciding, decided=one.decided)
        )
    found += [_likeness(where, likeness, deciding) for likeness in likenesses]
    found += [_followed(where, item, deciding) for item in entry.follow_up]
    return tuple(found)


def _weighs(condition: Condition) -> bool:
    """Whether a condition that fails makes the verdict what it is: not one that is only told, nor that there is no report at all."""
    return not condition.holds and condition.otherwise in (RETURN, MEND) and condition.measure not in (SUBMITTED, YEAR)


def _element(where: tuple[str, str], element: Element, verdict: Verdict, deciding: bool) -> Item:
    decided = None
    if verdict.by:
        person = verdict.person or verdict.status
        decided = Decided(person, verdict.machine, verdict.by, verdict.date, verdict.reason, stale=verdict.stale)
    return Item(
        *where,
        element_key(verdict.rule),
        Kind.ELEMENT,
        element.title,
        verdict.machine,
        verdict.status,
        verdict.quote,
        verdict.place,
        deciding,
        verdict.certainty,
        decided,
    )


def _likeness(where: tuple[str, str], likeness: Likeness, deciding: Iterable[str]) -> Item:
    key = key_of_likeness(likeness, where[0])
    decided = likeness.decision(where[0])
    share, other = side_of(likeness, where[0])
    passages = own_passages(likeness, where[0])
    title = f"与{other}约{share:.0%}文字相同"
    status = decided.status if decided and decided.holds else STANDS
    return Item(*where, key, Kind.LIKENESS, title, STANDS, status, passages[0] if passages else "", "", key in deciding, decided=decided)


def _followed(where: tuple[str, str], item: FollowUp, deciding: Iterable[str]) -> Item:
    key = follow_key(item.kind, item.quote, item.answer)
    machine = item.decided.machine if item.decided else item.state
    return Item(*where, key, item.kind, item.quote, machine, item.state, item.answer, "", key in deciding, decided=item.decided)


# -- the two sides of a likeness ----------------------------------------------------------------------------------------------


def side_of(likeness: Likeness, unit: str) -> tuple[float, str]:
    """The share (0 to 1) of a unit's own report that is alike, and the other side's name."""
    if likeness.previous:
        return likeness.share, LAST_YEAR
    return (likeness.share, likeness.other) if likeness.unit == unit else (likeness.other_share, likeness.unit)


def own_passages(likeness: Likeness, unit: str) -> tuple[str, ...]:
    """The passages as they stand in a unit's own report."""
    mine = likeness.previous or likeness.unit == unit
    return tuple(passage.mine if mine else passage.theirs for passage in likeness.passages)


def key_of_likeness(likeness: Likeness, unit: str) -> str:
    """The key of a likeness for one of its units."""
    return likeness_key(side_of(likeness, unit)[1], own_passages(likeness, unit))


def dismissed(likeness: Likeness, unit: str) -> bool:
    """Whether a person found that it says nothing against a unit."""
    decided = likeness.decision(unit)
    return decided is not None and decided.holds and decided.status == DISMISSED


# -- proposals of what is worked out from several reports ---------------------------------------------------------------------


def proposals_of(entry: Entry, likenesses: Iterable[Likeness]) -> list[Proposal]:
    """What the program proposes of likenesses and last year's arrangements, for ``decisions.settle``."""
    found = []
    for likeness in likenesses:
        passages = own_passages(likeness, entry.unit)
        found.append(Proposal(key_of_likeness(likeness, entry.unit), STANDS, passages[0] if passages else ""))
    for item in entry.follow_up:
        # What nothing answers rests on the whole report: something written into it since may be the answer.
        found.append(Proposal(follow_key(item.kind, item.quote, item.answer), item.state, item.quote, bool(item.answer)))
    return found
