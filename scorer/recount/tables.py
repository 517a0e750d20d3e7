"""Tables: rows and columns that are sums, differences or rates of one another, and the text beside them.

A table is a run of neighbouring lines whose cells are divided by ``|``. Only columns that name one another are computed:
合计 of the columns before it, 结余 of 预算数 and 决算数, 年末 of 上年结转, 新收 and 办结. What a table says throughout but in one
row is a slip in that row; with a single row the names alone must be certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from scorer.document import Span
from scorer.recount.columns import computed_columns
from scorer.recount.grid import Cell, Row, grids
from scorer.recount.model import Statement, plain
from scorer.text.figures import Figure, find_figures
from scorer.vocabulary import Arithmetic

_SUM_ROW = re.compile("^(?:合计|总计|共计|总数|地区生产总值|小计|全[县市区])$")
_AMONG = re.compile("其中|占|率|比|增速|注[:：]")
_TEXT_SUM = re.compile("共|总|合计")


def tables(text: str) -> Iterator[Statement]:
    """Contradictions in and beside the tables of a text; work is linear in its length."""
    for start, rows in grids(text):
        found = list(_table(rows))
        yield from found
        if not any(s.verdict is Arithmetic.INCONSISTENT for s in found):
            yield from _beside(text, start, rows)


def _table(rows: list[Row]) -> Iterator[Statement]:
    head, body = _headed(rows)
    if not body:
        return
    width = len(body[0])
    if any(len(row) != width for row in body) or (head and len(head) != width):
        return
    names = [cell.text for cell in head] if head else [""] * width
    sums = [n for n, row in enumerate(body) if _SUM_ROW.match(row[0].text)]
    if len(sums) == 1 and sums[0] == len(body) - 1 and len(body) > 2:
        yield from _columns(names, body[:-1], body[-1])
    yield from computed_columns(names, body)
    yield from _years(names, body)


def _headed(rows: list[Row]) -> tuple[Row, list[Row]]:
    """The row of names, and the rows with numbers of the same width."""
    for n, row in enumerate(rows):
        if sum(cell.value is not None for cell in row[1:]) and not (
            n == 0 and all(re.fullmatch("(?:19|20)\\d\\d年?", c.text) for c in row[1:])
        ):
            return (rows[n - 1], rows[n:]) if n else ([], rows)
    return [], []


def _columns(names: Sequence[str], body: list[Row], total: Row) -> Iterator[Statement]:
    """The last row as the sum of those above."""
    for column in range(1, len(total)):
        cells = [row[column] for row in body]
        if (
            total[column].value is None
            or any(cell.value is None for cell in cells)
            or _AMONG.search(names[column])
            or "%" in total[column].unit
        ):
            continue
        digits = max(cell.digits for cell in (*cells, total[column]))
        value = sum((cell.value or Decimal(0) for cell in cells), Decimal(0))
        yield _said(cells[0], total[column], "total", value, digits, "+".join(plain(c.value or Decimal(0)) for c in cells), len(cells))


def _said(first: Cell, printed: Cell, kind: str, value: Decimal, digits: int, formula: str, count: int) -> Statement:
    # Rounded summands may miss a rounded sum by half a unit each.
    slack = Decimal(1).scaleb(-digits) * count / 2 if digits else Decimal(0)
    right = abs(value - (printed.value or Decimal(0))) <= slack
    span = Span(min(first.start, printed.start), max(first.end, printed.end))
    verdict = Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT
    return Statement(span, kind, printed.text, plain(value), f"{formula}={plain(value)}", verdict, plain(value))


def _years(names: Sequence[str], body: list[Row]) -> Iterator[Statement]:
    """A column of changes beside one of counts, row below row: 年度 | 总量 | 同比减少."""
    if len(names) != 3 or not re.search("年", names[0]) or not re.search("(?:增加|减少)", names[2]) or "%" in names[2]:
        return
    sign = 1 if "增加" in names[2] else -1
    for above, row in pairwise(body):
        a, b, printed = above[1], row[1], row[2]
        if a.value is None or b.value is None or printed.value is None:
            continue
        value = (b.value - a.value) * sign
        high, low = max(a.value, b.value), min(a.value, b.value)
        verdict = Arithmetic.CONSISTENT if value == printed.value else Arithmetic.INCONSISTENT
        formula = f"{plain(high)}-{plain(low)}={plain(high - low)}"
        yield Statement(Span(a.start, printed.end), "difference", printed.text, plain(value), formula, verdict, plain(value))


def _beside(text: str, start: int, rows: list[Row]) -> Iterator[Statement]:
    """The sentence right before a table against it: its sum, or the cell that it names."""
    before = text[:start].rstrip("\n")
    line_start = before.rfind("\n") + 1
    words = before[line_start:]
    if not words or len(words) > 200 or "|" in words:
        return
    figures = [f for f in find_figures(text, line_start, len(before)) if f.unit and f.exact]
    if not figures or len(figures) > 2:
        return
    figure = figures[-1]
    head, body = _headed(rows)
    if not body:
        return
    yield from _named_cell(text, line_start, figure, head, body)
    values = _one_series(body)
    lead = text[line_start : figure.start]
    if not values or not _TEXT_SUM.search(lead):
        yield from _years_beside(text, line_start, figure, body)
        return
    total = sum(values, Decimal(0))
    printed = figure.value / figure.scale
    cells = [c for row in body for c in row if c.value is not None and c.value in values]
    if total == printed or printed in values or figure.scale > 1:
        return
    if abs(total - printed) * 4 > printed:
        return
    formula = f"{'+'.join(plain(v) for v in values)}={plain(total)}"
    span = Span(line_start, figure.end)
    yield Statement(
        span,
        "total",
        text[figure.start : figure.end],
        plain(total),
        formula,
        Arithmetic.INCONSISTENT,
        plain(total),
        Span(cells[0].start, cells[-1].end),
    )


def _one_series(body: list[Row]) -> list[Decimal]:
    """The numbers of a table that has one row or one column of them, without its sum."""
    if len(body) > 1 and all(len(row) == 2 and row[1].value is not None for row in body):
        kept = [row for row in body if not _SUM_ROW.match(row[0].text)]
        return [row[1].value or Decimal(0) for row in kept] if not re.fullmatch("(?:19|20)\\d\\d年?", body[0][0].text) else []
    if len(body) == 1 and len(body[0]) > 2 and all(cell.value is not None for cell in body[0][1:]):
        return [cell.value or Decimal(0) for cell in body[0][1:]]
    return []


def _named_cell(text: str, start: int, figure: Figure, head: Row, body: list[Row]) -> Iterator[Statement]:
    """西岭镇调解成功94件 against the cell of 西岭镇 under 成功."""
    lead = text[start : figure.start]
    rows = [row for row in body if len(row[0].text) > 1 and row[0].value is None and row[0].text in lead]
    if len(rows) != 1 or not head or len(head) != len(rows[0]):
        return
    columns = [n for n in range(1, len(head)) if _core(head[n].text) in lead and rows[0][n].value is not None]
    if len(columns) != 1:
        return
    cell = rows[0][columns[0]]
    if cell.value is None or figure.scale > 10_000 or cell.value == figure.value or cell.value == figure.value / figure.scale:
        return
    yield Statement(
        Span(start, figure.end),
        "total",
        text[figure.start : figure.end],
        cell.text,
        f"表中为{cell.text}",
        Arithmetic.INCONSISTENT,
        cell.text,
        Span(cell.start, cell.end),
    )


def _core(name: str) -> str:
    return re.sub("[(（].*", "", name)


def _years_beside(text: str, start: int, figure: Figure, body: list[Row]) -> Iterator[Statement]:
    """2024年备案合同比上年增加60份 against the rows of both years."""
    if len(body) != 2 or any(len(row) != 2 or row[1].value is None or not re.fullmatch("(?:19|20)\\d\\d年?", row[0].text) for row in body):
        return
    lead = text[start : figure.start]
    if not re.search("比上年[^,]{0,4}(?:增加|减少|多|少)\\Z", lead):
        return
    a, b = (row[1].value or Decimal(0) for row in body)
    if figure.rate or figure.value == abs(a - b):
        return
    formula = f"{plain(max(a, b))}-{plain(min(a, b))}={plain(abs(a - b))}"
    cell = body[1][1]
    yield Statement(
        Span(start, figure.end),
        "difference",
        text[figure.start : figure.end],
        plain(abs(a - b)),
        formula,
        Arithmetic.INCONSISTENT,
        plain(abs(a - b)),
        Span(body[0][1].start, cell.end),
    )
