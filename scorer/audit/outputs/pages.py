"""The pages beside an overview of more units than one page bears: some two hundred units each with their map of elements, the full
lists, and a file of all rows that the script of the overview reads when somebody filters or sorts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scorer.audit.outputs.page import UNITS, Row, View, write_out
from scorer.outputs.templates import page

ROWS, LISTS = f"{UNITS}/rows.js", f"{UNITS}/lists.html"


def beside(view: View) -> Iterator[tuple[str, str]]:
    """Name and text of each file beside the overview, one at a time; none where the overview shows all units."""
    if not view.paged:
        return
    yield ROWS, _rows(view.rows)
    template = page("audit-units.html.j2", styles=("report.css", "audit.css"))
    context = {**view.lists(), "up": "../", "rows": [], "heat": [], "at": 0}
    entries = view.due.entries
    for sheet in view.sheets():
        start, end = sheet.first - 1, sheet.last
        shown, _ = view.columns(entries[start:end])
        own = {"what": f"第 {sheet.first} 至 {sheet.last} 个单位", "at": sheet.first, "rows": view.rows[start:end]}
        yield sheet.name, write_out(template, {**context, **own, **view.heads(shown), "heat": view.heat(shown, entries[start:end])})
    yield LISTS, write_out(template, {**context, "what": "未报送、逾期、待确认等清单"})


def _rows(rows: list[Row]) -> str:
    """All rows as a call that the overview's script answers: a page opened from a disk may load scripts and no data."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return ("fazhiRows([\n" + ",\n".join(lines) + "\n]);\n").encode("utf-8", "replace").decode("utf-8")
