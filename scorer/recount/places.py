"""Ranks: beyond their field, against their move, and against those before and behind: 由第8位前移3位至第6位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.recount.model import Statement
from scorer.recount.rows import Run
from scorer.text.numerals import chinese_number
from scorer.vocabulary import Arithmetic

_N = "\\d{1,3}|[一二三四五六七八九十]{1,3}"
_RANK = re.compile(
    rf"(?P<back>倒数)?第(?P<rank>{_N})(?:(?P<unit>位|名)|(?=[,。;、)升降跃退前]|的成绩|\Z))|(?<=[由从到至])(?P<bare>{_N})(?P<u>位|名)(?=[,。提升降上下]|\Z)"
)
_MOVE = re.compile(rf"(?P<move>{_N}|两)个?(?:位次|名次|位|名)(?!列)")
_UP = re.compile("前移|上升|提升|提高|攀升|跃升|前进|进步|进位|各进|跨越|升(?!级)|进")
_DOWN = re.compile("后移|下滑|下降|后退|退|降|跌")
_FIELD = re.compile(
    r"(?P<count>\d{1,4}|[一二三四五六七八九十]{1,3})(?:个|家|名|支|所)?(?P<thing>[^\W\d_]{0,8}?(?:\([^()]*\))?[^\W\d_]{0,12})"
)
_LISTS = re.compile("小组|单项|分项|全国|全省|全市|全州|全县|全区|系统")
_LAST = re.compile("末位|垫底|倒数第一|最后一名")
_PAST = re.compile("上年|去年|前年|上一年|此前|两年前|原来")
NEAR = 36


class _Rank(NamedTuple):
    start: int
    end: int
    value: int
    back: bool


def _number(words: str) -> int:
    return int(words) if words.isdigit() else 2 if words == "两" else chinese_number(words) or 0


def _ranks(run: Run) -> list[_Rank]:
    found = []
    for said in _RANK.finditer(run.words):
        value = _number(said["rank"] or said["bare"])
        if value:
            found.append(_Rank(run.span.start + said.start(), run.span.start + said.end(), value, bool(said["back"])))
    return found


def places(run: Run) -> Iterator[Statement]:
    """Every rank of a passage that cannot be."""
    if "第" not in run.words and "位" not in run.words:
        return
    if not re.search("[排位名列居]|进步", run.words):
        return
    ranks = _ranks(run)
    if not ranks or len(ranks) > 6:
        return
    field = _field(run)
    if field:
        yield from _beyond(run, ranks, *field)
    yield from _moved(run, ranks, field[0] if field else 0)
    if len(ranks) == 1:
        yield from _beside(run, ranks[0], field[0] if field else 0)


def _field(run: Run) -> tuple[int, int, int] | None:
    """How many are ranked, with the place of the words."""
    fields = []
    for term in run.terms:
        figure = term.figure
        if (
            figure.unit in ("个", "家", "人", "支", "所", "名")
            and figure.scale == 1
            and not re.search("前|后|提|升|进|退|移|降", term.lead[-2:])
        ):
            if re.search("前面|其后|另外|超过|排在", term.lead + term.tail):
                continue
            fields.append((int(figure.value), figure.start, figure.end))
    for said in re.finditer(rf"(?<![\d第])({_N})城", run.words):
        fields.append((_number(said[1]), run.span.start + said.start(), run.span.start + said.end()))
    fields = [f for f in fields if f[0] > 1]
    return fields[0] if len({f[0] for f in fields}) == 1 else None


def _beyond(run: Run, ranks: list[_Rank], count: int, start: int, end: int) -> Iterator[Statement]:
    for rank in ranks:
        between = run.text[min(end, rank.end) : max(start, rank.start)]
        lists = _LISTS.findall(run.text[end : rank.start]) if rank.start > end else []
        if len(between) > NEAR or len(set(lists)) > (1 if rank is ranks[0] else 0):
            continue
        if rank.start < end and "参评" not in run.words:
            continue
        if not re.search("中|里|城|参[评与加]|单位|考核|接受|排名|评议|考评|测评", run.text[start : rank.start]):
            continue
        if rank.value > count:
            yield _found(run, min(start, rank.start), rank, f"不超过第{count}", f"一共{count}个")
            return
        near = run.text[max(run.span.start, rank.start - 10) : rank.start]
        if not rank.back and _LAST.search(near) and rank.value != count:
            yield _found(run, min(start, rank.start), rank, f"第{count}", f"一共{count}个，末位即第{count}")
            return


def _found(run: Run, start: int, rank: _Rank, computed: str, formula: str) -> Statement:
    return Statement(Span(start, rank.end), "rank", run.text[rank.start : rank.end], computed, formula, Arithmetic.INCONSISTENT, computed)


def _moved(run: Run, ranks: list[_Rank], count: int) -> Iterator[Statement]:
    """From one rank to another, with the way and the number of places that it says."""
    for a, b in pairwise(ranks):
        between = run.text[a.end : b.start]
        if (
            len(between) > NEAR
            or "。" in between
            or (re.search("全国", between) and re.search("全[省市]", run.text[run.span.start : a.start]))
        ):
            continue
        before = run.text[max(run.span.start, a.start - 16) : a.start]
        if re.search("[由从自][^,。;\\d]{0,8}\\Z", before) and re.search("[至到为升降]|列", between):
            was, now = a, b
        elif (older := _when(before, between)) is not None:
            was, now = (a, b) if older else (b, a)
        elif _PAST.search(between) and not _PAST.search(before):
            was, now = b, a
        elif _PAST.search(before) and re.search("今年|本年|现", between):
            was, now = a, b
        else:
            continue
        old = count + 1 - was.value if was.back and count else was.value
        if was.back and not count:
            continue
        gained = old - now.value
        around = run.text[max(run.span.start, a.start - 24) : min(run.span.end, b.end + 16)]
        up, down = bool(_UP.search(between)), bool(_DOWN.search(between))
        if up == down:
            up, down = bool(_UP.search(around)), bool(_DOWN.search(around))
        if up == down:
            continue
        ends = Span(a.start, b.end)
        if gained and (gained > 0) != up:
            words = "前移" if gained > 0 else "后退"
            yield Statement(ends, "rank", run.text[a.start : b.end], words, f"由第{old}到第{now.value}", Arithmetic.INCONSISTENT, "")
            return
        moves = [m for m in _MOVE.finditer(around) if not re.search("第\\Z|前\\Z|[由从到至]\\Z", around[: m.start()])]
        times = 2 if re.search("两年各|连续两年各", around) else 1
        if len(moves) == 1 and abs(gained) != _number(moves[0]["move"]) * times:
            shown = f"{abs(gained) // times if abs(gained) % times == 0 else abs(gained)}位"
            formula = f"{max(old, now.value)}-{min(old, now.value)}={abs(gained)}"
            yield Statement(ends, "rank", moves[0].group(), shown, formula, Arithmetic.INCONSISTENT, shown)
            return


def _when(before: str, between: str) -> bool | None:
    """Whether the first of two ranks is the older by their years or quarters: None where they do not say."""
    for pattern in (_YEAR, _QUARTER):
        one, two = pattern.findall(before), pattern.findall(between)
        if one and two and one[-1] != two[-1]:
            return bool(_ORDER.index(one[-1]) < _ORDER.index(two[-1]) if pattern is _QUARTER else one[-1] < two[-1])
    if not _YEAR.search(before) and re.search("(?:19|20)\\d\\d年[^,。;]{0,4}\\Z", between):
        return False
    return None


_YEAR = re.compile("((?:19|20)\\d\\d)年")
_QUARTER = re.compile("([一二三四上下])(?:季度|半年)")
_ORDER = "一二三四上下"
_AHEAD = re.compile(
    rf"(?:前面的?[^\d,。;]{{0,6}}有?|排在前面的)(?P<n>{_N})[个家]|(?:其后|名列其后)的?有?(?P<behind>{_N})[个家]|超过了?另外(?P<over>{_N}|两)[个家]"
)


def _beside(run: Run, rank: _Rank, count: int) -> Iterator[Statement]:
    """A rank and how many are before or behind it."""
    said = _AHEAD.search(run.words)
    if not said:
        return
    if said["n"] and _number(said["n"]) + 1 != rank.value:
        right, formula = f"第{_number(said['n']) + 1}", f"{_number(said['n'])}+1={_number(said['n']) + 1}"
    elif (behind := said["behind"] or said["over"]) and count and count - rank.value != _number(behind):
        right, formula = f"{count - rank.value}个", f"{count}-{rank.value}={count - rank.value}"
    else:
        return
    start, end = run.span.start + said.start(), run.span.start + said.end()
    yield Statement(Span(min(start, rank.start), max(end, rank.end)), "rank", said.group(), right, formula, Arithmetic.INCONSISTENT, right)
