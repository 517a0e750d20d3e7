"""Figures: numbers with their units as they stand in official prose.

Years, dates, document numbers, ordinals, project names ("10+N", 12345热线) and set phrases (三项制度) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scorer.text.numerals import NUMERAL, chinese_number

# Measure words by which a number is a count; the longer ones first.
UNITS = (
    "个百分点|个工作日|个小时|场次|人次|件次|车次|班次|批次|户次|家次|平方公里|平方米|立方米|公里|千米|公斤|千克|万元|亿元|美元|课时|学时|小时|分钟|工作日|"
    "余|件|起|宗|例|次|场|期|人|名|位|家|户|项|个|条|份|篇|元|部|批|处|所|台|套|辆|张|册|本|幅|块|米|亩|吨|天|支|类|种|对|轮|班|门|封|通|笔|单|"
    "款|章|版|首|句|村|镇|县|乡|栋|间|座|艘|盏|盒|瓶|箱|枚|只|头|株|棵|顷|公顷|倍|成|分|站|点|岗|组|队|片|字|集|档|卷|宿|席|员|届|遍|层|口|路|线|面|年"
)
_SAME_UNIT = {"名": "人", "位": "人"}
COUNTABLE = "次件起场期份条家人名宗户批例轮篇元部处所台张"
_DIGIT = re.compile(r"[0-9]")
_NUMERAL = re.compile(rf"[{NUMERAL}]")
QUOTATION_MAX = 32
# Paired from the beginning of the line, whatever their length: else a closing mark would be taken for an opening one.
_QUOTED = re.compile(r"\"[^\"\n]*\"")
_QUANTITY = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,9}})?|\d{{1,15}}(?:\.\d{{1,9}})?)(?P<big>百万|千万|百亿|千亿|[万亿千百])?(?P<more>余|多)?"
    rf"(?:(?P<percent>%|‰|个百分点)|(?P<unit>{UNITS}))?"
)
_CHINESE = re.compile(
    rf"(?P<pct>百分之)(?P<rate>[{NUMERAL}]+)|(?P<tenths>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])?(?![员为立功果绩效就交型本都品分熟长人])|(?P<number>[{NUMERAL}]+)(?P<more>余|多)?(?P<unit>{UNITS})"
)
_APPROXIMATE = ("近", "约", "逾", "超过", "超", "不足", "不到", "接近")
_NOT_FIGURE = re.compile(
    r"(?=[0-9〔\"《+A-Za-z第])(?:(?:19|20)\d\d(?:-(?:19|20)?\d\d)?年(?:度|底|初|末|版)?|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:日)?|(?:19|20)\d\d-(?:19|20)\d\d|"
    r"\d{1,2}月\d{1,2}日|\d{1,2}月(?:份|底|初|末)?|\d{1,2}日|\d{1,2}:\d\d(?::\d\d)?|"
    r"〔\d{4}〕第?\d{1,6}号|第\d{1,6}[号次届期批条章款项部个]?|\d{1,6}号|\d{0,6}[+][+\dN]{1,12}\w?|《[^》\n]{0,80}》|"
    r"(?<!\d)1(?:2345|2348|2315|2328|2366|2369|2388|2350|2301|2360|10|19|20|22)(?!\d)(?=[^\d件起宗例次场期人名家户项个条份篇元]|$)|(?<!\d)\d{1,6}(?:\.\d{1,6})?版|[A-Za-z]\d{1,12}|(?<!\d)\d{1,12}[A-Za-z]|"
    r"\d{1,2}\.\d{1,2}(?=(?:宪法|国际|全国|民法|禁毒|消费|国家|政务))|(?<!\d)\d{1,4}·\d{1,4}|(?:19|20)\d\d(?![\d.万余多件起宗例次场期人名家户项个条份篇元台张]))"
)


class Figure(NamedTuple):
    """A number with its unit. ``value`` is in single units (万 and 亿 multiplied out); ``digits`` are the printed decimals
    of the number before 万 or 亿, ``scale`` what one printed unit is worth. ``unit`` is "%" for rates, "" when none stands."""

    start: int
    end: int
    value: Decimal
    unit: str
    exact: bool
    digits: int
    scale: int = 1

    @property
    def rate(self) -> bool:
        """Whether it is a percentage."""
        return self.unit in ("%", "‰")


_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11}


def find_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """All figures of folded text in order; see the module's docstring for what is none."""
    end = len(text) if end is None else end
    found: list[Figure] = []
    digits_in = bool(_DIGIT.search(text, start, end))
    if not digits_in and not _NUMERAL.search(text, start, end):
        return
    blocked: set[int] = set()
    for match in _NOT_FIGURE.finditer(text, start, end):
        blocked.update(range(*match.span()))
    for first, last in quotations(text, start, end):
        blocked.update(range(first, last))
    for match in _QUANTITY.finditer(text, start, end) if digits_in else ():
        place = match.start("number")
        if place in blocked:
            continue
        unit = match["unit"] or ""
        if unit in ("年", "点") or (unit == "余" and not match["more"]):
            unit = ""
        number = match["number"].replace(",", "")
        scale = _SCALES.get(match["big"] or "", 1)
        if unit in ("万元", "亿元"):
            scale *= _SCALES[unit[0]]
            unit = "元"
        unit = _SAME_UNIT.get(unit, unit)
        percent = match["percent"] or ""
        exact = not match["more"] and not text.endswith(_APPROXIMATE, max(start, place - 2), place)
        exact = exact and not text.startswith(("以上", "左右", "以下", "以内", "上下"), match.end())
        digits = len(number.partition(".")[2])
        begin = place
        found.append(Figure(begin, match.end(), Decimal(number) * scale, percent or unit, exact, digits, scale))
    for match in _CHINESE.finditer(text, start, end):
        if match.start() in blocked or (match.start() and text[match.start() - 1] in '第"初星期'):
            continue
        if match["tenths"]:
            half = match["half"] or "零"
            tenths = (chinese_number(match["tenths"]) or 0) * 10 + (5 if half == "半" else chinese_number(half) or 0)
            found.append(Figure(match.start(), match.end(), Decimal(tenths), "%", bool(match["half"]), 0))
            continue
        value = chinese_number(match["rate"] or match["number"])
        unit = match["unit"] or ""
        if value is None or (match.start() > start and text[match.start() - 1].isdigit()):
            continue
        if match["pct"]:
            found.append(Figure(match.start(), match.end(), Decimal(value), "%", True, 0))
        elif unit and (
            (unit[-1] in COUNTABLE and (value > 10 or text[match.end() : match.end() + 1] not in "制清单张"))
            or (value > 10 and unit[-1] in "个项类种")
        ):
            unit = _SAME_UNIT.get(unit, unit)
            if unit in ("万元", "亿元"):
                value, unit = value * _SCALES[unit[0]], "元"
            found.append(Figure(match.start(), match.end(), Decimal(value), unit, not match["more"], 0))
    found.sort(key=lambda figure: figure.start)
    yield from found


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The short quotations of folded text (names of projects and slogans), quotation marks paired line by line."""
    for match in _QUOTED.finditer(text, start, end):
        if match.end() - match.start() <= QUOTATION_MAX:
            yield match.span()


def is_result(figure: Figure) -> bool:
    """Whether the figure reports a result: a count with its unit, an amount or a rate."""
    return bool(figure.unit) and figure.unit not in ("年", "届", "字", "分")
