"""Tables: rows and columns that are sums, differences or rates of one another, and the text beside them.

A table is a run of neighbouring lines whose cells are divided by ``|``. Only columns that name one another are computed:
合计 of the columns before it, 结余 of 预算数 and 决算数, 年末 of 上年结转, 新收 and 办结. What a table says throughout but in one
row is a slip in that row; with a single row the names alone must be certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.recount.model import Extent, Statement, fits, percent, plain
from scorer.text.figures import Figure, find_figures
from scorer.vocabulary import Arithmetic

_CELL = re.compile(r"[^|\n]+")
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)(?P<unit>[^\d,.|]{0,4})\Z")
_SUM_ROW = re.compile("^(?:合计|总计|共计|总数|地区生产总值|小计|全[县市区])$")
_SUM_COLUMN = re.compile("合计|小计|总计|全年|总数|参评总数|共计")
_LEFT = re.compile("未|结余|空编|欠账|不予|缺|逾期|整改中|年末|现有|剩余|余额|在办")
_PAST = re.compile("上年|年初|期初|原有")
_IN = re.compile("新收|新增|购置|受理|收案|新立")
_OUT = re.compile("办结|取消|下放|报废|审结|结案|解除|退出")
_AMONG = re.compile("其中|占|率|比|增速|注[:：]")
_DIFFERENCE = re.compile("增加|减少|增减|结余|差额|净增")
_TEXT_SUM = re.compile("共|总|合计")
ROWS_MAX, COLUMNS_MAX = 200, 20


class _Cell(NamedTuple):
    start: int
    end: int
    text: str
    value: Decimal | None
    digits: int
    unit: str


Row = list[_Cell]


def tables(text: str) -> Iterator[Statement]:
    """Contradictions in and beside the tables of a text; work is linear in its length."""
    for start, rows in _tables(text):
        found = list(_table(rows))
        yield from found
        if not found:
            yield from _beside(text, start, rows)


def _tables(text: str) -> Iterator[tuple[int, list[Row]]]:
    rows: list[Row] = []
    begin = at = 0
    if "|" not in text:
        return
    for line in text.split("\n"):
        if "|" in line and "。" not in line and len(rows) < ROWS_MAX:
            if not rows:
                begin = at
            rows.append(_cells(line, at))
        elif rows:
            if not (line.startswith("注") and len(line) < 200):
                yield begin, rows
            rows = []
        at += len(line) + 1
    if rows:
        yield begin, rows


def _cells(line: str, at: int) -> Row:
    row = []
    for said in _CELL.finditer(line):
        words = said.group().strip()
        start = at + said.start() + (len(said.group()) - len(said.group().lstrip()))
        number = _NUMBER.fullmatch(words)
        value, digits = None, 0
        if number:
            try:
                value = Decimal(number["number"].replace(",", ""))
                digits = len(number["number"].partition(".")[2])
            except InvalidOperation:
                value = None
        row.append(_Cell(start, start + len(words), words, value, digits, number["unit"] if number else ""))
    return row[:COLUMNS_MAX]


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
    plain_rows = [row for n, row in enumerate(body) if n not in sums]
    yield from _rows(names, [*plain_rows, *(body[n] for n in sums)])
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


def _said(first: _Cell, printed: _Cell, kind: str, value: Decimal, digits: int, formula: str, count: int) -> Statement:
    # Rounded summands may miss a rounded sum by half a unit each.
    slack = Decimal(1).scaleb(-digits) * count / 2 if digits else Decimal(0)
    right = abs(value - (printed.value or Decimal(0))) <= slack
    span = Span(min(first.start, printed.start), max(first.end, printed.end))
    verdict = Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT
    return Statement(span, kind, printed.text, plain(value), f"{formula}={plain(value)}", verdict, plain(value))


def _rows(names: Sequence[str], body: list[Row]) -> Iterator[Statement]:
    """One column as the sum or difference of the others."""
    recipe = _recipe(names, body)
    if recipe is None:
        yield from _rates(names, body)
        return
    target, plus, minus, certain = recipe
    results = []
    for row in body:
        used = [row[target], *(row[n] for n in (*plus, *minus))]
        if any(cell.value is None for cell in used):
            continue
        value = sum((row[n].value or Decimal(0) for n in plus), Decimal(0)) - sum((row[n].value or Decimal(0) for n in minus), Decimal(0))
        formula = "+".join(plain(row[n].value or Decimal(0)) for n in plus) + "".join(
            f"-{plain(row[n].value or Decimal(0))}" for n in minus
        )
        results.append(
            _said(
                row[0] if row[0].value is not None else used[1],
                row[target],
                "total",
                value,
                max(c.digits for c in used),
                formula,
                len(used) - 1,
            )
        )
    wrong = sum(r.verdict == Arithmetic.INCONSISTENT for r in results)
    if wrong and not certain and wrong * 2 > len(results):
        return  # the columns are not what their names seem to say
    yield from results


def _recipe(names: Sequence[str], body: list[Row]) -> tuple[int, list[int], list[int], bool] | None:
    """Which column follows from which: (it, those added, those taken off, whether the names alone are certain)."""
    numeric = [
        n
        for n in range(len(names))
        if all(row[n].value is not None and "%" not in row[n].unit for row in body) and names[n] not in ("序号", "年度", "年份")
    ]
    if not names[0] and len(names) > 2:
        return None
    if (
        any("率" in names[n] or "其中" in names[n] or re.search("[(](?!件|次|亿|万|户|公里|个|份|人|条|㎡|批)", names[n]) for n in numeric)
        or len(numeric) < 3
    ):
        return None
    last = numeric[-1]
    before = numeric[:-1]
    if _SUM_COLUMN.search(names[last]) and not any(_SUM_COLUMN.search(names[n]) for n in before):
        return last, before, [], True
    past = [n for n in before if _PAST.search(names[n])]
    came = [n for n in before if n not in past and _IN.search(names[n])]
    gone = [n for n in before if _OUT.search(names[n])]
    if _LEFT.search(names[last]) and past and sorted([*past, *came, *gone]) == before and gone:
        return last, [*past, *came], gone, True
    if (len(numeric) >= 3 and _LEFT.search(names[last])) or _DIFFERENCE.search(names[last]):
        three = numeric[-3:]
        fit = sum(_equals(row, three) for row in body)
        return three[2], [three[0]], [three[1]], fit > 0 or len(body) == 1
    return None


def _equals(row: Row, three: Sequence[int]) -> bool:
    a, b, c = (row[n].value or Decimal(0) for n in three)
    return a - b == c


def _rates(names: Sequence[str], body: list[Row]) -> Iterator[Statement]:
    """A rate of the two columns before it, where the others of its column are."""
    for column in range(3, len(names)):
        if "率" not in names[column] or "增" in names[column]:
            continue
        results = []
        for row in body:
            whole, part, rate = row[column - 2 : column + 1]
            if not whole.value or part.value is None or rate.value is None or not rate.unit.startswith("%"):
                continue
            value = part.value * 100 / whole.value
            figure = Figure(rate.start, rate.end, rate.value, "%", True, rate.digits)
            right = fits(figure, Extent.exactly(value))
            formula = f"{plain(part.value)}÷{plain(whole.value)}={percent(value)}"
            verdict = Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT
            results.append(Statement(Span(whole.start, rate.end), "rate", rate.text, percent(value), formula, verdict, percent(value)))
        if any(r.verdict == Arithmetic.CONSISTENT for r in results):
            yield from results


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
