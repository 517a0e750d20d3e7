"""Figures of one dimension that add up: what was there, came, went and is left; a whole and its parts; a list and its sum.

Every way of adding and subtracting the figures of a passage is a reading. One that fits makes the passage right. Where none does it
is wrong only if the words close the account: an opening and a rest, a rest beside its whole, a sum beside its list, parts that are
each other's opposites or are said to make up the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from scorer.recount.labels import alike, label, opposites
from scorer.recount.model import Extent, Statement, plain, statement
from scorer.recount.parts import direction
from scorer.recount.quantity import Taken, counted, dimension, extent, value
from scorer.recount.rows import Run, Term

LEAST, MOST = 3, 7
LABEL_MAX, GAP_MAX, CLAUSES_MAX = 16, 34, 2
_OPEN = re.compile("等(?!级|次|待|线|候|额|值|于)|另有|若干|主要(?:是|有|集中)|以及其他|不完全|部分为|例如|如")
_STRONG_SUM = re.compile(
    "合计|总计|共计|总共|一共|加起来|相加|之和|总和|总数|[两二三四五六七八]者|[两二三四五六七八][项类个家方种部年月季期]共|全部|合起来|加总|汇总|合为|合在一起"
)
_DUE = re.compile("共?(?:须|应|需|应当|要)[审办处结答回复][^,。;]{0,4}\\Z|可用|可供")
_WHOLE = re.compile("共|总(?![部工站队局体理书])|全部|所有|应|原有|现有|计划|预算|在册|辖|拟|须|待")
_CLOSED = re.compile(
    "组成|构成|再无|没有其[他它]|无其[他它]|别无|此外无|外无|只(?:有|分|设)|仅(?:有|分|设)|分为|划分|分成|均为|全部为|计有|即|投向|按[^,。;]{0,8}(?:分|划分|看|计)|按[^,。;]{1,6}(?:来说|统计)|[两二三四五]部分|[两二三四五]类"
)
_OPPOSED = re.compile("[不未非没无]|男|女|已|另外|其[余他它]")
_AMONG = re.compile("其中|包括|包含|含|里|之中|中[,有]|[:(]")
_OUT_OF = re.compile("[^,。;]{0,12}(?:里|中)(?!心|央|小|型|国|等|医|学|队)")
_INCLUDED = re.compile("\\([^()]*(?:上年|往年|去年|以前年度)[^()\\d]*\\)")
_REST_TAIL = re.compile("[^,。;]{0,3}(?:未|没|尚|待|仍)")
_YEAR_END = re.compile(r"(?:19|20)\d\d年(?:末|底)|之前|前,")
_EACH = re.compile("每|均|各|最[多高少低]|平均")
_REST = re.compile("其余|其[他它]|余|剩|除|扣除|另外|还(?!有新)|尚|仍|未|没|待|缺|空|只差|退")
_AMONG_REST = re.compile("(?:其余|剩余|余下)[^,]{0,6}[中里有]|[还尚仍]有新")
_EXTRA = re.compile("新|本年|当年|今年|本期|本月|本季|年内|又")
_MORE_THAN = re.compile("[比较](?!例|重|为)|相比|多于|少于|超过|倍|[从由按][小大多少高低][^,。;]{0,2}[到至]|排[名列前在]|最[多少高低]|居首")
_PERIOD = re.compile("上半年|下半年|季度|(?<!\\d)[1-9]月|1[0-2]月|[一二三四五六七八九十]月")
_ADDED = re.compile("新增|新建|新设|新认定|新当选|新引进|增加|净增")
_MIDDLE = re.compile("除|后,|后尚|后还|后仍|后剩|后余|扣除|里|中")


def sums(run: Run) -> Iterator[Statement]:
    """The account of each dimension of a passage."""
    if _MORE_THAN.search(run.words) or _OPEN.search(run.words):
        return
    groups: dict[str, list[Term]] = {}
    for term in run.terms:
        single = term.figure.value == 1 and re.search("[未无没每]", term.lead)  # 未发生一起
        if counted(term) and not single and not _EACH.search(term.lead[-6:]) and term.figure.value > 0:
            groups.setdefault(dimension(term.figure.unit)[0], []).append(term)
    for group in groups.values():
        if LEAST <= len(group) <= MOST and all(t.figure.exact for t in group):
            found = _account(run, group)
            if found:
                yield found


def _account(run: Run, group: Sequence[Term]) -> Statement | None:
    if any(direction(run, t)[0] and not _EXTRA.search(t.lead) for t in group) or _scattered(group):
        return None
    opened, left = _ends(run, group)
    if opened and left is not None:
        return _carried(run, group, opened, left)
    if opened:
        return _taken_over(run, group, opened)
    if (
        len(group) > LEAST and any(_says(run, "figure-carried", t) and not _says(run, "figure-left", t) for t in group)
    ) or _INCLUDED.search(run.words):
        return None
    if any(_ADDED.search(t.lead) for t in group):
        return None
    if _others_between(run, group):
        return None
    closed = None if _PERIOD.search(run.words) or any(";" in t.gap for t in group[1:]) else _summed(run, group)
    found = closed or _remainder(run, group)
    return found or (None if _PERIOD.search(run.words) or any(";" in t.gap for t in group[1:]) else _parted(run, group))


def _ends(run: Run, group: Sequence[Term]) -> tuple[list[Term], Term | None]:
    """What was there at the beginning, and what is left at the end."""
    opened = [t for t in group if _says(run, "figure-opening", t)]
    if len(opened) > 1 and _says(run, "figure-left", group[-1]):
        opened = [t for t in opened if t is not group[-1]]
    left = [t for t in group if t not in opened and _says(run, "figure-left", t) and not _AMONG_REST.search(t.lead)]
    last = group[-1]
    if opened and not left and last not in opened and _REST.match(label(last)):
        left = [last]
    if not left and last not in opened and _says(run, "figure-final", last):
        left = [last]
    if not opened and left and _says(run, "figure-final", last):
        opened = [t for t in group[:1] if run.says("figure-past", t.figure.start - len(t.gap), t.figure.start) or _YEAR_END.search(t.gap)]
        left = [t for t in left if t not in opened]
    return (opened, left[-1]) if left and len(opened) < len(group) - 1 else (opened, None)


def _says(run: Run, name: str, term: Term) -> bool:
    """Whether the words before a figure, or right behind it and not in brackets, are of a list."""
    return run.says(name, term.place, term.figure.end if term.tail.startswith("(") else min(term.last, term.figure.end + LABEL_MAX // 2))


def _scattered(group: Sequence[Term]) -> bool:
    """Whether other things are told between the figures."""
    return any(len(t.gap) > GAP_MAX or t.gap.count(",") > CLAUSES_MAX or "。" in t.gap for t in group[1:])


def _others_between(run: Run, group: Sequence[Term]) -> bool:
    """Whether something else is counted between the figures."""
    inside = [t for t in run.terms if group[0].figure.start < t.figure.start < group[-1].figure.start]
    return any(counted(t) and t not in group for t in inside)


# ---- every way of adding


def _total(run: Run, signed: Sequence[tuple[int, Term]], taken: Taken, beside: Sequence[Term]) -> Extent:
    total = Extent.exactly(0)
    for sign, term in signed:
        own = extent(run, term, beside, taken)
        total = total + own if sign > 0 else total.minus(own)
    return total


def _balanced(run: Run, group: Sequence[Term], choices: Sequence[tuple[int, ...]]) -> bool:
    """Whether three or more of the figures add up to nought with some signs; ``choices`` are the signs that each may have."""
    for signs in product(*choices):
        used = [(s, t) for s, t in zip(signs, group, strict=True) if s]
        if len(used) < LEAST:
            continue
        for taken in (Taken.ROUNDED, Taken.CUT):
            total = _total(run, used, taken, group)
            if total.low <= 0 <= total.high:
                return True
    return False


def _slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are apart by one wrong or two exchanged digits, as by a slip of the pen."""
    digits = str(abs(one - other).normalize().as_tuple().digits).strip("(),").replace(", ", "")
    number = int(digits or 0)
    return 0 < number < 10 or (number % 9 == 0 and number <= 72)


