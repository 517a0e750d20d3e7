"""Dates that cannot be: 2月30日, 13月, 25时; periods that end before they begin, and what follows dated before what it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.recount.model import Statement
from scorer.rulepack.phrases import Hits
from scorer.text.numerals import NUMERAL, chinese_number
from scorer.vocabulary import Arithmetic

_Y = rf"(?:19|20)\d\d|[{NUMERAL}]{{4}}"
_D = rf"\d{{1,2}}|[{NUMERAL}]{{1,3}}"
_DATE = re.compile(
    rf"(?<![\d.{NUMERAL}])(?:(?P<year>{_Y})年)?(?P<same>同年|当年)?(?P<month>{_D})月(?:(?P<day>{_D})日|(?P<third>[上中下])旬)?(?!\d)|"
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)[-.](?P<m>\d{1,2})[-.](?P<d>\d{1,2})(?![\d.])|"
    rf"(?<![\d.{NUMERAL}])(?P<monthless>\d{{1,2}})日(?![报夜间前均常])"
)
_HOUR = re.compile(r"(?<![\d小.每])(?P<hour>\d{2})时(?![间限效段期])(?P<minute>\d{2})?")
_SPAN = re.compile(r"(?:起)?(?:,)?(?:至|到|-|~|持续到|开始,?到)(?:次年|翌年|下一年)?\Z")
_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?[-至到~](?P<last>(?:19|20)\d\d)年?(?!\d)")
_MARK = re.compile("[月日时年.-]")
_BETWEEN_MAX = 40
HALF_A_YEAR = 6
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NEXT = re.compile("次年|翌年|下一年|明年|来年|上年|去年|次日")
THIRDS = {"上": 1, "中": 11, "下": 21}


class _Day(NamedTuple):
    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def order(self) -> tuple[int, int]:
        """Month and day, for days of one year."""
        return (self.month, self.day or 0)


def days(text: str, start: int, end: int, hits: Hits) -> Iterator[Statement]:
    """The impossible dates of a passage."""
    if not _MARK.search(text, start, end):
        return
    found: list[_Day] = []
    for said in _DATE.finditer(text, start, end):
        day = _day(said, found)
        if day is None:
            continue
        wrong = _impossible(day)
        if wrong:
            yield _finding(text, day.start, day.end, "date", wrong)
            continue
        found.append(day)
    for said in _HOUR.finditer(text, start, end):
        if int(said["hour"]) > 24:
            yield _finding(text, said.start(), said.end(), "date", "一天只有24时")
    for said in _YEARS.finditer(text, start, end):
        if int(said["last"]) < int(said["first"]) and text[said.end() - 1] == "年":
            yield _finding(text, said.start(), said.end(), "date", "终止年份早于起始年份")
    for a, b in pairwise(found):
        backward = _backward(text, a, b, end, hits)
        if backward:
            yield _finding(text, a.start, b.end, "date", backward)
            return


def _finding(text: str, start: int, end: int, kind: str, why: str) -> Statement:
    return Statement(Span(start, end), kind, text[start:end], why, why, Arithmetic.INCONSISTENT, "")


def _number(words: str | None) -> int | None:
    if words is None:
        return None
    return int(words) if words.isdigit() else chinese_number(words)


def _day(said: re.Match[str], before: list[_Day]) -> _Day | None:
    start, end = said.span()
    if said["y"]:
        return _Day(start, end, int(said["y"]), int(said["m"]), int(said["d"]))
    last = before[-1] if before else None
    if said["monthless"]:
        alone = int(said["monthless"])
        return _Day(start, end, last.year, last.month, alone) if last and last.day and start - last.end <= 3 else None
    month = _number(said["month"])
    if month is None:
        return None
    year = _number(said["year"]) if said["year"] else None
    if year is None and said["same"] and last:
        year = last.year
    day = THIRDS[said["third"]] if said["third"] else _number(said["day"])
    if said["day"] and day is None:
        return None
    return _Day(start, end, year, month, day)


def _impossible(day: _Day) -> str:
    if not 1 <= day.month <= 12:
        # 13个月 is a length; 2024年13月 and 15日 behind it are a date.
        return "一年只有12个月" if day.year or day.day else ""
    if day.day is not None:
        most = DAYS[day.month - 1]
        if day.month == 2 and day.year and (day.year % 4 or (day.year % 100 == 0 and day.year % 400)):
            most = 28
        if not 1 <= day.day <= most:
            return f"{day.month}月没有{day.day}日"
    return ""


def _backward(text: str, a: _Day, b: _Day, end: int, hits: Hits) -> str:
    """Why the second of two days cannot be before the first, where it is; "" otherwise."""
    between = text[a.end : b.start]
    if len(between) > _BETWEEN_MAX or "\n" in between or _NEXT.search(between):
        return ""
    if (a.day is None) != (b.day is None) and not (a.year and b.year):
        return ""
    if a.year and b.year:
        earlier = (b.year, *b.order) < (a.year, *a.order)
    elif a.year and not b.year and text[b.start : b.start + 2] not in ("同年", "当年") and not _SPAN.search(between):
        earlier = b.order < a.order and not b.year
    else:
        earlier = b.order < a.order
    # 12月20日至1月10日: over the turn of the year.
    if not earlier or (b.year is None and a.month - b.month >= HALF_A_YEAR and text[b.start : b.start + 2] not in ("同年", "当年")):
        return ""
    if _SPAN.search(between):
        return "终止日期早于起始日期" if (b.year or not a.year or a.year == b.year or b.order < a.order) else ""
    then = hits.any("lexicon.figure-then", a.end, min(end, b.end + 10))
    if then:
        return "后发生的事日期在前"
    order = _events(a, b, end, hits)
    return "后发生的事日期在前" if order else ""


def _events(a: _Day, b: _Day, end: int, hits: Hits) -> bool:
    """Whether the first day is that of a beginning and the second that of its end (提出 and 收到, 作出 and 送达)."""
    first = (max(0, a.start - 12), b.start)
    second = (b.end, min(end, b.end + 12))
    return any(
        hits.any(f"lexicon.figure-first-{n}", *first) and hits.any(f"lexicon.figure-last-{n}", *second) for n in ("act", "work", "case")
    )
