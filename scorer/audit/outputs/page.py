"""The dashboard of an audit: one self-contained HTML page for hundreds of units, complete without script.

Here the audit is made ready to be shown; how it looks is the business of ``templates/audit.html.j2`` and its stylesheet.
500 units must stay under 400 KB: the heat map leaves empty what is met, and quoted passages are shown worst first until
``ROOM`` is used up (the page says so; the workbook has all of them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from scorer.audit.model import ALWAYS, GATE_WORDS, NO_REPORT, NOT_SUBMITTED, STATE_WORDS, UNREADABLE, Audit, Entry, FollowUp, Gate, Likeness
from scorer.audit.outputs.tally import (
    FOLLOW_WORDS,
    VERDICT_WORDS,
    LevelScores,
    Tally,
    change,
    fact_note,
    follow_counts,
    late_word,
    level_word,
    missing_required,
    public_word,
    shared_between,
    shared_with_last_year,
    tally,
    unit_name,
)
from scorer.outputs.templates import page
from scorer.text.shorten import shorten
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

HEAT_ROOM = 145_000
"""Bytes of cells in the heat map."""
ROOM = 2_500
"""Characters of quoted passages shown in one section."""
QUOTE_MAX = 110
PAIRS = 20
FOLLOWED = 20
LACKS = 25
PERSONS = 25
TITLE_MAX = 12

# One cell of the heat map: the class that colours it and the sign that stands in it. What is met stays empty.
SIGNS = {
    Status.MISSING: ("m", "×"),
    Status.PARTIAL: ("p", "½"),
    Status.NEEDS_REVIEW: ("r", "?"),
    Status.NOT_APPLICABLE: ("n", "-"),
    "waived": ("w", "免"),
}
NO_CELL = "<td class=n>-"
GATE_CLASSES = {
    "pass": Status.MET, "mend": Status.PARTIAL, "proposed": Status.MISSING, "return": Status.MISSING, "again": Status.MISSING,
    "absent": Status.MISSING, "hold": Status.NEEDS_REVIEW,
}  # fmt: skip


def render(audit: Audit) -> str:
    """The page. The same audit gives the same text; characters that no encoding knows are replaced."""
    template = page("audit.html.j2", styles=("report.css", "audit.css"), script="audit.js")
    return template.render(_View(audit).context()).encode("utf-8", "replace").decode("utf-8")


class Row(NamedTuple):
    """A unit as shown in the table; empty strings where there is nothing to say."""

    name: str
    link: str
    level: str
    state: str
    total: str
    grade: str
    lacking: str
    contradictions: str
    late: str
    public: str
    change: str
    gate: str
    gate_class: str
    notes: tuple[str, ...]


class Heat(NamedTuple):
    """A row of the heat map; ``cells`` is markup made of constants only."""

    name: str
    cells: str


class Pair(NamedTuple):
    """Two reports that share text, with as many passages as there was room for."""

    unit: str
    other: str
    share: str
    other_share: str
    shared: int
    passages: tuple[tuple[list[tuple[str, bool]], list[tuple[str, bool]]], ...]
    old_years: tuple[str, ...]


class Followed(NamedTuple):
    """What became of last year's report of one unit."""

    unit: str
    counts: dict[str, int]
    items: tuple[FollowUp, ...]


