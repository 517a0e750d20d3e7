"""Shares: 其中A件，占全部B件的C%; B件，其中A件，占C%; 分别占; 占到一半."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.recount.counted import pair_of, rate_agrees, rate_statement
from scorer.recount.model import Extent, Statement, fits, percent, plain, statement
from scorer.recount.rates import NEAR, REACHES
from scorer.recount.rows import Run
from scorer.vocabulary import Arithmetic

_SHARE = re.compile(rf"(?:的?(?:比例|比重|比))?{REACHES}的?\Z")
_OF_WHOLE = re.compile("占|(?:完成|达到|实现|超额)[^,]{0,8}(?:任务|目标|计划|指标)[^,]{0,6}\\Z")
_ITS = re.compile("[^,;。、]{2,12}的")
_SUMMED = re.compile("合计|共计|总计|共|总")
_BARE = re.compile("达到?|为|约")
_CLASS = re.compile("案件|事项|人员|文件|问题|纠纷|案卷|数量|项目|案|数|了|到|其中|当中")
_AMONG = re.compile("其中|当中")
_HALF = re.compile("占(?:到|了|据)?(?:全部|总数|总量|其中)?的?(?:一半|半数)(?!以上|多|左右)")
_GENERIC = re.compile(r"(?:总人数|总件数|总户数|总数量|总数|总量|总额|全部|数量|总|数|量|的|全年|所有|同期|其|了)")


def _share_of(lead: str) -> str | None:
    """The words after 占 (涉企检查总量 of 占涉企检查总量的), "" when none; None when it is no share."""
    at = lead.rfind("占")
    if at < 0:
        return None
    words = lead[at + 1 :]
    end = _SHARE.search(words)
    return words[: end.start()] if end else words


def shares(run: Run) -> Iterator[Statement]:
    """Shares: 其中A件，占全部B件的C%; B件，其中A件，占C%; 分别占."""
    terms = run.terms
    index = 0
    while index < len(terms):
        term = terms[index]
        index += 1
        rate = term.figure
        if not rate.rate or not rate.exact or index < 3 - (1 if run.joint else 0) or index <= run.joint:
            continue
        i = index - 1
        if "分别" in term.lead and "占" in term.lead:
            found = list(_respectively(run, i))
            index += max(0, len(found) - 1)
            yield from found
            continue
        previous = terms[i - 1]
        if previous.counted and (term.gap in ("的", "的比例为", "") or _ITS.fullmatch(term.gap)) and _OF_WHOLE.search(previous.lead):
            share = _of_named_whole(run, i)
            if share:
                yield share
            continue
        of = _share_of(term.lead)
        if of is None and not (_BARE.fullmatch(term.lead) and previous.counted):
            continue
        share = _of_whole_before(run, i, of)
        if share:
            yield share


def _of_named_whole(run: Run, i: int) -> Statement | None:
    """A件，占全部B件的C%."""
    terms = run.terms
    whole, rate = terms[i - 1], terms[i]
    parts = [t for t in terms[: i - 1] if t.counted and t.figure.unit == whole.figure.unit]
    if not parts or not whole.figure.exact or not parts[-1].figure.exact or whole.figure.value <= 0:
        return None
    pair = pair_of([whole], [parts[-1]])
    shared = "占" in whole.lead
    subject = whole.lead[: whole.lead.rfind("占")] if shared else ""
    if len(subject) > 1:
        # 甲35项、乙61项，甲占全部96项的: of the part that is called so.
        named = [t for t in parts if subject in t.lead and t.figure.exact]
        if len(named) == 1 and (own := pair_of([whole], named)) and own.value <= 100:
            return rate_statement(run, own, rate, rate_agrees(rate.figure, own), "share")
    if pair is None or (shared and pair.value > 100 and rate_agrees(rate.figure, pair)):
        return None
    right = rate_agrees(rate.figure, pair)
    if not right and len(subject) > 1:
        # 邻里纠纷241件，物业纠纷占全部418件的42.3%: the share of something else, perhaps of all others.
        others = (whole.figure.value - parts[-1].figure.value) * 100 / whole.figure.value
        if not fits(rate.figure, Extent.exactly(others)):
            return None
        formula = f"({plain(whole.figure.value)}-{plain(parts[-1].figure.value)})÷{plain(whole.figure.value)}={percent(others)}"
        return statement(run.text, run.quote(parts[-1], rate), "share", rate.figure, others, formula, True)
    near = run.text.count(",", parts[-1].figure.end, whole.figure.start) <= 1
    return rate_statement(run, pair, rate, right, "share") if right or (near and terms[i - 2] is parts[-1]) else None


def _of_whole_before(run: Run, i: int, of: str | None) -> Statement | None:
    """B件，其中A件，占C%: the whole is named by its words or stands as the only one. Without 占 only ever consistent."""
    terms = run.terms
    rate = terms[i]
    counts = run.counts(i)
    if not counts:
        return None
    p = counts[-1]
    part = terms[p]
    wholes = [w for w in counts if w < p and terms[w].figure.unit == part.figure.unit and terms[w].figure.value > 0]
    exact = [w for w in wholes if terms[w].figure.exact]
    if not exact or not part.figure.exact:
        return None
    for w in reversed(exact):
        pair = pair_of([terms[w]], [part])
        if pair and pair.value <= 100 and rate_agrees(rate.figure, pair):
            return rate_statement(run, pair, rate, True, "share")
    # 维持86件，占42.4%；…，合计203件: the whole stands behind its parts.
    for later in terms[i + 1 :]:
        if later.counted and later.figure.exact and later.figure.unit == part.figure.unit and _SUMMED.search(later.lead):
            pair = pair_of([later], [part])
            if pair and pair.value <= 100 and rate_agrees(rate.figure, pair):
                return rate_statement(run, pair, rate, True, "share")
    subject = rate.lead[: rate.lead.rfind("占")].removesuffix("所")
    if len(subject) > 1 and subject not in part.words:
        named = [n for n in counts if subject in terms[n].lead and terms[n].figure.exact]
        if len(named) == 1 and _AMONG.search(terms[named[0]].gap):
            pair = pair_of([terms[named[0] - 1]], [terms[named[0]]]) if named[0] - 1 in exact else None
            if pair and pair.value <= 100:
                return rate_statement(run, pair, rate, rate_agrees(rate.figure, pair), "share")
        return None  # 村委会168个、居委会22个，示范村占比35%: the share of something else
    return _of_one_whole(run, i, of, p, wholes)


def _of_one_whole(run: Run, i: int, of: str | None, p: int, wholes: list[int]) -> Statement | None:
    """The share that none of the wholes gives, of the one whole that it can only be of."""
    terms = run.terms
    rate, part = terms[i], terms[p]
    # What has a share of its own is a part beside this one.
    wholes = [
        w
        for w in wholes
        if not (terms[w + 1].figure.rate and "占" in terms[w + 1].lead and "其中" not in terms[w + 2 if w + 2 < p else p].gap)
    ]
    exact = [w for w in wholes if terms[w].figure.exact]
    if not exact:
        return None
    if of is None or len(exact) != len(wholes) or run.says("figure-carried") or run.says("figure-aim"):
        return None
    object_ = _GENERIC.sub("", of).removeprefix(part.figure.unit)
    if len(exact) == 1 or _AMONG.search(part.gap):
        object_ = _CLASS.sub("", object_)
    if object_:
        pieces = [object_[n : n + 2] for n in range(len(object_) - 1)] or [object_]
        named = [w for w in exact if any(piece in terms[w].words for piece in pieces)]
    else:
        named = [w for w in exact if len(exact) == 1 or _AMONG.search(terms[w + 1].gap) or (w == exact[0] and not _staged(run, exact))]
    if rate.gap.count(",") > 1 or rate.figure.start - part.figure.end > NEAR:
        return None
    if not named:
        return None
    whole = terms[named[-1]]
    if not object_ and not _AMONG.search(run.text[whole.figure.end : part.figure.start]) and len(exact) > 1:
        return None
    if part.figure.value > whole.figure.value:
        return None
    pair = pair_of([whole], [part])
    return rate_statement(run, pair, rate, False, "share") if pair else None


def halves(run: Run) -> Iterator[Statement]:
    """128宗…64宗，占到一半."""
    for said in _HALF.finditer(run.words) if "半" in run.words else ():
        start, end = run.span.start + said.start(), run.span.start + said.end()
        counts = [t for t in run.terms if t.counted and t.figure.end <= start]
        if len(counts) < 2 or ("," in run.text[counts[-1].figure.end : start].strip(",")):
            continue
        whole, part = counts[-2:]
        pair = pair_of([whole], [part])
        if whole.figure.unit != part.figure.unit or not whole.figure.exact or not part.figure.exact or pair is None or pair.value > 100:
            continue
        right = Decimal("47.5") <= pair.value < Decimal("52.5")
        span = run.quote(whole, part)._replace(end=end)
        yield Statement(
            span,
            "share",
            said.group(),
            percent(pair.value),
            pair.formula,
            Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT,
            "50%左右",
        )


def _staged(run: Run, places: Sequence[int]) -> bool:
    return any(run.term_says("figure-intake", run.terms[w]) for w in places[1:])


def _respectively(run: Run, i: int) -> Iterator[Statement]:
    """B件，其中甲A1件、乙A2件，分别占C1%、C2%."""
    terms = run.terms
    row = [i]
    while row[-1] + 1 < len(terms) and terms[row[-1] + 1].figure.rate and terms[row[-1] + 1].gap in ("、", "和", ",", "及"):
        row.append(row[-1] + 1)
    counts = run.counts(i)
    parts = counts[-len(row) :]
    if len(row) < 2 or len(parts) < len(row):
        return
    unit = terms[parts[0]].figure.unit
    wholes = [w for w in counts[: -len(row)] if terms[w].figure.unit == unit]
    if not wholes or any(terms[p].figure.unit != unit or not terms[p].figure.exact for p in (*parts, wholes[-1])):
        return
    for p, r in zip(parts, row, strict=True):
        pair = pair_of([terms[wholes[-1]]], [terms[p]])
        if pair and pair.value <= 100:
            yield rate_statement(run, pair, terms[r], rate_agrees(terms[r].figure, pair), "share")
