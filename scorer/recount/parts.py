"""A whole and its parts where nothing says 其中: 培训640人次，市级班250人次、县级班390人次.

What only stands in a row behind a count may be anything. The parts must be called alike or be each other's opposites, they
must follow one another without a word between, and their sum must be near the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from scorer.recount.model import Extent, Statement, extents, fits, plain, statement
from scorer.recount.rows import Run, Term, by_unit

_LABEL = re.compile("^[、,;:(和及以由从]*")
_TAKEN = re.compile("(?:提出|用于|达到|实行|以及|评定|的|有|为|是|各)+\\Z")
_OPPOSED = re.compile("[不未非没]|男|女|外")
_OPEN = re.compile("等(?!级|次|待)|含|另|若干|较|比|同比|增长|其中|涉及")
_SUMMED = re.compile("(?:合计|总数|共计|总共|总计|共)[^,。;]{0,4}\\Z")
_CLOSED = re.compile("全部|构成|组成|再无|合计|总数|即全部|只|[两三四五六七八]类|划分")
LABEL_MAX, GAP_MAX = 11, 15
MOST = 8
# The sum of the parts and the whole are no farther apart than this share of the whole.
NEAR_ABOVE, NEAR_BELOW = Decimal("0.35"), Decimal("0.2")


def parts(run: Run) -> Iterator[Statement]:
    """Wholes with their parts behind them, or before a sum."""
    if _OPEN.search(run.words):
        return
    for group in by_unit(run.terms):
        if not 3 <= len(group) <= MOST or any(not t.figure.exact for t in group):
            continue
        first = run.terms.index(group[0])
        if list(run.terms[first : first + len(group)]) != group:
            continue
        if _SUMMED.search(group[-1].lead):
            found = _checked(run, group[-1], group[:-1], behind=True)
        else:
            found = _checked(run, group[0], group[1:], behind=False)
        if found:
            yield found


def _labels(parts: Sequence[Term]) -> list[str]:
    return [_TAKEN.sub("", _LABEL.sub("", t.lead)) for t in parts]


def _checked(run: Run, whole: Term, parts: Sequence[Term], *, behind: bool) -> Statement | None:
    spans = extents(whole.figure, *(t.figure for t in parts))
    total = spans[1]
    for span in spans[2:]:
        total += span
    value = sum((t.figure.value for t in parts), Decimal(0))
    formula = f"{'+'.join(plain(t.figure.value) for t in parts)}={plain(value)}"
    where = run.quote(parts[0] if behind else whole, whole if behind else parts[-1])
    if fits(whole.figure, total):
        return statement(run.text, where, "total", whole.figure, value, formula, True)
    if run.says("figure-opening") or not _one_list(run, whole, parts, behind=behind) or _some_other_way(whole, spans[1:]):
        return None
    labels = _labels(parts)
    above = value > whole.figure.value
    distance = abs(value - whole.figure.value) / whole.figure.value if whole.figure.value else Decimal(1)
    opposed, alike = _opposed(labels), _alike(labels)
    if (max(t.figure.value for t in parts) >= whole.figure.value and not opposed) or distance > (NEAR_ABOVE if above else NEAR_BELOW):
        return None
    if not above and not (opposed or (_CLOSED.search(run.words) and len(parts) > 2)):
        return None
    if not (opposed or alike or _CLOSED.search(run.words)) and len(parts) < 3:
        return None
    if any(run.term_says("figure-overlapping", t) for t in parts) and not opposed:
        return None
    return statement(run.text, where, "total", whole.figure, value, formula, False)


def _one_list(run: Run, whole: Term, parts: Sequence[Term], *, behind: bool) -> bool:
    """Whether the parts are one plain list, and none of them a step of the work on the whole (受理, 办结)."""
    labels = _labels(parts)
    if any(not 1 < len(label) <= LABEL_MAX for label in labels) or len(set(labels)) < len(labels):
        return False
    if any(len(t.gap) > GAP_MAX or t.gap[:1] not in "、,和;及" for t in parts[1:]):
        return False
    if not behind and (len(parts[0].gap) > GAP_MAX or not re.match("[,(:]", parts[0].gap)) and not _CLOSED.search(run.words):
        return False
    staged = [
        t
        for t, label in zip(parts, labels, strict=True)
        if (run.term_says("figure-settling", t) or run.term_says("figure-stage", t)) and not _OPPOSED.search(label)
    ]
    if len(staged) > 1 or (staged and not _opposed(labels)):
        return False
    if _opposed(labels) or _alike(labels):
        return True
    return behind or run.term_says("figure-whole", whole) or run.term_says("figure-intake", whole) or bool(_CLOSED.search(run.words))


def _some_other_way(whole: Term, spans: Sequence[Extent]) -> bool:
    """Whether some of the parts make up the whole without the others."""
    for count in range(2, len(spans)):
        for some in combinations(spans, count):
            total = some[0]
            for span in some[1:]:
                total += span
            if fits(whole.figure, total):
                return True
    return False


def _opposed(labels: Sequence[str]) -> bool:
    """合格 and 不合格, 准予 and 不予, 男性 and 女性."""
    for one, other in combinations(labels, 2):
        for a, b in ((one, other), (other, one)):
            bare = re.sub("^[不未非没]", "", b)
            a = a.removeprefix("已").removeprefix("通了")
            if bare != b and a and (bare == a or (len(bare) > 1 and a.endswith(bare[-2:])) or a.replace("准", "不") == b):
                return True
        if one.replace("男", "女") == other or one.replace("准予", "不予") == other:
            return True
    return False


def _alike(labels: Sequence[str]) -> bool:
    """Whether labels are called alike: 市级班 and 县级班, 一审 and 二审."""
    return len({label[-1] for label in labels}) == 1 or (len({label[0] for label in labels}) == 1 and len({len(x) for x in labels}) == 1)
