"""Figures: numbers with their units as they stand in official prose.

Years, dates, document numbers, ordinals, project names ("10+N", 12345热线) and set phrases (三项制度) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from scorer.text.numerals import NUMERAL, chinese_number

# Measure words by which a number is a count.
_UNIT_WORDS = (
    "个百分点 个工作日 个小时 场次 人次 件次 车次 班次 批次 户次 家次 平方公里 平方米 立方米 公里 千米 公斤 "
    "毫米 斤 千克 万元 亿元 美元 课时 学时 小时 分钟 工作日 件 起 宗 例 次 场 期 人 名 位 家 户 项 "
    "个 条 份 篇 元 部 批 处 所 台 套 辆 张 册 本 幅 块 米 亩 吨 天 支 类 种 对 轮 班 门 封 通 "
    "笔 单 款 章 版 首 句 村 镇 县 乡 栋 间 座 艘 盏 盒 瓶 箱 枚 只 头 株 棵 顷 公顷 倍 成 分 "
    "站 岗 组 队 片 字 集 档 卷 宿 席 员 届 遍 层 口 路 线 面 把 架 页"
)
UNITS = _UNIT_WORDS.split()
_UNITS_BY_FIRST = {first: tuple(sorted((u for u in UNITS if u[0] == first), key=len, reverse=True)) for first in {u[0] for u in UNITS}}
_SAME_UNIT = {"名": "人", "位": "人", "工作日": "个工作日", "个小时": "小时"}
COUNTABLE = "次件起场期份条家人名宗户批例轮篇元部处所台张倍"
POINTS, FRACTION, TIMES = "个百分点", "分之", "倍"
QUOTATION_MAX = 32
# Paired from the beginning of the line, whatever their length: else a closing mark would be taken for an opening one.
_QUOTED = re.compile(r"\"[^\"\n]*\"")
_TITLE = re.compile(r"《[^》\n]{0,80}》")
_DIGIT = re.compile(r"[0-9]")
_RUN_END = re.compile(r"[0-9.,]*[0-9]|")
_QUANTITY = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)(?P<more>余|多|来)?(?P<big>百万|千万|百亿|千亿|[万亿千百])?(?P<more2>余|多)?"
)
# 12345 and 110 are telephone numbers unless a measure word stands behind them; 线 and 台 may be those of the call.
_AFTER_COUNT = "".join(sorted({unit[0] for unit in UNITS} - set("线路站面口公平立")))
# What a run of digits is when it is no figure; looked at where the digits begin.
_NOT_FIGURE = re.compile(
    r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?年(?:度|底|初|末|版)?|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}日?|(?:19|20)\d\d-(?:19|20)\d\d(?!\d)|"
    r"\d{1,2}月(?:\d{1,2}日|份|底|初|末)?|\d{1,2}日|\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,6}号|\d{1,6}[+][+\dN]{1,12}\w?|"
    rf"1(?:2345|2348|2315|2328|2366|2369|2388|2350|2301|2360|10|19|20|22)(?!\d)(?=[^\d{_AFTER_COUNT}余多.,%万]|$)|"
    r"\d{1,6}(?:\.\d{1,6})?版|\d{1,12}[A-Za-z]|\d{1,2}\.\d{1,2}(?=(?:宪法|国际|全国|民法|禁毒|消费|国家|政务))|\d{1,4}·\d{1,4}|"
    r"(?:19|20)\d\d(?![\d.,万余多件起宗例次场期人名家户项个条份篇元台张卷本位])"
)
_CHINESE = re.compile(
    rf"[{NUMERAL}](?=[{NUMERAL}分成余多来{''.join(sorted({u[0] for u in UNITS}))}])[{NUMERAL}]*(?:分之(?P<part>[{NUMERAL}]+)(?:点(?P<decimals>[{NUMERAL}]+))?|"
    r"成(?P<half>[一二三四五六七八九半])?(?![员为立功果绩效就交型本都品分熟长人])|(?P<more>余|多|来)?(?P<unit>万元|亿元)?)"
)
_APPROXIMATE = re.compile(
    "(?:[近逾]|(?<![签履预制节公合条契失违守解邀])约|(?<![线网以会面市路])上|(?<!商)超|超过|突破|不[足到]|(?:[高低少多]于|不超过)(?:每[^\\W\\d_]{1,2}){0,3})$"
)
# Thousands and millions as a measure of their own (每千人, 万人), not a number.
_MEASURES = frozenset("百千万亿")
_ABOUT_MAX = 10
# 超过应到人数的二分之一
_PASSES = re.compile("(?:超过|不到|不足|未到|未达|低于|高于|多于|少于)[^,。;\\d]{1,10}\\Z")
_PASSES_MAX = 14
_ABOUT = re.compile("以[上下内]|左右|上下|之多|[余多](?![0-9])")
_OF_HUNDRED = {"百": "%", "千": "‰"}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11}
_DOCUMENT = "〔第+"


@cache
def step_of(digits: int, scale: int = 1) -> Decimal:
    """What one unit of the last of so many decimals is worth."""
    return Decimal(scale).scaleb(-digits)


class Figure(NamedTuple):
    """A number with its unit. ``value`` is in single units (万 and 亿 multiplied out); ``digits`` are the printed decimals
    of the number before 万 or 亿 (-1 where only tens are printed: 七成), ``scale`` what one printed unit is worth.
    ``unit`` is "%" or "‰" for rates, "分之" for fractions (whose value is in percent), "" when none stands."""

    start: int
    end: int
    value: Decimal
    unit: str
    exact: bool
    digits: int
    scale: int = 1

    @property
    def rate(self) -> bool:
        """Whether it is a percentage or another share."""
        return self.unit in ("%", "‰", FRACTION)

    @property
    def step(self) -> Decimal:
        """What one unit of the last printed digit is worth."""
        return step_of(self.digits, self.scale)


def find_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """All figures of folded text in order; see the module's docstring for what is none."""
    end = len(text) if end is None else end
    names = _names(text, start, end)
    found = [*_in_digits(text, start, end, names), *_in_words(text, start, end, names)]
    found.sort()
    return iter(found)


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Titles and short quotations, in order; numbers in them are part of a name."""
    found = [match.span() for match in _TITLE.finditer(text, start, end)]
    found.extend(quotations(text, start, end))
    found.sort()
    found.append((end, end))
    return found


def _in_digits(text: str, start: int, end: int, names: list[tuple[int, int]]) -> Iterator[Figure]:
    at, name = start, 0
    while (digit := _DIGIT.search(text, at, end)) is not None:
        place = digit.start()
        while names[name][1] <= place and name + 1 < len(names):
            name += 1
        if names[name][0] <= place < names[name][1]:
            at = names[name][1]
            continue
        before = text[place - 1] if place else ""
        if (before in _DOCUMENT and before) or (before.isascii() and before.isalpha()):
            at = _RUN_END.match(text, place, end).end()  # type: ignore[union-attr]
            if text.startswith("号", at):
                at += 1
            continue
        other = _NOT_FIGURE.match(text, place, end)
        if other:
            at = other.end()
            continue
        quantity = _QUANTITY.match(text, place, end)
        assert quantity is not None
        at = quantity.end()
        number, more, big, more2 = quantity.groups()
        scale = _SCALES[big] if big else 1
        sign = text[at : at + 1]
        unit = ""
        if sign in ("%", "‰") and sign:
            unit, at = sign, at + 1
        elif before == "之" and text.startswith(("百分", "千分"), place - 3):
            unit = _OF_HUNDRED[text[place - 3]]
        else:
            unit = _unit(text, at)
            at += len(unit)
            if unit in ("万元", "亿元"):
                scale *= _SCALES[unit[0]]
                unit = "元"
        # 40.151件民生实事: the number of a paragraph may stand before the figure.
        numbered = "." in quantity.group() and (not place or before == "\n")
        exact = (
            not numbered
            and not more
            and not more2
            and not _ABOUT.match(text, at)
            and not _APPROXIMATE.search(text, max(start, place - _ABOUT_MAX), place)
        )
        whole, _, decimals = number.partition(".")
        value = Decimal(whole.replace(",", "") + "." + decimals if decimals else whole.replace(",", ""))
        begin = place - 3 if unit in ("%", "‰") and before == "之" and sign != unit else place
        yield Figure(begin, at, value * scale if scale > 1 else value, _SAME_UNIT.get(unit, unit), exact, len(decimals), scale)


def _in_words(text: str, start: int, end: int, names: list[tuple[int, int]]) -> Iterator[Figure]:
    name = 0
    for match in _CHINESE.finditer(text, start, end):
        place, last = match.span()
        before = text[place - 1] if place else ""
        if (before in '第"初星期' and before) or before.isdigit():
            continue
        while names[name][1] <= place and name + 1 < len(names):
            name += 1
        if names[name][0] <= place < names[name][1]:
            continue
        part, decimals, half, more, amount = match.groups()
        exact = not more and not _APPROXIMATE.search(text, max(start, place - _ABOUT_MAX), place) and not _ABOUT.match(text, last)
        if part:
            exact = exact and not _PASSES.search(text, max(start, place - _PASSES_MAX), place)
            yield from _fraction(text, place, last, part, decimals, exact)
            continue
        numeral = text[place:last].removesuffix(amount or "").removesuffix(more or "")
        if "成" in numeral:
            tens = chinese_number(numeral.partition("成")[0])
            if tens and tens < 10:
                ones = 5 if half == "半" else chinese_number(half or "零") or 0
                yield Figure(place, last, Decimal(tens * 10 + ones), "%", exact, 0 if half else -1)
            continue
        value = None if numeral in _MEASURES else chinese_number(numeral)
        if value is None:
            continue
        scale = 1
        unit = amount or _unit(text, last)
        last += 0 if amount else len(unit)
        if amount:
            scale, unit = _SCALES[amount[0]], "元"
        elif not unit or not (
            (unit[-1] in COUNTABLE and (value > 10 or text[last : last + 1] not in tuple("制清单张性")))
            or (value > 10 and unit[-1] in "个项类种卷亩里吨间座册辆米本")
            or unit == POINTS
            or (value > 10 and unit in ("个工作日", "工作日"))
        ):
            continue
        exact = exact and not _ABOUT.match(text, last)
        yield Figure(place, last, Decimal(value) * scale, _SAME_UNIT.get(unit, unit), exact, 0, scale)


def _fraction(text: str, place: int, last: int, part: str, decimals: str | None, exact: bool) -> Iterator[Figure]:
    """百分之九十七点五, 千分之三, 三分之一."""
    whole = text[place:last].partition("分之")[0]
    value, of = chinese_number(part), chinese_number(whole)
    if value is None:
        return
    after = "".join(str(chinese_number(c)) for c in decimals or "")
    number = Decimal(f"{value}.{after}" if after else value)
    if whole in _OF_HUNDRED:
        yield Figure(place, last, number, _OF_HUNDRED[whole], exact, len(after))
    elif of and value < of <= 10 and not after:
        yield Figure(place, last, number * 100 / of, FRACTION, exact, 0)


def _unit(text: str, at: int) -> str:
    """The measure word at a place, the longest there is, or ""."""
    for unit in _UNITS_BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(unit, at):
            return unit
    return ""


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The short quotations of folded text (names of projects and slogans), quotation marks paired line by line."""
    if text.find('"', start, end) < 0:
        return
    for match in _QUOTED.finditer(text, start, end):
        if match.end() - match.start() <= QUOTATION_MAX:
            yield match.span()


def is_result(figure: Figure) -> bool:
    """Whether the figure reports a result: a count with its unit, an amount or a rate."""
    return bool(figure.unit) and figure.unit not in ("年", "届", "字", "分")
