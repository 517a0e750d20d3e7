"""Audits rolled up as pages by level - province, cities, and the counties' own - and lists of units by verdict."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from scorer.audit.merge import Merged, Source, Unit
from scorer.audit.model import ALWAYS, GATE_WORDS, HOLD, STATE_WORDS
from scorer.audit.outputs.page import GATE_CLASSES
from scorer.audit.totals import Totals, lacks, levels, totals
from scorer.audit.write import INDEX, REPORTS, file_names
from scorer.outputs.templates import page
from scorer.version import VERSION
from scorer.vocabulary import Level, Severity

CITIES, UNITS = "cities", "units"
PER_PAGE = 500
LACKS = 25

COUNTED = (*ALWAYS, HOLD)
"""The verdicts that are counted also where nobody has them."""


class Part(NamedTuple):
    """A row of a page: a city or an audit, where it leads to, and what is counted of it."""

    name: str
    link: str
    counted: Totals


class Row(NamedTuple):
    """A unit as shown in a list."""

    name: str
    link: str
    audit: str
    audit_link: str
    unit: Unit


def title(merged: Merged) -> str:
    """The title of everything."""
    return f"{merged.year}年度法治政府建设年度报告审核汇总" if merged.year else "法治政府建设年度报告审核汇总"


def headline(counted: Totals) -> str:
    """The overall result in one sentence."""
    words = [f"应报送{counted.due}个单位，检查报告{counted.read}份"]
    words += [f"{STATE_WORDS[state]}{count}个" for state, count in counted.states.items() if state in STATE_WORDS and state != "assessed"]
    if counted.mean is not None:
        words.append(f"平均{counted.mean:.1f}分，{counted.lacking_required}个单位缺必备内容，{counted.contradictory}个单位有数据矛盾")
    return "，".join(words) + "。" + (f"另有名册以外的文件{counted.outside}个，不计在内。" if counted.outside else "")


def pages(merged: Merged, out: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each page, one at a time, the overview last. Links to the audits are relative to ``out``."""
    yield from _Pages(merged, out).all()


def linked(target: Path, folder: Path) -> str:
    """The address of a file as seen from a folder: relative, so that all can be moved together; absolute on another drive."""
    try:
        path = os.path.relpath(target.resolve(), folder.resolve()).replace(os.sep, "/")
    except ValueError:
        return target.resolve().as_uri()
    # Han characters stay as they are: escaped they would be thrice as long.
    return re.sub(r"[\x00-\x7f]+", lambda match: quote(match[0]), path).encode("utf-8", "replace").decode()


class _Pages:
    def __init__(self, merged: Merged, out: Path) -> None:
        self.merged = merged
        self.out = out
        self.template = page("merge.html.j2", styles=("report.css", "audit.css"))
        self.by_audit: list[list[Unit]] = [[] for _ in merged.sources]
        for unit in merged.units:
            self.by_audit[unit.audit].append(unit)
        self.counted = [totals(units) for units in self.by_audit]
        self.names = file_names(merged.groups, ".html")

    def all(self) -> Iterator[tuple[str, str]]:
        """All pages."""
        yield from self._lists()
        numbers = range(len(self.merged.sources))
        for group in self.merged.groups:
            own = [number for number in numbers if self.merged.sources[number].group == group]
            name = f"{CITIES}/{self.names[group]}"
            yield name, self._page(name, f"{title(self.merged)}：{group}", own, self._audits(own, CITIES))
        yield INDEX, self._page(INDEX, title(self.merged), list(numbers), self._cities() or self._audits(numbers, ""))

    def _cities(self) -> list[Part]:
        parts = []
        for group in self.merged.groups:
            own = (unit for unit in self.merged.units if self.merged.sources[unit.audit].group == group)
            parts.append(Part(group, quote(f"{CITIES}/{self.names[group]}"), totals(own)))
        return parts

    def _audits(self, numbers: Sequence[int], folder: str) -> list[Part]:
        sources = self.merged.sources
        return [Part(sources[n].name, linked(sources[n].folder / INDEX, self.out / folder), self.counted[n]) for n in numbers]

    def _page(self, name: str, head: str, numbers: Sequence[int], parts: list[Part]) -> str:
        chosen = set(numbers)
        units = [unit for unit in self.merged.units if unit.audit in chosen]
        counted = totals(units)
        lacking = lacks(self.merged, (self.merged.statuses[number] for number in numbers))
        inner = "/" in name
        return self._render(
            title=head,
            headline=headline(counted),
            back=f"../{INDEX}" if inner else "",
            parts_word="各市" if not inner and self.merged.groups else "各次审核",
            parts=parts,
            counted=counted,
            gates=[
                (GATE_CLASSES[gate], word, counted.gates[gate], "" if inner else self._first(gate))
                for gate, word in GATE_WORDS.items()
                if gate in COUNTED or counted.gates[gate]
            ],
            levels=levels(units, self.merged.grades),
            lacks=lacking[:LACKS],
            lacks_all=len(lacking),
            notes=() if inner else self.merged.notes,
            rows=[],
        )

    def _first(self, gate: str) -> str:
        return f"{UNITS}/{gate}-001.html" if any(unit.gate == gate for unit in self.merged.units) else ""

    def _lists(self) -> Iterator[tuple[str, str]]:
        """The units of each verdict, some hundred on a page."""
        for gate, word in GATE_WORDS.items():
            own = [unit for unit in self.merged.units if unit.gate == gate]
            starts = range(0, len(own), PER_PAGE)
            names = [f"{UNITS}/{gate}-{number:03}.html" for number in range(1, len(starts) + 1)]
            for start, name in zip(starts, names, strict=True):
                rows = [self._row(unit) for unit in own[start : start + PER_PAGE]]
                others = [(n.rpartition("/")[2], s + 1, min(s + PER_PAGE, len(own)), n == name) for n, s in zip(names, starts, strict=True)]
                about = f"{title(self.merged)}：{word}"
                yield name, self._render(title=about, headline=f"{word}的单位{len(own)}个。", back=f"../{INDEX}", rows=rows, others=others)

    def _row(self, unit: Unit) -> Row:
        source: Source = self.merged.sources[unit.audit]
        folder = self.out / UNITS
        link = linked(source.folder / REPORTS / unit.report, folder) if unit.report else ""
        name = f"{source.group}　{source.name}" if source.group else source.name
        return Row(unit.unit, link, name, linked(source.folder / INDEX, folder), unit)

    def _render(self, **own: Any) -> str:
        context: dict[str, Any] = {
            "merged": self.merged,
            "grades": self.merged.grades,
            "gate_words": {gate: word for gate, word in GATE_WORDS.items() if gate in COUNTED or any(c.gates[gate] for c in self.counted)},
            "severity_words": Severity.words(),
            "state_words": STATE_WORDS,
            "level_word": Level.shown,
            "version": VERSION,
            "others": [],
            "notes": (),
            **own,
        }
        return self.template.render(context).encode("utf-8", "replace").decode("utf-8")
