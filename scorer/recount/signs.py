"""Which way something went, against its two figures: 由60件减少到70件; 820件次，去年为910件次，同比上升."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scorer.document import Span
from scorer.recount.model import Statement
from scorer.recount.parts import in_same_time
from scorer.recount.rows import Run, Term, family
from scorer.vocabulary import Arithmetic

_PAST = "上年|去年|上一年|前年|年初|往年|三年前|五年前|同期|前一年|上年度"
_BASE = re.compile(f"(?:{_PAST})[^,。;\\d]{{0,8}}\\Z|(?:{_PAST})[^,。;]{{0,4}}\\Z")
_NOT_AMOUNT = re.compile("增速|增幅|降幅|涨幅|速度|压力|质量|效率|难度|比重|占比|率(?!由)|环比|[1-9一二三四五]倍")
_FROM = re.compile("[由从]")
_TO = re.compile("[至到为成]")
BETWEEN, AFTER = 16, 16
_YEAR = re.compile("((?:19|20)\\d\\d)年")


def signs(run: Run) -> Iterator[Statement]:
    """Two figures of one thing and a word for the way between them that goes the other way."""
    terms = run.terms
    for a, b in pairwise(terms):
        if not _comparable(a, b):
            continue
        found = _from_to(run, a, b) or _beside(run, a, b)
        if found:
            yield found


def _comparable(a: Term, b: Term) -> bool:
    f, g = a.figure, b.figure
    if any(t.figure.unit == "人" and re.search("位次|名次|排名|第", t.gap) for t in (a, b)):
        return False
    return bool(f.unit) and (family(f.unit) == family(g.unit)) and f.exact and g.exact and f.value != g.value and f.scale == g.scale


def _way(run: Run, start: int, end: int) -> tuple[int, Span | None]:
    """1 where a stretch says that something grew, -1 where that it fell, 0 where neither or both."""
    up = run.lexicon.within("lexicon.figure-up", start, end)
    down = run.lexicon.within("lexicon.figure-down", start, end)
    if bool(up) == bool(down):
        return 0, None
    return (1, up[-1]) if up else (-1, down[-1])


def _from_to(run: Run, a: Term, b: Term) -> Statement | None:
    """由A减少到B; A上升为B."""
    gap = b.gap
    if a.gap[:1] in ("、", "和", "及") or "分别" in a.gap or run.text.startswith(("、", "和", "及"), b.figure.end):
        return None  # 分别从1800元、2400元提高到1890元、2520元
    if len(gap) > BETWEEN or "," in gap or "、" in gap or "。" in gap or not _TO.search(gap):
        return None
    if not (_FROM.search(a.lead) or gap[-1] in "至到为成"):
        return None
    way, said = _way(run, a.figure.end, b.figure.start)
    if not way and _FROM.search(a.lead):
        way, said = _before(run, a)
        if not way:
            way, said = _after(run, b)
    if not way or said is None:
        return None
    return _wrong(run, a, b, way, said, a, b)


def _before(run: Run, a: Term) -> tuple[int, Span | None]:
    """净减，由41.2万人变为41.9万人."""
    clause = run.text[run.span.start : a.place].rstrip(",").rpartition(",")[2]
    end = run.span.start + len(run.text[run.span.start : a.place].rstrip(","))
    return _way(run, end - len(clause[-6:]), end) if a.lead.startswith(("由", "从")) else (0, None)


def _after(run: Run, last: Term) -> tuple[int, Span | None]:
    """A clause right behind that says the way without a figure."""
    after = run.text[last.figure.end : min(last.figure.end + AFTER + 2, run.span.end)]
    clause = re.match(r"\)?[,。;]?([^,。;\d]{2,14})(?=[,。;]|\Z)", after)
    if not clause or after[:1] not in ",)" or _NOT_AMOUNT.search(clause[1]):
        return 0, None
    start = last.figure.end + clause.start(1)
    return _way(run, start, start + len(clause[1]))


def _beside(run: Run, a: Term, b: Term) -> Statement | None:
    """B件，去年A件，同比上升; 较上年的A件增加C件."""
    if len(b.gap) > BETWEEN + 4 or "。" in b.gap or "、" in b.gap or b.gap.count(",") > 1:
        return None
    past_a, past_b = (bool(_BASE.search(t.lead)) and not in_same_time(run, t) for t in (a, b))
    years = [_YEAR.search(t.lead[-12:]) for t in (a, b)]
    if past_a == past_b:
        if years[0] and years[1] and int(years[0][1]) + 1 == int(years[1][1]):
            base, now = a, b
        else:
            return None
    else:
        base, now = (a, b) if past_a else (b, a)
    last = max(a, b, key=lambda t: t.figure.start)
    way, said = (0, None) if run.text[last.figure.end : last.figure.end + 1] == "." else _verb(run, a, b, base)
    if not way or said is None:
        return None
    return _wrong(run, base, now, way, said, a, b)


def _verb(run: Run, a: Term, b: Term, base: Term) -> tuple[int, Span | None]:
    """The way that is said: right behind the base (较上年70件增加), in the clause after both, or before them."""
    last = b
    following = next((t for t in run.terms if t.figure.start > last.figure.start), None)
    # 增加10件: the word stands before the difference.
    if following is not None and family(following.figure.unit.removeprefix("个百分点") or "%") in (
        family(last.figure.unit),
        "%",
        "个百分点",
    ):
        gap = following.gap
        near = len(gap) <= AFTER and "。" not in gap and gap.count(",") <= 1 and not _NOT_AMOUNT.search(gap)
        if near and gap.strip(",()") and _difference(following, a, b):
            return _way(run, last.figure.end, following.figure.start)
        return 0, None
    way, said = _after(run, last)
    if way:
        return way, said
    # 扩大至12.6平方米，三年前为14.1平方米; 不及去年的16.2亿元; 低于上年的33人
    if base is b:
        way, said = _way(run, a.place, a.figure.start)
        if way and a.lead.rstrip("了")[-1:] in "至到为" and said and a.figure.start - said.end <= 2:
            return way, said
        return _way(run, a.figure.end, b.figure.start) if re.search("[高低多少]于|不及", b.gap) else (0, None)
    way, said = _way(run, b.place, b.figure.start)
    return (way, said) if said and b.lead[-1:] in "至到为" and b.figure.start - said.end <= 2 else (0, None)


def _difference(change: Term, a: Term, b: Term) -> bool:
    return change.figure.value == abs(a.figure.value - b.figure.value)


def _wrong(run: Run, base: Term, now: Term, way: int, said: Span, a: Term, b: Term) -> Statement | None:
    rose = now.figure.value > base.figure.value
    if rose == (way > 0):
        return None
    words = run.text[said.start : said.end]
    one, two = (run.text[t.figure.start : t.figure.end] for t in (base, now))
    span = run.quote(a, b)
    span = Span(min(span.start, said.start), max(span.end, said.end))
    return Statement(span, "sign", words, "上升" if rose else "下降", f"由{one}到{two}", Arithmetic.INCONSISTENT, "")
