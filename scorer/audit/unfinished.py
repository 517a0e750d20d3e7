"""What is still open in an audit, so that none is frozen unawares: a list of kinds, each with the units it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scorer.audit.model import GATE_WORDS, HOLD, PROPOSED, Audit
from scorer.audit.outputs import persons
from scorer.audit.outputs.tally import unit_name
from scorer.audit.reviewers import Merged

NAMED = 10
"""So many units of a kind are named, the others counted."""
GROUNDS, DOUBTS, SPLIT, STALE = "依据待确认（反馈函还是拟稿）", "文件归属待定", "复核人意见不一", "报告改过、人工结论需重新确认"
WORDS = {PROPOSED: f"{GATE_WORDS[PROPOSED]}（没有人确认）", HOLD: f"是否报送{GATE_WORDS[HOLD]}"}


class Open(NamedTuple):
    """One kind of work undone: its word, and the units (or files) it concerns, each once."""

    word: str
    names: tuple[str, ...]

    @property
    def line(self) -> str:
        """The kind, how many, and which."""
        rest = f"等{len(self.names)}个" if len(self.names) > NAMED else ""
        return f"{self.word}{len(self.names)}个：{'、'.join(self.names[:NAMED])}{rest}"


def unfinished(audit: Audit, merged: Merged) -> tuple[Open, ...]:
    """What is open in an audit; ``merged`` is what all reviewers said."""
    counted = audit.counted()
    pairs = list(zip(counted.entries, counted.gates, strict=True))
    rostered = any(entry.roster for entry in audit.entries)
    held = {id(entry) for entry, gate in pairs if gate.verdict == HOLD}
    found: dict[str, Iterable[str]] = {
        **{WORDS[verdict]: [unit_name(entry) for entry, gate in pairs if gate.verdict == verdict] for verdict in (PROPOSED, HOLD)},
        GROUNDS: [unit_name(entry) for entry, gate in pairs if gate.open and gate.verdict != PROPOSED],
        DOUBTS: [entry.path or entry.unit for entry in audit.entries if rostered and entry.doubt and id(entry) not in held],
        SPLIT: [*(one.unit or one.file for one in merged.differences), *merged.matches],
        STALE: [unit_name(entry) for entry, _, item in persons.of_entries(audit, decided=True) if item.decided and item.decided.stale],
    }
    return listed(found)


def listed(found: Mapping[str, Iterable[str]]) -> tuple[Open, ...]:
    """The kinds that anything is open of."""
    return tuple(Open(word, names) for word, own in found.items() if (names := tuple(dict.fromkeys(own))))


def lines(left: Sequence[Open]) -> str:
    """All of it in one sentence."""
    return "；".join(one.line for one in left)
