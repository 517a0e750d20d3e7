"""The gaps of one report as an Excel table, in the order of the points to be gained."""

from __future__ import annotations

import io

from scorer.office.sheets import new_book
from scorer.outputs.shares import Shares
from scorer.outputs.words import is_late, report_name, status_word, verdict
from scorer.result import Assessment, Finding

COLUMNS = (("要素编号", 31), ("要素", 28), ("状态", 8), ("原文", 48), ("依据", 44), ("修改建议", 60), ("可加分", 9))
SHEET = "缺项"
CELL_MAX = 32_000
"""Excel refuses cells of more than 32,767 characters."""


def render(assessment: Assessment) -> bytes:
    """An .xlsx file with one row a gap; nothing in it is read as a formula or a link.

    Raises ``ValueError`` for what is no annual report.
    """
    if not assessment.is_annual_report:
        raise ValueError(f"not an annual report, nothing to render: {assessment.reason}")
    buffer = io.BytesIO()
    book = new_book(buffer, title=f"缺项：{report_name(assessment)}"[:250], comments=verdict(assessment))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8ECEF", "valign": "vcenter"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    points = book.add_format({"num_format": "0.0", "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    shares = Shares.of(assessment)
    gaps = (*shares.mends(assessment), *(finding for finding in assessment.findings if is_late(finding)))
    for row, finding in enumerate(gaps, 1):
        texts = [words[:CELL_MAX] for words in _words(finding)]
        sheet.set_row(row, _height(texts))
        for column, words in enumerate(texts):
            sheet.write_string(row, column, words, cell)
        sheet.write_number(row, len(COLUMNS) - 1, 0 if is_late(finding) else shares.findings[finding.rule].gain / 10, points)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(gaps), 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def _height(texts: list[str]) -> float:
    """Points that the wrapped texts need: not every program fits rows to them. A Chinese character is two units wide."""
    lines = 1
    for text, (_, width) in zip(texts, COLUMNS, strict=False):
        lines = max(lines, sum(1 + sum(2 if c > "\xff" else 1 for c in line) // (width - 1) for line in text[:2000].split("\n")))
    return min(16.0 * lines, 400.0)


def _words(finding: Finding) -> tuple[str, ...]:
    passages = finding.evidence or tuple(near.passage for near in finding.near)
    return (
        finding.rule,
        finding.title,
        status_word(finding),
        passages[0].quote.quote if passages else "",
        "\n".join(f"《{b.source}》{f'（{b.number}）' if b.number else ''}{b.clause}" for b in finding.basis),
        finding.fix,
    )
