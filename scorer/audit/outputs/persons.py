"""What persons decided, for the page and the workbook: every item with both verdicts, who, when and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scorer.audit.decisions import KIND_WORDS, Kind, status_word
from scorer.audit.items import Item, items_of
from scorer.audit.model import ASSESSED, GATE_WORDS, PROPOSED, RETURN, Audit, Entry, Gate, Likeness

Row = tuple[Entry, Gate, Item]


def word(item: Item, status: str) -> str:
    """A status of an item as the reader knows it."""
    return GATE_WORDS.get(status, status) if item.kind == Kind.VERDICT else status_word(item.kind, status)


def kind_word(item: Item) -> str:
    """What kind of item it is."""
    return KIND_WORDS.get(item.kind, item.kind)


def of_entries(audit: Audit, *, decided: bool = False) -> Iterator[Row]:
    """The items of all entries with a report, one entry at a time; with ``decided`` those that a person decided."""
    elements = {element.rule: element for element in audit.elements}
    by_unit: dict[str, list[Likeness]] = defaultdict(list)
    for likeness in audit.likenesses:
        for name in {likeness.unit, likeness.other}:
            by_unit[name].append(likeness)
    for entry, gate in zip(audit.entries, audit.gates, strict=True):
        own = by_unit.get(entry.unit, [])
        if entry.state != ASSESSED or (decided and not _any(entry, gate, own)):
            continue
        for item in items_of(entry, gate, own, elements):
            if not decided or item.decided:
                yield entry, gate, item


def _any(entry: Entry, gate: Gate, likenesses: list[Likeness]) -> bool:
    """Whether a person decided anything of an entry, found without unpacking what is kept packed."""
    found = entry.summary
    if gate.decided or any(one.decision(entry.unit) for one in likenesses):
        return True
    if isinstance(entry.follow_up, tuple) and any(item.decided for item in entry.follow_up):
        return True
    if found is None:
        return False
    return any(v.by for v in found.verdicts) or any(one.decided for one in (*found.contradictions, *found.dismissed))


def notes_of(entry: Entry, gate: Gate) -> tuple[str, ...]:
    """What is told of a unit under its name: what has to be confirmed, older drafts, its round, the program's own verdict."""
    number = max((one.number for one in entry.rounds), default=0)
    confirmed = (gate.machine, gate.verdict) == (PROPOSED, RETURN)
    told = {
        f"报告是{entry.other_year}年度的": bool(entry.other_year),
        "对应待确认": bool(entry.doubt),
        f"另有{len(entry.superseded)}份旧稿": bool(entry.superseded),
        f"第{number}次报送": number > 1,
        f"程序的结论：{GATE_WORDS.get(gate.machine, gate.machine)}": gate.machine not in ("", gate.verdict) and not confirmed,
        "人工结论需重新确认": bool(gate.decided and gate.decided.stale),
        f"待确认依据{len(gate.open)}项": bool(gate.open),
    }
    return tuple(note for note, holds in told.items() if holds)
