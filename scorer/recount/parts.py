"""What each figure of a passage is to the others: the base, what is now, or by how much it moved and which way."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.recount.rows import Run, Term
from scorer.text.numerals import chinese_number

BRIEF = re.compile(
    r"(?:^|[,:(]|[^\W\d_](?=[多少增减降升涨跌缩高低]))(?P<said>(?P<up>多|增(?!加值)|[升涨]|高出)|(?P<down>[减降少跌缩]|低出))(?P<more>[^\W\d_]{0,4})\Z"
)
_FILLER = re.compile(r"(?:[了率幅比例度值量额达到约近超过有是共仅大数]|幅度|比例|[^\W\d_]{0,3}(?=\Z))*\Z")
_ARRIVES = re.compile(r"[至为成]|(?<!达)到|达(?!到?\d?\Z)")
_AMOUNT_NOUN = re.compile("[幅率]|比例|幅度|数|量|额|值")
_FROM = re.compile(r"(?:由|从|自)[^,。;\d]{0,16}\Z")
_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)年(?!度?以来)")
_PERIOD = re.compile(r"(?<![至\-])(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?:月(?!末)|(?P<quarter>季度))|(?P<half>[上下])半年")
# 同期 at the beginning of a clause that names what it counts: of this year, unlike 上年同期.
_SAME_TIME = re.compile("^在?同期(?P<named>[^,。;:]*)\\Z")
_NAMELESS = re.compile("[共仅只的为是有约达计了]|案件|事项|数量|总量|总数|件数|[数量]\\Z")
SINCE = re.compile("(?:[较比与和]|同比|环比)(?P<when>[^,。;\\d]{0,5})")


class Part(NamedTuple):
    """What a figure is in the passage: ``kind`` is base, now, change or plain; ``way`` is 1 up, -1 down, 0 unsaid."""

    term: Term
    kind: str
    way: int
    begins: bool = False  # 由A, 从A


def parts_of(run: Run) -> list[Part]:
    """Every figure of a passage with its part; years, quarters and months decide where no word says what was before."""
    found = [_part(run, term) for term in run.terms]
    if any(p.kind == "base" for p in found):
        return found
    for when in (_year, _month):
        times = [when(p.term) if p.kind in ("plain", "now") else None for p in found]
        known = sorted({t for t in times if t})
        changes = [p.term.figure.start for p in found if p.kind == "change"]
        if len(known) == 2 and known[0][0] == known[1][0]:
            return [p._replace(kind="base") if t == known[0] else p for p, t in zip(found, times, strict=True)]
        if len(known) == 1 and when is _year and changes:
            # 27天，缩短25%，2023年用时36天: the one that bears a year behind the change is of another year.
            return [
                p._replace(kind="base") if t and p.term.figure.start > changes[0] and "。" not in p.term.gap else p
                for p, t in zip(found, times, strict=True)
            ]
    return found


def _year(term: Term) -> tuple[str, int] | None:
    said = list(_YEAR.finditer(term.lead))
    return ("year", int(said[-1]["y"])) if said else None


def _month(term: Term) -> tuple[str, int] | None:
    """The place in the year of the month, quarter or half that a figure is of."""
    said = list(_PERIOD.finditer(term.lead))
    if not said:
        return None
    if said[-1]["half"]:
        return "half", 1 if said[-1]["half"] == "上" else 2
    words = said[-1]["n"]
    number = int(words) if words.isdigit() else chinese_number(words) or 0
    return "quarter" if said[-1]["quarter"] else "month", number


def _part(run: Run, term: Term) -> Part:
    if run.text[term.figure.end - 1] in "位名" and re.search("位次|名次|排[名位]|第[^,。;]{0,3}[位名]", run.words):
        return Part(term, "rank", 0)
    way, arrives = direction(run, term)
    if way and not arrives:
        return Part(term, "change", way)
    begins = bool(_FROM.search(term.lead))
    if begins or _past(run, term):
        return Part(term, "base", way, begins)
    return Part(term, "now" if way else "plain", way)


def _past(run: Run, term: Term) -> bool:
    """Whether a figure is called that of a time before, and not compared with it: 上年为60件, 比上年的60件."""
    last = run.lexicon.within("lexicon.figure-past", term.place, term.figure.start)
    if last and not in_same_time(run, term):
        between = run.text[last[-1].end : term.figure.start]
        return not re.search("今年|本年|现|目前", between)
    return bool(re.match("[^,。;]{0,2}(?:的)?(?:基础上|基数)", run.text[term.figure.end : term.figure.end + 8]))


def in_same_time(run: Run, term: Term) -> bool:
    """Whether a figure is of another thing in the same time, and so no base: 应诉92件，增长15%；同期办理复议案件70件."""
    said = _SAME_TIME.match(term.lead)
    core = _NAMELESS.sub("", said["named"])[-2:] if said else ""
    return len(core) > 1 and core not in run.text[run.span.start : term.place]


def direction(run: Run, term: Term) -> tuple[int, bool]:
    """Which way the words right before a figure say that something went, and whether they say that it came to the figure."""
    known = run.ways.get(term)
    if known is None:
        known = run.ways[term] = _direction(run, term)
    return known


def _direction(run: Run, term: Term) -> tuple[int, bool]:
    start = term.figure.start
    hits = [
        (hit, way)
        for name, way in (("up", 1), ("down", -1))
        for hit in run.lexicon.within(f"lexicon.figure-{name}", term.place, start)
        if run.text[hit.end] != "值"
    ]
    if hits:
        hit, way = max(hits, key=lambda pair: (pair[0].end, -pair[0].start))
        between = run.text[hit.end : start]
        said = run.text[hit.start : hit.end]
        if said[-1] in "至到为" or _ARRIVES.search(between):
            noun = said[-1] in "幅率" or bool(_AMOUNT_NOUN.match(between))
            if noun and not re.search("[至到](?!达)", between.replace("达到", "")):
                return way, False
            return (way, True) if len(between) <= 8 else (0, False)
        if said[-2:] in ("高于", "低于", "多于", "少于", "不及"):
            return way, True
        if len(between) <= 6 and _FILLER.match(between):
            return way, False
        return 0, False
    brief = BRIEF.search(term.lead)
    if brief and not re.search("[至到为成]|最|不|至", term.lead[max(0, brief.start() - 1) :]):
        return (1 if brief["up"] else -1), False
    return 0, False


def one_since(rate_: Term, more: Term) -> bool:
    """Whether a rate and a difference are from the same time: not 较年初增加12.4亿元，同比增长9.6%."""
    a, b = (SINCE.search(t.lead) for t in (more, rate_))
    if a is None or b is None:
        return True
    one, other = ("年初" in said["when"] or "末" in said["when"] or said.group().startswith("环") for said in (a, b))
    return one == other


def changed(run: Run, term: Term) -> bool:
    """Whether a figure says by how much something moved."""
    way, arrives = direction(run, term)
    return bool(way) and not arrives
