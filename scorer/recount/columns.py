"""Columns of a table that follow from others: sums, differences, rates, growth, shares of the whole column, products, balances.

The name of a column says which of these it can be, its numbers which columns it is made of: of all recipes the one that most rows keep
to. Rows that do not keep to it are wrong. With one row, or where no row keeps to any, only names that leave no doubt are believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from scorer.document import Span
from scorer.recount.grid import Cell, Row
from scorer.recount.model import Statement, agrees, plain
from scorer.vocabulary import Arithmetic

_TOTAL = re.compile("合计|小计|总计|全年|总数|共计|总人数|总量|总额|参评总数|总和")
_DIFFERENCE = re.compile(
    "增减|增加|减少|变化|压减|差额|结余|节余|净增|缩减|压缩|精简|减幅|相差|未|余|空缺|空编|欠|继续有效|保留|在办|在审|年末|现有|剩|不予|中\\Z|逾期|缺|待"
)
_GROWTH = re.compile("增长|增幅|增速|同比|环比|降幅|涨幅|压减率|压缩率|变动率|增减率")
_RATE = re.compile("率|[满意]度|占比|比例|比重")
_AMOUNT = re.compile("金额|总价|合价|价款|费用|总额|合计|小计|总数|人次")
_PAST = re.compile("上年|年初|期初|原有|现有|旧存|结转\\Z|上期")
_IN = re.compile("新收|新增|购置|受理|收案|新立|当年收|本年收|增加|调入")
_OUT = re.compile("办结|取消|下放|报废|审结|结案|解除|退出|废止|失效|减少|调出|本年结")
_LEFT = re.compile("未|结余|结转|年末|期末|现有|剩余|余额|在办|继续有效")
_NOT_NUMBER = re.compile("序号|年度|年份|编号|排名|名次")
_SUM_ROW = re.compile("^(?:合计|总计|共计|总数|小计|全[县市区省镇]|地区生产总值)$")
MAX_TRIED = 8


class Recipe(NamedTuple):
    """Which columns a column is made of, and how; ``sure`` where its name alone leaves no doubt."""

    kind: str
    columns: tuple[int, ...]
    signs: tuple[int, ...]
    sure: bool


def computed_columns(names: Sequence[str], body: Sequence[Row]) -> Iterator[Statement]:
    """What the rows say against the recipe of each column."""
    numeric = [n for n in range(len(names)) if all(r[n].value is not None for r in body) and not _NOT_NUMBER.search(names[n])]
    if not names or len(numeric) < 2 or len(numeric) > MAX_TRIED or any("其中" in name for name in names):
        return
    for target in numeric:
        recipe = _recipe(target, names, body, numeric)
        if recipe is None:
            continue
        for row in body:
            found = _said(row, target, recipe, body)
            if found:
                yield found


def _recipe(target: int, names: Sequence[str], body: Sequence[Row], numeric: Sequence[int]) -> Recipe | None:
    """The recipe that most rows keep to; none where it is doubtful."""
    tried = list(_tried(target, names, body, numeric))
    if not tried:
        return None
    scored = [(sum(_right(row, target, recipe, body) for row in body), recipe) for recipe in tried]
    fit, best = max(scored, key=lambda pair: pair[0])
    if fit * 2 >= len(body) and fit:
        return best
    sure = [recipe for recipe in tried if recipe.sure]
    return sure[0] if len(sure) == 1 and len(body) <= 2 else None


def _tried(target: int, names: Sequence[str], body: Sequence[Row], numeric: Sequence[int]) -> Iterator[Recipe]:
    name = names[target]
    values = [row[target].value or Decimal(0) for row in body]
    percent = all("%" in row[target].unit for row in body) or ("率" in name and max(values) <= 100)
    plain_ = [n for n in numeric if n != target and not any("%" in row[n].unit for row in body) and not _RATE.search(names[n])]
    before = [n for n in plain_ if n < target]
    if percent or _GROWTH.search(name):
        for a, b in permutations(plain_, 2):
            if _GROWTH.search(name):
                yield Recipe("growth", (a, b), (1, -1), False)
            elif _RATE.search(name):
                yield Recipe("rate", (a, b), (1, 1), False)
        if re.search("占比|比例|比重", name):
            for n in before[-1:]:
                yield Recipe("share", (n,), (1,), False)
        return
    if _TOTAL.search(name) and len(before) >= 2 and not any(_TOTAL.search(names[n]) for n in before):
        yield Recipe("sum", tuple(before), (1,) * len(before), True)
    past = [n for n in before if _PAST.search(names[n])]
    came = [n for n in before if n not in past and _IN.search(names[n])]
    gone = [n for n in before if n not in past and n not in came and _OUT.search(names[n])]
    if _LEFT.search(name) and past and gone and sorted([*past, *came, *gone]) == before:
        yield Recipe("sum", (*past, *came, *gone), (1,) * len([*past, *came]) + (-1,) * len(gone), True)
    if _DIFFERENCE.search(name) and len(before) >= 2:
        for a, b in permutations(before, 2):
            yield Recipe("sum", (a, b), (1, -1), len(before) == 2 and _whole_first(body, a, b) and not re.search("增减|变化", name))
        if len(before) > 2:
            yield Recipe("sum", tuple(before), (1,) + (-1,) * (len(before) - 1), False)
            yield Recipe("sum", tuple(before[-3:]), (1, -1, -1), False)
    if _AMOUNT.search(name):
        for a, b in permutations(before, 2):
            if a < b:
                yield Recipe("product", (a, b), (1, 1), False)


def _whole_first(body: Sequence[Row], a: int, b: int) -> bool:
    return all((row[a].value or 0) >= (row[b].value or 0) for row in body) and a < b


def _value(row: Row, recipe: Recipe, body: Sequence[Row]) -> Decimal | None:
    values = [row[n].value or Decimal(0) for n in recipe.columns]
    if recipe.kind == "sum":
        return sum((v * s for v, s in zip(values, recipe.signs, strict=True)), Decimal(0))
    if recipe.kind == "product":
        return values[0] * values[1]
    if recipe.kind == "share":
        column = recipe.columns[0]
        totals = [r[column].value for r in body if _SUM_ROW.match(r[0].text)]
        whole = totals[0] if totals else sum((r[column].value or Decimal(0) for r in body), Decimal(0))
        return values[0] * 100 / whole if whole else None
    if not values[1]:
        return None
    share = values[0] * 100 / values[1]
    return share - 100 if recipe.kind == "growth" else share


def _right(row: Row, target: int, recipe: Recipe, body: Sequence[Row]) -> bool:
    value, cell = _value(row, recipe, body), row[target]
    if value is None or cell.value is None:
        return False
    if recipe.kind in ("sum", "product"):
        # Rounded summands may miss a rounded sum by half a unit each; 增减 may be printed without its sign.
        digits = max(row[n].digits for n in (*recipe.columns, target))
        slack = Decimal(1).scaleb(-digits) * len(recipe.columns) / 2 if digits else Decimal(0)
        values = (value, abs(value)) if -1 in recipe.signs else (value,)
        return any(abs(v - (cell.value or 0)) <= slack for v in values) or (recipe.kind == "product" and _scaled(value, cell))
    return agrees(abs(cell.value), cell.digits, abs(value)) and (cell.value * value >= 0 or not cell.text.startswith("-"))


def _scaled(value: Decimal, cell: Cell) -> bool:
    """A product in 元 beside an amount in 万元."""
    return bool(cell.value) and abs(value / 10_000 - (cell.value or 0)) <= Decimal(1).scaleb(-cell.digits) / 2


def _said(row: Row, target: int, recipe: Recipe, body: Sequence[Row]) -> Statement | None:
    value, cell = _value(row, recipe, body), row[target]
    if value is None or cell.value is None:
        return None
    right = _right(row, target, recipe, body)
    numbers = [plain(row[n].value or Decimal(0)) for n in recipe.columns]
    mark = "%" if recipe.kind in ("rate", "growth", "share") else ""
    shown = f"{value:.{max(cell.digits, 1 if mark else 0)}f}{mark}" if mark else plain(value)
    formula = {
        "sum": "".join(f"{'+' if s > 0 else '-'}{number}" for s, number in zip(recipe.signs, numbers, strict=True)).lstrip("+"),
        "product": "×".join(numbers),
        "rate": "÷".join(numbers),
        "growth": f"({numbers[0]}-{numbers[-1]})÷{numbers[-1]}",
        "share": f"{numbers[0]}÷合计",
    }[recipe.kind]
    kind = {"sum": "total", "growth": "change"}.get(recipe.kind, recipe.kind)
    first = min(row[n].start for n in (*recipe.columns, target))
    last = max(row[n].end for n in (*recipe.columns, target))
    verdict = Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT
    return Statement(Span(first, last), kind, cell.text, shown, f"{formula}={shown}", verdict, shown, None, cell.start)