def _found(
    run: Run,
    group: Sequence[Term],
    printed: Term,
    signed: Sequence[tuple[int, Term]],
    kind: str,
    *,
    free: bool = False,
    below: bool = False,
) -> Statement | None:
    """The account with what follows for one printed figure."""
    # Whatever other way of taking the operands gives the printed figure makes it right.
    choices = {id(t): (1, -1, 0) if free else (s, 0) for s, t in signed}
    if _balanced(run, group, [(-1,) if t is printed else choices.get(id(t), (0,)) for t in group]):
        return None
    computed = sum((value(t) * s for s, t in signed), Decimal(0))
    if (computed < 0 and not below) or not (_slip(computed, value(printed)) or computed < value(printed) * 2 < computed * 4):
        return None
    formula = "".join(f"{'+' if s > 0 else '-'}{plain(value(t))}" for s, t in sorted(signed, key=lambda p: -p[0])).lstrip("+")
    ordered = sorted(group, key=lambda t: t.figure.start)
    worth = dimension(printed.figure.unit)[1]
    span = run.quote(ordered[0], ordered[-1])
    return statement(run.text, span, kind, printed.figure, computed / worth, f"{formula}={plain(computed)}", False)


# ---- what closes the account


def _carried(run: Run, group: Sequence[Term], opened: Sequence[Term], left: Term) -> Statement | None:
    """上年结转12件，新收85件，办结90件，结转9件: what was there and came is added, what went is taken off."""
    rest = [t for t in group if t is not left and t not in opened]
    due = [t for t in rest if _DUE.search(t.lead) or _STRONG_SUM.search(t.lead)]
    if opened[0] is group[1] and _AMONG.search(opened[0].gap):
        due = [group[0]]  # 366件(含上年结转42件)
    came = [t for t in rest if t not in due and _came(run, t)]
    gone = [t for t in rest if t not in due and t not in came and _gone(run, t)]
    unknown = [t for t in rest if t not in due and t not in came and t not in gone]
    if not came and not due and not unknown and sum(value(t) for t in gone) > sum(value(t) for t in opened):
        return None  # nothing says what came
    signs: dict[int, tuple[int, ...]] = {id(left): (-1,)}
    signs |= {id(t): (1,) for t in opened} | {id(t): (1, 0) for t in came} | {id(t): (-1, 0) for t in gone}
    free = (1, -1, 0)
    if _balanced(run, group, [(0,) if t in due else signs.get(id(t), free) for t in group]):
        return None
    # 应审70件，审结69件，未审结1件: what was to be done stands for what was there and came.
    if due and _balanced(
        run, group, [(-1,) if t is left else (1, 0) if t in due else (0,) if t in opened or t in came else (-1, 0) for t in group]
    ):
        return None
    first = [(1, t) for t in due[-1:]] or [(1, t) for t in (*opened, *came)]
    fixed = [*first, *((-1, t) for t in gone)]
    ways = [[*fixed, *zip(some, unknown, strict=True)] for some in product((-1, 1), repeat=len(unknown))]
    nearest = min(ways, key=lambda way: abs(sum((value(t) * s for s, t in way), Decimal(0)) - value(left)))
    return _found(run, group, left, nearest, "rest", below=bool(came))


