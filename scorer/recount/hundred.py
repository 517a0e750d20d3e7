"""Shares of one whole that come to more than all of it, and parts that are more than their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.recount.model import Statement, percent, plain, statement
from scorer.recount.parts import direction
from scorer.recount.quantity import extent
from scorer.recount.rows import Run, Term, family
from scorer.text.figures import FRACTION

_SHARE = re.compile("占|构成|分布|来源|渠道|占比|四成|投向|用途|成分|依次|结构|平台服务量|分别")
_SEVERAL = re.compile("可多选|多选|同时|兼|叠加|参加|执行率|完成|增长|提高|下降|目标|满意率|覆盖率|办结率")
_ONE_OF = re.compile("只|每件|限选一|即为?全部|为全部|全部|剩余|其余|没有其他|三者|三类|构成|来源|分布|其他")
GAP_MAX = 16
# Rounded shares of one whole may miss a hundred by a little; far above it they are shares of different wholes.
OVER, FAR = Decimal(2), Decimal(140)
_AMONG = re.compile("其中|里|中[,有]|之列|也在这")


def hundred(run: Run) -> Iterator[Statement]:
    """Shares that pass a hundred, and parts that pass their whole."""
    yield from _shares(run)
    yield from _more(run)
    found = _rest_of_hundred(run)
    if found:
        yield found


def _shares(run: Run) -> Iterator[Statement]:
    """维持占62%，撤销占23%，终止占25%: of one list, each named, and together more than all."""
    terms = [t for t in run.terms if t.figure.unit]
    row = [t for t in terms if t.figure.rate]
    if len(row) < 2 or len(row) > 8 or _SEVERAL.search(run.words) or any(not t.figure.exact for t in row):
        return
    first = terms.index(row[0])
    if list(terms[first : first + len(row)]) != row or any(t.figure.unit == "‰" for t in row):
        return
    if any(len(t.gap) > GAP_MAX or t.gap[:1] not in "、,;和及的" or "。" in t.gap for t in row[1:]):
        return
    if not _SHARE.search(run.words) and not _ONE_OF.search(run.words):
        return
    if any("占" in t.lead and "占比" not in t.lead and t.lead.index("占") + 3 < len(t.lead) for t in row):
        return
    total = sum((t.figure.value for t in row), Decimal(0))
    if not 100 + OVER <= total <= FAR:
        return
    if len(row) == 2 and not (_ONE_OF.search(run.words) or _opposite(row)):
        return
    if len(row) > 2 and not (
        _ONE_OF.search(run.words) or sum("占" in t.lead for t in row) > 1 or "分别" in run.words or "依次" in run.words
    ):
        return
    formula = f"{'+'.join(plain(t.figure.value.quantize(Decimal('0.1')) if t.figure.unit == FRACTION else t.figure.value) for t in row)}"
    yield statement(
        run.text,
        run.quote(row[0], row[-1]),
        "limit",
        row[-1].figure,
        Decimal(100),
        f"{formula}={percent(total)}",
        False,
        shown="合计不超过100%",
    )


def _opposite(row: Sequence[Term]) -> bool:
    a, b = (t.lead.strip(",、").removesuffix("占").rstrip("的") for t in row)
    return a.replace("男", "女")[-2:] == b[-2:] or ("不" in b and b.replace("不", "") == a) or (a[-1:] == b[-1:] and len(a) == len(b))


def _more(run: Run) -> Iterator[Statement]:
    """全部217件应诉案件里，败诉227件; 本县28个乡镇中，32个设立了…."""
    for whole, part in zip(run.terms, run.terms[1:], strict=False):
        w, p = whole.figure, part.figure
        if not (whole.counted and part.counted and family(w.unit) == family(p.unit) and w.exact and p.exact and p.value > w.value > 0):
            continue
        if len(part.gap) > GAP_MAX + 10 or "。" in part.gap or run.says("figure-carried") or run.says("figure-other-time"):
            continue
        if part.gap.endswith(("这", "上述", "共")):
            continue
        if run.says("figure-opening") or whole.gap[:1] in ("、", "和", "及"):
            continue
        between = part.gap
        among = (
            re.search("其中|(?<!公)里,|(?<![其集])中,|之列|同时取得", between)
            or re.match("[^,]{0,14}中,?\\Z", between)
            or ("应" in whole.lead + whole.tail and re.search("实际|实到|到会|已", between))
            or (re.search("之列", part.tail + run.words[-12:]))
        )
        if not among or re.search("累计|达到|增加到|增至", between):
            continue
        formula = f"{plain(p.value)}>{plain(w.value)}，部分大于总数"
        shown = f"不超过{run.text[w.start : w.end]}"
        yield statement(run.text, run.quote(whole, part), "limit", p, w.value, formula, False, shown=shown)
        return


def _rest_of_hundred(run: Run) -> Statement | None:
    """婚姻家庭类占64.5%，余下的35.5%: shares and what is left of all."""
    row = [t for t in run.terms if t.figure.rate and t.figure.unit in ("%", FRACTION)]
    if not 2 <= len(row) <= 4 or any(not t.figure.exact for t in row) or any(t.counted for t in run.terms[run.terms.index(row[0]) :]):
        return None
    rest = row[-1]
    if (
        not re.match("其余|余下|剩余|剩下|余者|其他", rest.lead.lstrip("、,;:(和及"))
        or re.search("[中里有]", rest.lead)
        or not re.search("占|成", run.words)
    ):
        return None
    if any(direction(run, t)[0] or len(t.gap) > 2 * GAP_MAX for t in row[1:]):
        return None
    total = sum((extent(run, t).low for t in row), Decimal(0)), sum((extent(run, t).high for t in row), Decimal(0))
    slack = sum((t.figure.step for t in row), Decimal(0)) / 2
    if total[0] - slack <= 100 <= total[1] + slack:
        return None
    value_ = 100 - sum((t.figure.value for t in row[:-1]), Decimal(0))
    formula = f"100{''.join(f'-{plain(t.figure.value)}' for t in row[:-1])}={plain(value_)}"
    return statement(run.text, run.quote(row[0], rest), "rest", rest.figure, value_, formula, False) if value_ > 0 else None