class _View:
    """Gathers what the template shows."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.due = audit.counted()
        self.tally: Tally = tally(audit)
        self.links = {entry.unit: entry.report for entry in audit.entries if entry.unit and entry.report}

    def context(self) -> dict[str, Any]:
        audit, counted = self.audit, self.tally
        rows = [self._row(entry, gate) for entry, gate in zip(self.due.entries, self.due.gates, strict=True)]
        shown, clean = self._columns()
        between, own = shared_between(audit), shared_with_last_year(audit)
        followed = self._followed()
        return {
            "audit": audit,
            "tally": counted,
            "rows": rows,
            "outside": audit.outside(),
            "states": list(dict.fromkeys(row.state for row in rows)),
            "levels": list(dict.fromkeys(row.level for row in rows if row.level)),
            "gates": [word for word in GATE_WORDS.values() if any(row.gate == word for row in rows)],
            "gate_counts": [
                (GATE_CLASSES[name], word, counted.gates[name])
                for name, word in GATE_WORDS.items()
                if name in ALWAYS or counted.gates[name]
            ],
            "columns": [(number + 1, audit.elements[number], shorten(audit.elements[number].title, TITLE_MAX)) for number in shown],
            "groups": [(name, len(list(own_))) for name, own_ in groupby(audit.elements[number].category for number in shown)],
            "clean_columns": clean,
            "left_columns": len(audit.elements) - clean - len(shown),
            "heat": self._heat(shown),
            "lacks": counted.lacks[:LACKS],
            "strips": [(level, _strip(level)) for level in counted.levels],
            "not_submitted": [entry for entry in audit.entries if entry.state == NOT_SUBMITTED],
            "late": [entry for entry in self.due.entries if entry.summary and entry.late],
            "late_public": [entry for entry in self.due.entries if entry.summary and entry.late_public],
            "fact_note": fact_note,
            "rejected": [entry for entry in audit.entries if entry.state in (NO_REPORT, UNREADABLE)],
            "doubtful": [entry for entry in audit.entries if entry.doubt],
            "superseded": [entry for entry in audit.entries if entry.superseded],
            "between": _pairs(between[:PAIRS]),
            "between_rest": max(0, len(between) - PAIRS),
            "own": _pairs(own[:PAIRS]),
            "own_rest": max(0, len(own) - PAIRS),
            "followed": followed[:FOLLOWED],
            "followed_all": followed,
            "follow_total": follow_counts(tuple(item for entry in audit.entries for item in entry.follow_up)),
            "overridden": counted.overridden[:PERSONS],
            "overridden_rest": max(0, len(counted.overridden) - PERSONS),
            "stale": sum(1 for row in counted.overridden if row.verdict.stale),
            "quote_max": QUOTE_MAX,
            "href": _href,
            "links": self.links,
            "unit_name": unit_name,
            "shorten": shorten,
            "state_words": STATE_WORDS,
            "severity_words": Severity.words(),
            "verdict_words": VERDICT_WORDS,
            "follow_words": FOLLOW_WORDS,
            "version": VERSION,
        }

    def _row(self, entry: Entry, gate: Gate) -> Row:
        found, moved = entry.summary, change(entry)
        notes = (("对应待确认",) if entry.doubt else ()) + ((f"另有{len(entry.superseded)}份旧稿",) if entry.superseded else ())
        return Row(
            name=unit_name(entry),
            link=_href(entry.report),
            level=level_word(entry),
            state=STATE_WORDS.get(entry.state, entry.state),
            total=f"{found.total:.1f}" if found else "",
            grade=found.grade if found else "",
            lacking=str(missing_required(self.audit, entry)) if found else "",
            contradictions=str(len(found.contradictions)) if found else "",
            late=late_word(entry) if found else "",
            public=public_word(entry) if found else "",
            change="" if moved is None else "0.0" if abs(moved) < 0.05 else f"{moved:+.1f}",
            gate=GATE_WORDS.get(gate.verdict, gate.verdict),
            gate_class=GATE_CLASSES.get(gate.verdict, ""),
            notes=notes,
        )

    def _columns(self) -> tuple[list[int], int]:
        """The elements shown in the heat map, in their order, and how many are left out because nobody lacks them.

        Required elements and those most often lacking come first until the map is as large as the page can bear.
        """
        bytes_of = Counter[str]()
        troubled = set()
        for entry in self.due.entries:
            for verdict in entry.summary.verdicts if entry.summary else ():
                bytes_of[verdict.rule] += len(_cell(verdict.status, bool(verdict.by)).encode())
                if verdict.status not in (Status.MET, Status.NOT_APPLICABLE) or verdict.by:
                    troubled.add(verdict.rule)
        ranks = {row.element.rule: rank for rank, row in enumerate(self.tally.lacks)}
        wanted = [number for number, element in enumerate(self.audit.elements) if element.rule in troubled]
        wanted.sort(
            key=lambda n: (self.audit.elements[n].severity != Severity.REQUIRED, ranks.get(self.audit.elements[n].rule, len(ranks)))
        )
        fits = _room(HEAT_ROOM)
        shown = sorted(number for number in wanted if fits(bytes_of[self.audit.elements[number].rule]))
        return shown, len(self.audit.elements) - len(wanted)

    def _heat(self, shown: Sequence[int]) -> list[Heat]:
        rules = [self.audit.elements[number].rule for number in shown]
        rows = []
        for entry in self.due.entries:
            if entry.summary:
                cells = {verdict.rule: _cell(verdict.status, bool(verdict.by)) for verdict in entry.summary.verdicts}
                rows.append(Heat(unit_name(entry), "".join(cells.get(rule, NO_CELL) for rule in rules)))
        return rows

    def _followed(self) -> list[Followed]:
        """Units with a report of last year, those that left most open first; as many wordings as there is room for."""
        found = [(entry, follow_counts(entry.follow_up)) for entry in self.audit.entries if entry.follow_up]
        found.sort(key=lambda pair: -(2 * pair[1]["silent"] + pair[1]["repeated"]))
        fits = _room(ROOM)
        rows = []
        for entry, counts in found:
            weak = sorted(
                (i for i in entry.follow_up if i.state in ("silent", "repeated", "mentioned")), key=lambda i: i.state == "mentioned"
            )
            items = tuple(item for item in weak[:4] if fits(len(shorten(item.quote, QUOTE_MAX)) + len(shorten(item.answer, QUOTE_MAX))))
            rows.append(Followed(unit_name(entry), dict(counts), items))
        return rows


@cache
def _cell(status: str, person: bool) -> str:
    # Closing tags and quotes are left out (HTML allows it): at 500 x 50 cells every byte of a cell is 25 KB.
    name, sign = SIGNS.get(status, ("", "" if status == Status.MET else status))
    mark = "*" if person else ""
    return f"<td class={name}>{sign}{mark}" if name else f"<td>{escape(sign)}{mark}"


def _room(whole: int) -> Callable[[int], bool]:
    """Says of each piece whether it still fits into the whole; after the first that does not, none does."""
    used = 0

    def fits(size: int) -> bool:
        nonlocal used
        used += size
        return used <= whole

    return fits


def _pairs(likenesses: Iterable[Likeness]) -> list[Pair]:
    fits = _room(ROOM)
    pairs = []
    for likeness in likenesses:
        passages = []
        for passage in likeness.passages[:3]:
            mine, theirs = shorten(passage.mine, QUOTE_MAX), shorten(passage.theirs, QUOTE_MAX)
            if fits(len(mine) + len(theirs)):
                passages.append((marked(mine, [a for a, _ in passage.changed]), marked(theirs, [b for _, b in passage.changed])))
        years = tuple(line for year in likeness.old_years[:3] if fits(len(line := shorten(year, QUOTE_MAX))))
        share, other_share = f"{likeness.share * 100:.0f}%", f"{likeness.other_share * 100:.0f}%"
        pairs.append(Pair(likeness.unit, likeness.other, share, other_share, len(likeness.passages), tuple(passages), years))
    return pairs


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words; words are looked for one after the other."""
    pieces, at = [], 0
    for word in words:
        found = text.find(word, at) if word else -1
        if found >= 0:
            pieces += [(text[at:found], False), (word, True)]
            at = found + len(word)
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


def _href(report: str) -> str:
    """The address of a report beside the page. Han characters stay as they are: escaped they would be thrice as long."""
    return "reports/" + re.sub(r"[\x00-\x7f]+", lambda match: quote(match[0]), report) if report else ""


def _strip(level: LevelScores) -> str:
    """The path of a strip of scores, 0 to 100 on the x axis."""
    return "".join(f"M{score:.1f} 1v8" for score in level.scores)
