"""The dashboard of an audit: an HTML page that asks nothing of the network and is complete without script.

Here the audit is made ready to be shown; how it looks is the business of ``templates/audit.html.j2`` and its stylesheet.
500 units must stay under 400 KB: the heat map leaves empty what is met, and quoted passages are shown worst first until
``ROOM`` is used up (the page says so; the workbook has all of them). More than ``PAGED`` units stand on pages beside the
overview (see ``pages``), which then shows the first that need an eye; its script reads the others from a file when it must.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from scorer.audit.model import (
    ALWAYS,
    CONFIRM,
    GATE_WORDS,
    NO_REPORT,
    NOT_SUBMITTED,
    STATE_WORDS,
    UNREADABLE,
    Audit,
    Entry,
    FollowUp,
    Gate,
)
from scorer.audit.outputs import persons
from scorer.audit.outputs.passages import QUOTE_MAX, ROOM, pairs, room
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

if TYPE_CHECKING:
    from jinja2 import Template

HEAT_ROOM = 145_000
"""Bytes of cells in the heat map."""
PAIRS = 20
FOLLOWED = 20
LACKS = 25
PERSONS = 25
TITLE_MAX = 12
UNITS = "units"
"""The folder of the pages beside the overview."""
PER_PAGE = 200
PAGED = 600
"""More units than this are shown on pages of their own."""
FIRST = 100
"""So many of them stand in the overview, those first that are returned, asked about, or low."""
LISTED = 40
"""So many lines of each list stand in an overview with pages."""

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
    return View(audit).overview()


def write_out(template: Template, context: Mapping[str, Any]) -> str:
    """The page of a template; characters that no encoding knows are replaced."""
    return template.render(context).encode("utf-8", "replace").decode("utf-8")


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


class Followed(NamedTuple):
    """What became of last year's report of one unit."""

    unit: str
    counts: dict[str, int]
    items: tuple[FollowUp, ...]


class Sheet(NamedTuple):
    """A page beside the overview: its file, the numbers of its first and last unit, from 1, and their names."""

    name: str
    first: int
    last: int
    begins: str
    ends: str