def _came(run: Run, term: Term) -> bool:
    return bool(
        run.term_says("figure-new", term)
        or run.term_says("figure-intake", term)
        or (_EXTRA.search(term.lead) and not run.term_says("figure-settling", term))
    )


def _taken_over(run: Run, group: Sequence[Term], opened: Sequence[Term]) -> Statement | None:
    """上年转入9件，新收64件，合计83件; 166件(上年续办14件、当年交办142件): what there was to do."""
    if len(group) != LEAST or len(opened) != 1:
        return None
    first, last = group[0], group[-1]
    if _STRONG_SUM.search(last.lead) and last not in opened:
        whole = last
    elif _AMONG.search(group[1].gap) and first not in opened:
        whole = first
    else:
        return None
    parts = [t for t in group if t is not whole]
    return None if any(_gone(run, t) for t in parts) else _found(run, group, whole, [(1, t) for t in parts], "total")


def _gone(run: Run, term: Term) -> bool:
    return run.term_says("figure-settling", term) and not _came(run, term)


def _summed(run: Run, group: Sequence[Term]) -> Statement | None:
    """A list and the sum that is called so: 合计, 三家共, 总数."""
    last, first = group[-1], group[0]
    if _STRONG_SUM.search(last.lead) and value(last) > max(value(t) for t in group[:-1]) and _list(run, group[:-1]):
        return _found(run, group, last, [(1, t) for t in group[:-1]], "total")
    if len(group) > LEAST and _STRONG_SUM.search(first.lead) and _AMONG.search(group[1].gap) and _list(run, group[1:]):
        return _parted(run, group)
    return None


