"""What was before, what is now, and by how much it moved: of these a reader needs two to check the third.

Every figure of a passage is given a part: the base (去年为A, 由A), what is now, or a change with its direction (增加40件, 下降8%, 提高
3个百分点, 增长2倍, 翻一番). Base and now check each change and its direction; a difference beside one of them checks the rate. Only
figures of one dimension are compared, and only where nothing else of that dimension could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from scorer.document import Span
from scorer.recount.model import Extent, Statement, percent, plain, rounded, statement
from scorer.recount.parts import BRIEF, SINCE, Part, direction, one_since, parts_of
from scorer.recount.quantity import Taken, agree, counted, extent, same, value
from scorer.recount.rows import Run, Term
from scorer.text.figures import FRACTION, POINTS, TIMES
from scorer.vocabulary import Arithmetic

_N = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_TO = re.compile(r"[至到为成达]|[升降增减提压缩]")
_TURNED = re.compile(r"翻(?:了)?(?P<n>[一两二三四])?番(?!以上|多|有余)|翻(?:了)?一?倍")
_STOP = re.compile("其中|占|目标|计划|任务|预期|力争|[年月日季]均增|[^平]均增长")
_COMPARED = re.compile(
    "同比|环比|相比|相较|之下|[上下]半年|[一二三四]季度|较|比|与|上年度?|去年|上一年度?|前年|同期|全年|年初|往年|总体|平均|整体|实际|已|共|累计|总|净|分别|又|也|均|则|数量|数|件数|比例|幅度|"
    "在|基础上|的|再|约|近|是|为|(?:19|20)\\d\\d年|之前|此前|以来|今年|本年|一年|之后|后|前|而|即|也就是说?|规模|水平|达到?|仅|还|将|了|可|有所|所占|[,;:。、(]"
)
_GENERIC = re.compile("(?:项目|事项|案件|总量|人数|数量|件数|总数|金额|经费|资金|工作|情况|[量数率])+\\Z")
_MEASURE = re.compile("频次|频率|次数|场次|人数|总量|金额|总额|面积|时长|时间|时限|环节|材料|经费|件数|户数|[^概效]率")
FAR, APART, SHORT = 70, 34, 5
DOUBLED_WITHIN = Decimal("0.05")


def moves(run: Run) -> Iterator[Statement]:
    """Every change that can be checked, and every direction."""
    if _nothing_moves(run):
        return
    parts = parts_of(run)
    for index, part in enumerate(parts):
        if part.kind == "change":
            found = _checked(run, parts, index)
            if found:
                yield found
        elif part.kind == "now" and part.way:
            found = _arrived(run, parts, index)
            if found:
                yield found
    yield from _turned(run, parts)


def _nothing_moves(run: Run) -> bool:
    return not (run.says("figure-up") or run.says("figure-down") or re.search("[倍番多少]", run.words)) or run.says("figure-yearly")


# ---- base and now


def _bases(parts: list[Part], index: int) -> list[tuple[Part, Part]]:
    """The pairs of base and now that a change can be between, the nearest first."""
    change = parts[index]
    pairs = []
    for n, base in enumerate(parts):
        if base.kind != "base" or n == index:
            continue
        nows = [p for m, p in enumerate(parts) if p.kind in ("now", "plain") and m != index and _alike(p.term, base.term)]
        if base.begins:
            after = [p for p in nows if p.term.figure.start > base.term.figure.start][:1]
            after = [p for p in after if _TO.search(p.term.gap) and p.term.gap.count(",") <= 1]
            turned = re.search("[同环]比|[较比]", base.term.gap) and "。" not in base.term.gap
            nows = after or [p for p in nows if turned and p.term.figure.start < base.term.figure.start][-1:]
        for now in nows:
            ends = sorted((base.term, now.term, change.term), key=lambda t: t.figure.start)
            if ends[2].figure.start - ends[0].figure.end > FAR:
                continue
            if any(_STOP.search(t.gap) for t in ends[1:]) or ends[2].gap.count("。") + ends[1].gap.count("。") > 1:
                continue
            pairs.append((base, now))
    return sorted(pairs, key=lambda pair: abs(_middle(pair) - change.term.figure.start))


def _middle(pair: tuple[Part, Part]) -> int:
    return max(pair[0].term.figure.start, pair[1].term.figure.start)


def _alike(one: Term, other: Term) -> bool:
    """Whether two figures can be the same thing at two times."""
    if one.figure.rate != other.figure.rate:
        return False
    if one.figure.rate:
        return one.figure.unit == other.figure.unit
    return one.figure.unit not in (POINTS, TIMES) and other.figure.unit not in (POINTS, TIMES) and same(one, other)


def _checked(run: Run, parts: list[Part], index: int) -> Statement | None:
    """A change against the figures it is between."""
    part = parts[index]
    figure = part.term.figure
    if _STOP.search(part.term.lead) or run.says("figure-aim", part.term.place, figure.start):
        return None
    every = [pair for pair in _bases(parts, index) if _fitting(part.term, pair) and _one_time(part.term, pair[0].term)]
    pairs = [(base, now) for base, now in every if _of_one(run, part.term, (base.term, now.term))]
    first: Statement | None = None
    for base, now in pairs:
        found = _between(run, part, base.term, now.term)
        if found is None:
            return None
        if found.verdict is Arithmetic.CONSISTENT:
            return found
        first = first or found
    if every:
        if len(pairs) < len(every):
            return None
        return first if len({p.term.figure.start for pair in pairs for p in pair}) == 2 else None
    return _from_difference(run, parts, index)


def _subject(run: Run, change: Term) -> str:
    """What the clause of a change names before its verb: 收案量 of 收案量增长12%."""
    hits = [
        *run.lexicon.within("lexicon.figure-up", change.place, change.figure.start),
        *run.lexicon.within("lexicon.figure-down", change.place, change.figure.start),
    ]
    brief = BRIEF.search(change.lead)
    end = max(hits, key=lambda hit: (hit.end, -hit.start)).start if hits else change.place + (brief.start("said") if brief else 0)
    return _COMPARED.sub("", run.text[change.place : end])


def _of_one(run: Run, change: Term, others: tuple[Term, ...]) -> bool:
    """Whether a change is of the thing that its figures are of: its clause names nothing new, and neither does theirs behind it."""
    first, last = min(t.figure.start for t in others), max(t.figure.start for t in others)
    if "分别" in change.gap or _other_between(run, change, last):
        return False
    if change.figure.start < first:
        between = _COMPARED.sub("", re.sub("[由从自].{0,4}\\Z", "", run.text[change.figure.end : first]))
        return len(between) < 2 or between in run.text[run.span.start : change.figure.start]
    subject = _subject(run, change)
    nouns = [set(_MEASURE.findall(words)) for words in (change.lead, "".join(t.lead for t in others))]
    if nouns[0] and nouns[1] and nouns[0].isdisjoint(nouns[1]):
        return False
    before = _COMPARED.sub("", re.sub("[由从自]", "", run.text[run.span.start : first]))
    if len(subject) < 2 or len(before) < 2:
        return True
    place = min(t.place for t in others)
    return _named(subject, run.text[max(run.span.start, place - SHORT * 5) : change.place])


def _other_between(run: Run, change: Term, last: int) -> bool:
    """Whether something else is counted between the figures and the change, or a part is spoken of."""
    between = [t for t in run.terms if last < t.figure.start <= change.figure.start]
    if any(re.search("其中|分别|^[、和]", t.gap) for t in between):
        return True
    return any(counted(t) and not direction(run, t)[0] for t in between if t is not change)


def _named(subject: str, words: str) -> bool:
    """Whether what a clause is about was spoken of: its last two characters, or most of them, stand in the words."""
    own = _GENERIC.sub("", subject)
    if len(own) > 1:
        subject = own
    pieces = [subject[n : n + 2] for n in range(len(subject) - 1)]
    known = [piece in words for piece in pieces]
    return sum(known) * 2 > len(known) or (known[-1] and len(subject) <= SHORT)


def _one_time(change: Term, base: Term) -> bool:
    """Whether a change can be from that base: 同比增长20%，比2020年的800人次增加 is from another."""
    return not (re.search("同比|环比|[较比](?:上|去)年", change.lead) and re.search(r"[比较与](?:19|20)\d\d年", base.lead))


def _fitting(change: Term, pair: tuple[Part, Part]) -> bool:
    unit, base = change.figure.unit, pair[0].term
    if unit in ("%", "‰", FRACTION, TIMES):
        return not base.figure.rate
    if unit == POINTS:
        return base.figure.rate
    return not base.figure.rate and same(change, base)


def _between(run: Run, part: Part, base: Term, now: Term) -> Statement | None:
    """A change between two figures: computed, and which way it went."""
    term, figure = part.term, part.term.figure
    delta = value(now) - value(base)
    difference = "-".join(plain(v) for v in sorted((value(now), value(base)), reverse=True))
    real = base.figure.unit == "元" and run.says("figure-real")
    if real or value(base) <= 0:
        return None

    def size(taken: Taken) -> Extent:
        was, became = extent(run, base, (now,), taken), extent(run, now, (base,), taken)
        return became.minus(was) if part.way > 0 else was.minus(became)

    def share(taken: Taken) -> Extent:
        return size(taken).over(extent(run, base, (now,), taken), times)

    times = 1
    formula_of: Callable[[Taken], Extent] = share
    if figure.unit in ("%", "‰", FRACTION):
        times = 1000 if figure.unit == "‰" else 100
        computed, kind = abs(delta) * times / value(base), "change"
        formula = f"({difference})÷{plain(value(base))}={percent(computed)}"
    elif figure.unit == TIMES:
        computed, kind = abs(delta) / value(base), "multiple"
        formula = f"({difference})÷{plain(value(base))}={rounded(computed)}倍"
    else:
        computed, kind, formula_of = abs(delta), "difference", size
        formula = f"{difference}={plain(computed)}"
        if base.figure.rate and base.figure.digits != now.figure.digits:
            step = max(base.figure.step, now.figure.step)
            exactly = size(Taken.EXACT)
            formula_of = _constant(Extent(exactly.low - step, exactly.high + step))
    right = agree(run, term, formula_of)
    if figure.unit == TIMES and figure.digits == 0 and abs(computed - figure.value) >= 1:
        right = False  # 由4万元到12万元 is no threefold growth, whatever was rounded
    span = _span(run, base, now, term)
    wrong_way = delta * part.way < 0
    worth = value(term) / figure.value if figure.value else Decimal(1)
    shown = f"{'上升' if delta > 0 else '下降'}{plain(computed / worth)}" if wrong_way else ""
    if not right and not wrong_way and (computed > value(term) * 8 or computed * 8 < value(term)):
        return None  # of something else
    return statement(run.text, span, kind, figure, computed / worth, formula, right, shown=shown)


def _constant(extent_: Extent) -> Callable[[Taken], Extent]:
    return lambda taken: extent_


def _span(run: Run, *terms: Term) -> Span:
    ordered = sorted(terms, key=lambda t: t.figure.start)
    return run.quote(ordered[0], ordered[-1])


# ---- a difference and a rate


def _from_difference(run: Run, parts: list[Part], index: int) -> Statement | None:
    """540件，比上年增加40件，增长8%: the base is what is now without what came to it; 砍掉45项、留下105项，压减三成."""
    part = parts[index]
    figure = part.term.figure
    if figure.unit not in ("%", FRACTION) or not part.way:
        return None
    near = [p for n, p in enumerate(parts) if n != index and abs(n - index) <= 2]
    differences = [p for p in near if p.kind == "change" and p.way == part.way and counted(p.term)]
    if len(differences) != 1:
        return None
    more = differences[0]
    knowns = [p for p in near if p.kind != "change" and counted(p.term) and same(p.term, more.term)]
    if len(knowns) != 1 or not _of_one(run, part.term, (knowns[0].term, more.term)) or not one_since(part.term, more.term):
        return None
    known = knowns[0]
    span = _span(run, known.term, more.term, part.term)
    words = run.text[span.start : span.end]
    ordered = sorted((known.term, more.term, part.term), key=lambda t: t.figure.start)
    if re.search("预计|预期|目标", more.term.lead):
        return None
    if any(len(t.gap) > APART or t.gap.count(",") > 1 or _STOP.search(t.gap) for t in ordered[1:]) or re.search("。|分别", words):
        return None
    if ordered[2] is not part.term:
        return None
    if run.says("figure-real") and known.term.figure.unit == "元":
        return None
    sign_free = part.way < 0 and known.term.figure.start < more.term.figure.start and not SINCE.search(more.term.lead)
    amount, change = value(known.term), value(more.term)
    base = amount if known.kind == "base" else amount - part.way * change

    def of_known(taken: Taken) -> Extent:
        return extent(run, more.term, (known.term,), taken).over(extent(run, known.term, (more.term,), taken), 100)

    def of_base(taken: Taken) -> Extent:
        left, step = extent(run, known.term, (more.term,), taken), extent(run, more.term, (known.term,), taken)
        return step.over(left.minus(step) if part.way > 0 else left + step, 100)

    if base <= 0:
        return None
    if sign_free and agree(run, part.term, of_known):
        return None  # 88项砍掉22个，减幅25%
    computed = change * 100 / base
    sign = "" if known.kind == "base" else ("-" if part.way > 0 else "+")
    formula = f"{plain(change)}÷" + (f"({plain(amount)}{sign}{plain(change)})" if sign else plain(base)) + f"={percent(computed)}"
    right = agree(run, part.term, of_known if known.kind == "base" else of_base)
    if not right and (computed > figure.value * 8 or computed * 8 < figure.value):
        return None
    return statement(run.text, span, "change", figure, computed, formula, right)


# ---- directions and doublings


def _arrived(run: Run, parts: list[Part], index: int) -> Statement | None:
    """由18.36亿元降至19.72亿元: it came from less."""
    now = parts[index]
    bases = [p for p in parts if p.kind == "base" and _alike(p.term, now.term)]
    if len(bases) != 1:
        return None
    base = bases[0]
    span = _span(run, base.term, now.term)
    last = max(base.term, now.term, key=lambda t: t.figure.start)
    if len(last.gap) > APART or _STOP.search(last.gap) or re.search("。|分别|^[、和]", last.gap) or abs(parts.index(base) - index) != 1:
        return None
    if base.begins and last is base.term and not re.search("[同环]比|[较比]", base.term.gap):
        return None
    delta = value(now.term) - value(base.term)
    if delta * now.way >= 0 or not (base.term.figure.exact and now.term.figure.exact):
        return None
    one, two = (run.text[t.figure.start : t.figure.end] for t in (base.term, now.term))
    said = run.text[now.term.place : now.term.figure.start][-4:]
    return Statement(span, "sign", said, "上升" if delta > 0 else "下降", f"由{one}到{two}", Arithmetic.INCONSISTENT, "")


def _turned(run: Run, parts: list[Part]) -> Iterator[Statement]:
    """由200人壮大到800人，翻了两番."""
    for said in _TURNED.finditer(run.words) if "翻" in run.words else ():
        start, end = run.span.start + said.start(), run.span.start + said.end()
        if run.text[start - 1 : start] in ("近", "约", "超"):
            continue
        pairs = [
            (b.term, n.term)
            for b in parts
            for n in parts
            if b.kind == "base" and n.kind in ("plain", "now") and counted(b.term) and counted(n.term) and _alike(b.term, n.term)
        ]
        if len(pairs) != 1 or value(pairs[0][0]) <= 0:
            continue
        base, now = pairs[0]
        times = Decimal(2 ** _N[said["n"] or "一"])
        quotients = [extent(run, now, (base,), taken).over(extent(run, base, (now,), taken)) for taken in (Taken.ROUNDED, Taken.CUT)]
        computed = value(now) / value(base)
        right = any(q.low <= times * (1 + DOUBLED_WITHIN) and times * (1 - DOUBLED_WITHIN) <= q.high for q in quotients)
        span = _span(run, base, now)
        formula = f"{plain(value(now))}÷{plain(value(base))}={rounded(computed)}倍"
        found = statement(
            run.text,
            Span(min(span.start, start), max(span.end, end)),
            "multiple",
            now.figure,
            computed,
            formula,
            right,
            shown=f"{rounded(computed, 1)}倍",
        )
        yield found._replace(printed=said.group())