class View:
    """Gathers what the templates show."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.due = audit.counted()
        self.tally: Tally = tally(audit)
        self.links = {entry.unit: entry.report for entry in audit.entries if entry.unit and entry.report}
        self.rows = [self._row(entry, gate) for entry, gate in zip(self.due.entries, self.due.gates, strict=True)]
        self.paged = len(self.rows) > PAGED

    def overview(self) -> str:
        """``index.html``."""
        script = "audit-pages.js" if self.paged else "audit.js"
        return write_out(page("audit.html.j2", styles=("report.css", "audit.css"), script=script), self.context())

    def sheets(self) -> list[Sheet]:
        """The pages beside the overview; none where it shows all units."""
        names = [row.name for row in self.rows] if self.paged else []
        starts = range(0, len(names), PER_PAGE)
        return [
            Sheet(
                f"{UNITS}/{number:03}.html", start + 1, min(start + PER_PAGE, len(names)), names[start], names[start : start + PER_PAGE][-1]
            )
            for number, start in enumerate(starts, 1)
        ]

    def _first_rows(self) -> list[Row]:
        if not self.paged:
            return self.rows
        ranks = {Status.MISSING: 0, Status.NEEDS_REVIEW: 1, Status.PARTIAL: 2}
        worst = sorted(self.rows, key=lambda row: (ranks.get(Status(row.gate_class), 3) if row.gate_class else 3, float(row.total or 0)))
        return worst[:FIRST]

    def lists(self) -> dict[str, Any]:
        """What the lists and the tables of units show, in the overview and on the pages."""
        audit = self.audit
        return {
            "audit": audit,
            "tally": self.tally,
            "outside": audit.outside(),
            "not_submitted": [entry for entry in audit.entries if entry.state == NOT_SUBMITTED],
            "late": [entry for entry in self.due.entries if entry.summary and entry.late],
            "late_public": [entry for entry in self.due.entries if entry.summary and entry.late_public],
            "fact_note": fact_note,
            "rejected": [entry for entry in audit.entries if entry.state in (NO_REPORT, UNREADABLE)],
            "doubtful": [entry for entry in audit.entries if entry.doubt],
            "superseded": [entry for entry in audit.entries if entry.superseded],
            "pages": self.sheets(),
            "href": _href,
            "links": self.links,
            "unit_name": unit_name,
            "shorten": shorten,
            "state_words": STATE_WORDS,
            "severity_words": Severity.words(),
            "version": VERSION,
            "up": "",
            "confirm": CONFIRM,
            "limit": 0,
            "shown": lambda entries: entries,
        }

    def context(self) -> dict[str, Any]:
        """All that the overview shows."""
        audit, counted, rows = self.audit, self.tally, self._first_rows()
        shown, clean = self.columns(() if self.paged else self.due.entries)
        between, own = shared_between(audit), shared_with_last_year(audit)
        followed = self._followed()
        decided = list(persons.of_entries(audit, decided=True))
        return {
            **self.lists(),
            "rows": rows,
            "count": len(self.rows),
            "assessed": any(entry.summary for entry in self.due.entries),
            "paged": self.paged,
            "per_page": PER_PAGE,
            "limit": LISTED if self.paged else 0,
            "shown": (lambda entries: entries[:LISTED]) if self.paged else (lambda entries: entries),
            "states": list(dict.fromkeys(row.state for row in self.rows)),
            "levels": list(dict.fromkeys(row.level for row in self.rows if row.level)),
            "gates": [word for word in GATE_WORDS.values() if any(row.gate == word for row in self.rows)],
            "gate_counts": [
                (GATE_CLASSES[name], word, counted.gates[name])
                for name, word in GATE_WORDS.items()
                if name in ALWAYS or counted.gates[name]
            ],
            **self.heads(shown),
            "clean_columns": clean,
            "left_columns": len(audit.elements) - clean - len(shown),
            "heat": [] if self.paged else self.heat(shown, self.due.entries),
            "lacks": counted.lacks[:LACKS],
            "strips": [(level, _strip(level)) for level in counted.levels],
            "between": pairs(between[:PAIRS]),
            "between_rest": max(0, len(between) - PAIRS),
            "own": pairs(own[:PAIRS]),
            "own_rest": max(0, len(own) - PAIRS),
            "followed": followed[:FOLLOWED],
            "followed_all": followed,
            "follow_total": follow_counts(tuple(item for entry in audit.entries for item in entry.follow_up)),
            "decided": decided[:PERSONS],
            "decided_rest": max(0, len(decided) - PERSONS),
            "stale": sum(1 for _, _, item in decided if item.decided and item.decided.stale),
            "item_word": persons.word,
            "kind_word": persons.kind_word,
            "quote_max": QUOTE_MAX,
            "verdict_words": VERDICT_WORDS,
            "follow_words": FOLLOW_WORDS,
        }

    def _row(self, entry: Entry, gate: Gate) -> Row:
        found, moved = entry.summary, change(entry)
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
            notes=(*((f"等次受限：{found.capped}",) if found and found.capped else ()), *persons.notes_of(entry, gate)),
        )

    def heads(self, shown: Sequence[int]) -> dict[str, Any]:
        """The heads of a heat map: its columns and the categories over them."""
        elements = self.audit.elements
        return {
            "columns": [(number + 1, elements[number], shorten(elements[number].title, TITLE_MAX)) for number in shown],
            "groups": [(name, len(list(own))) for name, own in groupby(elements[number].category for number in shown)],
        }

    def columns(self, entries: Sequence[Entry]) -> tuple[list[int], int]:
        """The elements shown in the heat map, in their order, and how many are left out because nobody lacks them.

        Required elements and those most often lacking come first until the map is as large as the page can bear.
        """
        bytes_of = Counter[str]()
        troubled = set()
        for entry in entries:
            for verdict in entry.summary.verdicts if entry.summary else ():
                bytes_of[verdict.rule] += len(_cell(verdict.status, bool(verdict.by)).encode())
                if verdict.status not in (Status.MET, Status.NOT_APPLICABLE) or verdict.by:
                    troubled.add(verdict.rule)
        ranks = {row.element.rule: rank for rank, row in enumerate(self.tally.lacks)}
        wanted = [number for number, element in enumerate(self.audit.elements) if element.rule in troubled]
        wanted.sort(
            key=lambda n: (self.audit.elements[n].severity != Severity.REQUIRED, ranks.get(self.audit.elements[n].rule, len(ranks)))
        )
        fits = room(HEAT_ROOM)
        shown = sorted(number for number in wanted if fits(bytes_of[self.audit.elements[number].rule]))
        return shown, len(self.audit.elements) - len(wanted)

    def heat(self, shown: Sequence[int], entries: Sequence[Entry]) -> list[Heat]:
        """The rows of a heat map."""
        rules = [self.audit.elements[number].rule for number in shown]
        rows = []
        for entry in entries:
            if entry.summary:
                cells = {verdict.rule: _cell(verdict.status, bool(verdict.by)) for verdict in entry.summary.verdicts}
                rows.append(Heat(unit_name(entry), "".join(cells.get(rule, NO_CELL) for rule in rules)))
        return rows

    def _followed(self) -> list[Followed]:
        """Units with a report of last year, those that left most open first; as many wordings as there is room for."""
        found = [(entry, follow_counts(entry.follow_up)) for entry in self.audit.entries if entry.follow_up]
        found.sort(key=lambda pair: -(2 * pair[1]["silent"] + pair[1]["repeated"]))
        fits = room(ROOM)
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


def _href(report: str) -> str:
    """The address of a report beside the page. Han characters stay as they are: escaped they would be thrice as long."""
    return "reports/" + re.sub(r"[\x00-\x7f]+", lambda match: quote(match[0]), report) if report else ""


def _strip(level: LevelScores) -> str:
    """The path of a strip of scores, 0 to 100 on the x axis."""
    return "".join(f"M{score:.1f} 1v8" for score in level.scores)