def _list(run: Run, parts: Sequence[Term]) -> bool:
    """Whether figures follow one another as a plain list, each with a short label of its own."""
    if any(len(t.gap) > LABEL_MAX + 4 or t.gap[:1] not in "、,和;及与(" for t in parts[1:] if t.gap):
        return False
    staged = [t for t in parts if run.term_says("figure-settling", t) or run.term_says("figure-stage", t)]
    return len(staged) <= 1 or opposites(parts)


def _remainder(run: Run, group: Sequence[Term]) -> Statement | None:
    """95条，属实62条，其余33条不属实."""
    rests = [
        t
        for t in group
        if (not _gone(run, t) or _REST.match(label(t)))
        and (_REST.match(label(t)) or _REST_TAIL.match(t.tail) or _says(run, "figure-left", t))
        and not _AMONG_REST.search(t.lead)
    ]
    first, second, *_ = group
    stated = bool(_OUT_OF.match(first.tail) or _OUT_OF.search(second.gap))
    if len(group) == LEAST and group[-1] in rests and _WHOLE.search(first.words):
        stated = stated or _slip(value(first) - value(group[-1]), value(second))
    whole = first if stated else max(group, key=value)
    rests = [t for t in rests if t is not whole]
    if not rests or (len(group) > LEAST and not (whole is group[0] and rests[-1] is group[-1] and _list(run, group[1:]))):
        return None
    if whole is group[1] and not (_MIDDLE.search(group[0].lead + group[1].gap + group[2].gap) or _WHOLE.search(whole.lead)):
        return None
    rest = rests[-1]
    others = [t for t in group if t is not whole and t is not rest]
    if whole is group[-1] and rest is not group[0] and not _WHOLE.search(whole.words):
        return None
    if sum(value(t) for t in others) > value(whole):
        return _found(run, group, others[-1], [(1, whole), (-1, rest)], "rest") if len(others) == 1 else None
    return _found(run, group, rest, [(1, whole), *((-1, t) for t in others)], "rest", free=len(others) > 1)


def _parted(run: Run, group: Sequence[Term]) -> Statement | None:
    """A whole and parts that are opposites, or said to be all, or are too many by a slip."""
    whole, parts = (group[0], group[1:]) if value(group[0]) == max(map(value, group)) else (group[-1], group[:-1])
    if whole is group[-1] and not _WHOLE.search(whole.lead):
        return None
    if value(whole) <= max(value(t) for t in parts) or not _list(run, parts):
        return None
    total = sum((value(t) for t in parts), Decimal(0))
    slip = _slip(total, value(whole)) and len(parts) > 2
    if any(run.term_says("figure-overlapping", t) for t in parts) and not (slip or opposites(parts)):
        return None
    far = abs(total - value(whole)) * 2 > value(whole)
    words = run.text[whole.place : parts[-1].last]
    closed = bool(_CLOSED.search(words)) or opposites(parts)
    if any("占" in t.lead for t in parts) or any("其中" in t.gap for t in parts[1:]):
        return None
    if any(_STRONG_SUM.search(t.lead) for t in parts):
        return None
    staged = sum(_gone(run, t) or run.term_says("figure-stage", t) for t in parts)
    apart = whole is group[-1] or parts[0].gap[:1] not in ("、", "和", "及")
    over = total > value(whole) and apart and (not staged or (staged == 1 and slip))
    intake = run.term_says("figure-intake", whole) or run.term_says("figure-whole", whole)
    named = _WHOLE.search(whole.words) or _AMONG.search(parts[0].gap) or alike(parts)
    if far or not (closed or (over and (named or intake) and (_slip(total, value(whole)) or len(parts) > 2))):
        return None
    return _found(run, group, whole, [(1, t) for t in parts], "total")
