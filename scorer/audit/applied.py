"""Decisions applied where reports were laid side by side: likenesses and what became of last year's report; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from scorer.audit.decisions import KIND_WORDS, Decided, Decision, Kind, follow_key, kind_of, of_target, settle, status_word
from scorer.audit.items import key_of_likeness, proposals_of
from scorer.audit.model import Entry, Likeness


class Together(NamedTuple):
    """Entries and likenesses with what persons decided of them, and decisions whose item is gone, in words."""

    entries: tuple[Entry, ...]
    likenesses: tuple[Likeness, ...]
    lost: tuple[str, ...]


TextOf = Callable[[Entry], tuple[str, Callable[[str], bool]]]
"""For an entry the hash of its report's text, and whether a sentence stands in it."""


def apply(entries: Sequence[Entry], likenesses: Sequence[Likeness], decisions: Sequence[Decision], text_of: TextOf) -> Together:
    """Entries and likenesses with the decisions on likenesses, arrangements and shortcomings in them."""
    told = [d for d in decisions if kind_of(d.about) in (Kind.LIKENESS, Kind.ARRANGEMENT, Kind.SHORTCOMING)]
    if not told:
        return Together(tuple(entries), tuple(likenesses), ())
    of_unit: dict[str, list[int]] = {}
    for number, likeness in enumerate(likenesses):
        for name in {likeness.unit, likeness.other}:
            of_unit.setdefault(name, []).append(number)
    shared, changed, lost = list(likenesses), list(entries), []
    for at, entry in enumerate(entries):
        own = of_target(told, entry.unit, entry.path)
        if not own:
            continue
        numbers = of_unit.get(entry.unit, [])
        settled = settle(proposals_of(entry, [likenesses[n] for n in numbers]), own, *text_of(entry))
        for number in numbers:
            decided = settled.decided.get(key_of_likeness(likenesses[number], entry.unit))
            if decided:
                one = shared[number]
                shared[number] = replace(one, decided=(*one.decided, (entry.unit, decided)))
        changed[at] = _followed(entry, settled.decided)
        lost += [f"{entry.unit}：{_lost(decision)}" for decision in settled.lost]
    return Together(tuple(changed), tuple(shared), tuple(lost))


def _followed(entry: Entry, decided: Mapping[str, Decided]) -> Entry:
    items = []
    for item in entry.follow_up:
        found = decided.get(follow_key(item.kind, item.quote, item.answer))
        items.append(item._replace(decided=found, state=found.status if found.holds else item.state) if found else item)
    return replace(entry, follow_up=tuple(items))


def _lost(decision: Decision) -> str:
    kind = kind_of(decision.about)
    return f"{decision.by}（{decision.date}）认定“{status_word(kind, decision.status)}”的{KIND_WORDS[kind]}已不在其中，这一条没有用上。"
