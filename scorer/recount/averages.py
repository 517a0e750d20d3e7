"""A total, a number of units and the average: 15期，参训1275人，平均每期85人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.recount.model import Extent, Statement, extents, fits, plain, rounded, statement
from scorer.recount.rows import Run, Term

_EACH = re.compile(
    r"平均每(?:个|名|位|家)?(?P<per>[^\W\d_]{1,6})\Z|每(?P<per2>[^\W\d_]{1,3}?)(?:平均[^\W\d_]{0,6})?\Z|(?P<one>[^\W\d_])均[^\W\d_]{0,6}\Z"
)
_EXTREME = re.compile("[最峰]|率")
_SAME = {
    "人": ("人",),
    "件": ("件", "起", "宗", "例"),
    "案": ("件", "起", "宗", "例"),
    "宗": ("件", "宗", "起"),
    "家": ("家", "户"),
    "单": ("件", "张", "单"),
    "所": ("个", "所"),
    "村": ("个", "村"),
    "户": ("户", "家"),
    "镇": ("个",),
    "乡": ("个",),
    "院": ("家", "所", "个"),
}


def averages(run: Run) -> Iterator[Statement]:
    """Averages over units that are counted in the same sentence."""
    for index, term in enumerate(run.terms):
        if not term.counted or not term.figure.exact or index < 1 or not ("均" in term.lead or "每" in term.lead):
            continue
        each = _EACH.search(term.lead)
        if each and each["one"] == "月" and not _EXTREME.search(term.lead) and (found_ := _monthly(run, index)):
            yield found_
        if index < 2 or not each or each["one"] in ("平", "日", "月", "年", "已", "也"):
            continue
        per = each["per"] or each["per2"] or each["one"]
        before = run.terms[:index]
        totals = [t for t in before if t.figure.unit == term.figure.unit and t.figure.exact]
        bases = [t for t in before if t.figure.exact and t.counted and t not in totals[-1:] and _counts(t, per)]
        found = [(t, b) for t in totals for b in bases if t is not b and b.figure.value > 0 and t.figure.value > 0]
        if not found:
            continue
        right = next(((t, b) for t, b in reversed(found) if _fits(term, t, b)), None)
        if right is None and (len(found) > 1 or any(t.counted and not t.figure.exact for t in before) or len(term.gap) > 12):
            continue
        total, base = right or found[0]
        computed = total.figure.value / base.figure.value
        formula = f"{plain(total.figure.value)}÷{plain(base.figure.value)}={rounded(computed)}"
        first = min(total, base, key=lambda t: t.figure.start)
        yield statement(run.text, run.quote(first, term), "average", term.figure, computed, formula, right is not None)


def _monthly(run: Run, index: int) -> Statement | None:
    """全年召开48次，月均4次: a year has twelve months."""
    average, total = run.terms[index], run.terms[index - 1]
    whole = "全年" in run.words[: total.figure.start - run.span.start] or "12个月" in run.words
    if (
        not whole
        or total.figure.unit != average.figure.unit
        or not total.figure.exact
        or average.gap.count(",") > 1
        or len(average.gap) > 12
    ):
        return None
    computed = total.figure.value / 12
    formula = f"{plain(total.figure.value)}÷12={rounded(computed)}"
    right = fits(average.figure, extents(total.figure)[0].over(Extent.exactly(12)))
    return statement(run.text, run.quote(total, average), "average", average.figure, computed, formula, right)


def _fits(average: Term, total: Term, base: Term) -> bool:
    whole, number = extents(total.figure), extents(base.figure)
    return fits(average.figure, whole[0].over(number[0]))


def _counts(term: Term, per: str) -> bool:
    """Whether a term counts the units of the average: 15期 for 每期, 15个司法所 for 所均."""
    unit = term.figure.unit
    if unit in _SAME.get(per[:1], ()) and (unit == per[:1] or (per, unit) == ("户", "家") or (len(per) == 1 and per in term.tail[:8])):
        return True
    return unit.startswith(per[:1]) or (unit in ("个", "家", "人") and len(per) > 1 and all(c in term.words for c in per))
