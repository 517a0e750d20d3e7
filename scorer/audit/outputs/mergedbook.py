"""Audits rolled up as a workbook: the totals of each, all units, and how often each element is lacking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from scorer.audit.merge import Merged, Unit
from scorer.audit.model import GATE_WORDS, OUTSIDE, STATE_WORDS
from scorer.audit.outputs.book import Book, Cell, fit
from scorer.audit.outputs.merged import linked, title
from scorer.audit.outputs.tally import LATE_WORDS
from scorer.audit.totals import lacks, totals
from scorer.audit.write import INDEX, REPORTS
from scorer.vocabulary import Level, Severity


def render(merged: Merged, out: Path) -> bytes:
    """The workbook as the bytes of an .xlsx file; links are relative to ``out``."""
    return _Book(merged, out).bytes()


class _Book(Book):
    links = ""

    def __init__(self, merged: Merged, out: Path) -> None:
        super().__init__(title(merged))
        self.merged = merged
        self.out = out

    def bytes(self) -> bytes:
        """All sheets."""
        self._totals()
        self._units()
        self._lacks()
        self._about()
        self.book.close()
        return self.buffer.getvalue()

    def _totals(self) -> None:
        gates = {gate: word for gate, word in GATE_WORDS.items() if any(unit.gate == gate for unit in self.merged.units)}
        by_audit = [[unit for unit in self.merged.units if unit.audit == number] for number in range(len(self.merged.sources))]
        rows: list[Sequence[Cell]] = []
        links = []
        for source, units in zip(self.merged.sources, by_audit, strict=True):
            rows.append(self._counts(source.name, source.group, units, gates))
            links.append(linked(source.folder / INDEX, self.out))
        rows.append(self._counts("合计", "", self.merged.units, gates))
        columns = {
            "审核": 26, "市": 14, "应报送": 8, "检查报告": 8, "平均分": 8, "缺必备内容": 8, "有数据矛盾": 8, "逾期报送": 8,
            **dict.fromkeys(gates.values(), 9.0), "名册以外": 8,
        }  # fmt: skip
        self._table("汇总", columns, rows, {"平均分": self.points}, links=[*links, ""])

    def _counts(self, name: str, group: str, units: Sequence[Unit], gates: dict[str, str]) -> Sequence[Cell]:
        counted = totals(units)
        own = (counted.due, counted.read, counted.mean, counted.lacking_required, counted.contradictory, counted.late)
        return (name, group, *own, *(counted.gates[gate] for gate in gates), counted.outside)

    def _unit_rows(self) -> Iterator[Sequence[Cell]]:
        for unit in self.merged.units:
            source = self.merged.sources[unit.audit]
            verdict = OUTSIDE if unit.gate is None else GATE_WORDS.get(unit.gate, unit.gate)
            late = LATE_WORDS[unit.late] if unit.total is not None else None
            numbers = (unit.total, unit.grade, unit.required, unit.gaps, unit.contradictions)
            state = STATE_WORDS.get(unit.state, unit.state)
            yield (unit.unit, source.group, source.name, Level.shown(unit.level), state, *numbers, late, verdict, unit.reason)

    def _units(self) -> None:
        sources = self.merged.sources
        links = (linked(sources[u.audit].folder / REPORTS / u.report, self.out) if u.report else "" for u in self.merged.units)
        columns = {
            "单位": 28, "市": 14, "审核": 22, "层级": 7, "状态": 12, "得分": 7, "等次": 8, "缺必备内容": 8, "缺项": 7, "数据矛盾": 7, "报送": 7,
            "结论": 12, "说明": 40,
        }  # fmt: skip
        self._table("各单位", columns, self._unit_rows(), {"得分": self.points}, coloured=("结论", "报送"), links=links)

    def _lacks(self) -> None:
        rows = [
            (
                row.rule.title,
                row.rule.rule,
                Severity.shown(row.rule.severity),
                row.missing,
                row.partial,
                (row.missing + row.partial) / row.asked,
            )
            for row in lacks(self.merged, self.merged.statuses)
        ]
        columns = {"要素": 34, "编号": 30, "要求": 8, "缺失": 8, "不足": 8, "占比": 8}
        self._table("最常缺的要素", columns, rows, {"占比": self.share})

    def _about(self) -> None:
        sheet = self.book.add_worksheet("说明")
        pack = self.merged.pack
        lines = (
            ("规则包", f"{pack.get('title', '')}，第{pack.get('version', '')}版；各次审核相同"),
            ("规则包校验", f"SHA-256 {pack.get('sha256', '')}"),
            ("审核", f"{len(self.merged.sources)}次"),
            *(("说明", note) for note in self.merged.notes),
            ("性质", "各单位的结论以各次审核为准，这里只作汇总。"),
        )
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, fit(title(self.merged)), self.title)
        for row, (word, line) in enumerate(lines, 2):
            sheet.write_string(row, 0, word, self.head)
            sheet.write_string(row, 1, fit(line), self.plain)
        self._paper(sheet)
