"""A whole, a part of it, and the share or rate that the text prints for them: every pair of the passage is a reading.

The rate is right when any pair, sum of parts or complement gives it. It is wrong only when none does and the passage itself ties the
rate to one pair: the rate is called like the part or the whole (审查率, 审查的合同), it is a bare share (占, 比例) right behind them, or the
part is taken out of the whole (20场里有13次). Halves in words are rates: 过半, 一半, 不到一半.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from scorer.recount.model import Extent, Statement, percent, plain, statement
from scorer.recount.parts import direction
from scorer.recount.quantity import Taken, agree, counted, extent, kin, value
from scorer.recount.rows import Run, Term, family
from scorer.text.figures import FRACTION, POINTS, TIMES

_NAME = re.compile(r"(?P<name>[^\W\d_]{1,10}?)[率比度面](?:例|重)?[^\W\d_]{0,6}\Z")
_BARE = re.compile(r"^[^\W\d_]{0,6}?(?:占|占比|比例|比重|所占比例|百分比|即|也就是|合|只有|达|达到|为|近|约|超过|仅)[^\W\d_]{0,6}\Z")
_OUT_OF = re.compile(r"里|中(?!心|央|小|型|国|等|医|学|队)|其中|之中")
_GENERIC = re.compile(
    "总|全部|所有|的|了|已|达到?|为|是|约|近|超过?|占|比例|比重|率|有|均|共|上述|其|数|量|案件|工作|任务|全|市|县|区|镇|乡|省|办"
)
_SKIP = re.compile(
    "增长|增幅|增速|降幅|涨幅|环比|同比|贡献|毛利|利率|税率|费率|折|目标|计划|力争|不低于|不少于|上限|下限|标准|提高|下降|人均|死亡|失业|入学|识字|覆盖面积|任务|平均分|GDP|增加值"
)
_COMPLETE = ("未", "没", "无", "不", "败", "除", "仍", "尚", "缺", "空", "待", "逾期", "超期", "还")
_SCOPE = re.compile("全[国省市州县区镇乡]|各[市县区镇乡]|总体|整体|平均|年均|企业|群众|公交|农村|城镇")
_THAT_IS = re.compile("[^,。;]{0,8},?(?:也就是|即|为|计|合计|也即)[^,。;]{0,4}")
_CLAUSE = re.compile("[,;:。]")
_COMMON = "上下以人大有中一个"
_LISTED = re.compile("[、和及与]")
APART, FAR = 46, 90
MOST_COUNTS = 5
WITHIN, TIMES_OFF = Decimal(40), Decimal(4)


class _Pair(NamedTuple):
    whole: Term
    part: Term


def ratios(run: Run) -> Iterator[Statement]:
    """Every share and rate whose whole and part are in the passage."""
    for index, term in enumerate(run.terms):
        figure = term.figure
        if not figure.rate or (not figure.exact and figure.unit != FRACTION):
            continue
        found = _rate(run, index)
        if found:
            yield found


def _rate(run: Run, index: int) -> Statement | None:
    term = run.terms[index]
    if (
        term.figure.value > 100
        or re.search(r"(?:19|20)\d\d年", term.lead)
        or _SKIP.search(term.lead)
        or direction(run, term)[0]
        or run.says("figure-aim", term.place, term.figure.start)
    ):
        return None
    counts = _counts(run, index)
    if len(counts) < 2:
        return None
    pair = _tied(run, index, counts)
    if pair is None or agree(run, term, _quotient(run, term, (pair.whole,), (pair.part,), _complement(pair.part, term))):
        return None
    # 超过半数: what is left over is then no reading.
    whole_only = term.figure.unit == FRACTION and (not term.figure.exact or bool(re.search("[超不没未]|[多高大少低]于", term.lead)))
    readings = (r for r in _readings(counts) if not (whole_only and r[2]))
    if any(agree(run, term, _quotient(run, term, *reading)) for reading in readings):
        return None
    whole, part = pair
    times = 1000 if term.figure.unit == "‰" else 100
    share = value(part) * times / value(whole)
    printed = term.figure.value
    other_side = times - share
    if _complement(part, term):
        share = other_side
    if share > times or share <= 0:
        return None
    if abs(share - printed) > WITHIN and not (share < printed * TIMES_OFF and printed < share * TIMES_OFF):
        return None
    formula = f"{plain(value(part))}÷{plain(value(whole))}={percent(share)}"
    if share == other_side:
        formula = f"({plain(value(whole))}-{plain(value(part))})÷{plain(value(whole))}={percent(share)}"
    ordered = sorted((whole, part, term), key=lambda t: t.figure.start)
    kind = "rate" if "率" in term.lead else "share"
    return statement(run.text, run.quote(ordered[0], ordered[-1]), kind, term.figure, share, formula, False)


def _counts(run: Run, index: int) -> list[Term]:
    """The counts that the rate may be of: those near it that are no changes."""
    term = run.terms[index]
    near = [
        t for t in run.terms if counted(t) and t.figure.unit != "分" and abs(t.figure.start - term.figure.start) <= FAR and value(t) > 0
    ]
    return [t for t in near if not direction(run, t)[0]]


def _readings(counts: list[Term]) -> Iterator[tuple[tuple[Term, ...], tuple[Term, ...], bool]]:
    """Every whole and part, also sums of two or three of one dimension, and the complement."""
    some = counts[-MOST_COUNTS:]
    groups: list[tuple[Term, ...]] = [(t,) for t in some] + [pair for pair in combinations(some, 2) if kin(*pair)]
    groups += [three for three in combinations(some, 3) if kin(three[0], three[1]) and kin(three[0], three[2])]
    for whole in groups:
        for part in groups:
            if (
                whole is not part
                and kin(whole[0], part[0])
                and (not set(whole) & set(part) or (len(part) < len(whole) and set(part) < set(whole)))
            ):
                yield whole, part, False
                yield whole, part, True


def _quotient(run: Run, rate: Term, whole: tuple[Term, ...], part: tuple[Term, ...], complement: bool) -> Callable[[Taken], Extent]:
    """The share of a part in its whole, or of the rest, as an extent."""
    times = 1000 if rate.figure.unit == "‰" else 100

    def share(taken: Taken) -> Extent:
        sums = []
        for terms in (whole, part):
            total = Extent.exactly(0)
            for t in terms:
                total += extent(run, t, (*whole, *part), taken)
            sums.append(total)
        if sums[0].low <= 0:
            return Extent.exactly(-1)
        quotient = sums[1].over(sums[0], times)
        return Extent(times - quotient.high, times - quotient.low) if complement else quotient

    return share


# ---- what ties a rate to a pair


def _name(term: Term) -> str:
    """What a rate is called, without 率: 审查 of 审查率达."""
    said = _NAME.search(term.lead)
    return _GENERIC.sub("", said["name"]) if said else ""


def _tied(run: Run, index: int, counts: list[Term]) -> _Pair | None:
    """The one pair that the passage ties a rate to."""
    term = run.terms[index]
    at = term.figure.start
    before = [t for t in counts if t.figure.start < at]
    after = [t for t in counts if t.figure.start > at]
    for two in (before[-2:], [*before[-1:], *after[:1]], after[:2]):
        if len(two) != 2 or not kin(*two):
            continue
        whole, part = sorted(two, key=value, reverse=True)
        first = two[0]
        if value(part) >= value(whole) or not (part.figure.exact and whole.figure.exact) or _apart(run, whole, part, term):
            continue
        if run.of_other(term, whole, part) or _LISTED.match(two[1].gap) or not _one_scope(run, whole, part, term):
            continue
        out_of = _taken_out(run, whole, part)
        alike = family(whole.figure.unit) == family(part.figure.unit)
        if not (alike or out_of or _rest_named(whole, part) or (part is two[1] and _whole_said(run, whole)) or _whole_named(whole)):
            continue
        if term.figure.value == 100 and not (alike and part is two[1] and _name(term)):
            continue
        if two[0].figure.start > at and not (out_of or ":" in two[0].gap):
            continue
        if first.figure.start < at < two[1].figure.start:
            drawn = term.lead.endswith("按") and term.tail.startswith("的比例") and whole is first
            if (drawn or _THAT_IS.fullmatch(part.gap)) and whole is first:
                return _Pair(whole, part)
            if not _whole_named(whole) or not _of_whole(term, whole):
                continue
        return _Pair(whole, part) if _called(run, term, whole, part, out_of=out_of) else None
    return None


def _rest_named(whole: Term, part: Term) -> bool:
    """Whether the thing that is counted stands beside both numbers, whatever the measure words: 合同680份 … 的合同646件."""
    a, b = ({t.lead[-2:], t.tail.lstrip("的")[:2]} for t in (whole, part))
    return any(len(word) > 1 for word in a & b)


def _whole_said(run: Run, whole: Term) -> bool:
    return run.term_says("figure-intake", whole) or bool(re.search("发出|发放|应|列入|计划|拟|共", whole.lead))


def _whole_named(whole: Term) -> bool:
    return bool(re.search("全部|总|共|所有|应|全[市县区镇乡]", whole.words))


def _of_whole(rate: Term, whole: Term) -> bool:
    """Whether a rate between its whole and its part is of that whole: 处罚案件1240件，复议纠错率为6.5% is of something else."""
    said = _NAME.search(rate.lead)
    subject = _GENERIC.sub("", rate.lead[: said.end("name")])[:-2] if said else ""
    known = [subject[n : n + 2] in whole.words for n in range(len(subject) - 1)]
    return not known or known[-1] or sum(known) * 2 > len(known)


def _one_scope(run: Run, whole: Term, part: Term, rate: Term) -> bool:
    """Whether rate, part and whole are of one place, time and kind: 全县调解成功率 is not that of the rooms counted before it."""
    both = whole.words + part.words
    said = _SCOPE.findall(rate.lead)
    if any(words not in both for words in said):
        return False
    if run.term_says("figure-new", whole) or (run.says("figure-new") and run.term_says("figure-settling", part)):
        return False
    for name in ("figure-narrow", "figure-in-time"):
        for hit in run.lexicon.within(f"lexicon.{name}", rate.place, rate.figure.start):
            if run.text[hit.start : hit.end] not in both:
                return False
        for hit in run.lexicon.within(f"lexicon.{name}", part.place, part.last):
            if run.text[hit.start : hit.end] not in rate.lead + whole.words and _name(rate):
                return False
    return True


def _apart(run: Run, whole: Term, part: Term, rate: Term) -> bool:
    """Whether something else stands between: another rate, another sentence, a change, another year."""
    ordered = sorted((whole, part, rate), key=lambda t: t.figure.start)
    first, last = ordered[0].figure.start, ordered[2].figure.start
    inside = [t for t in run.terms if first < t.figure.start < last and t not in ordered]
    if any(t.figure.rate or t.figure.unit in (POINTS, TIMES) or counted(t) for t in inside):
        return True
    if any(len(t.gap) > APART or t.gap.count("。") + t.gap.count(";") > 1 for t in ordered[1:]):
        return True
    words = run.text[min(t.place for t in ordered) : max(t.last for t in ordered)]
    return bool(re.search("累计|上年|去年|同期|以来|分别|约|等(?!级)|另有", words)) or run.says(
        "figure-carried", ordered[0].place, ordered[2].figure.end
    )


def _called(run: Run, rate: Term, whole: Term, part: Term, *, out_of: bool) -> bool:
    """Whether a rate is called like its part or whole, or is a bare share right behind the part."""
    name = _name(rate)
    last = max(whole, part, key=lambda t: t.figure.start)
    behind = rate.figure.start > last.figure.start
    end = part.figure.start if behind and part is last and not _CLAUSE.search(rate.gap) else part.last
    words = {t: t.lead if behind and t is last and not _CLAUSE.search(rate.gap) else t.words for t in (whole, part)}
    if rate.figure.unit == FRACTION and behind and part is last and rate.gap.count(",") <= 1 and len(rate.gap) <= APART // 2:
        return "占" not in rate.lead or len(rate.lead) < 4
    if name:
        pieces = [name[n : n + 2] for n in range(len(name) - 1)] or [name]
        if pieces[-1] in words[part] or run.alike(rate.place, rate.figure.start, part.place, end):
            return True
        if out_of and rate.gap.count(",") <= 1:
            return any(c in words[part] for c in pieces[-1] if c not in _COMMON) or any(p in words[whole] for p in pieces)
        return name in ("完成", "实现", "落实", "达标", "合格") and behind and rate.gap.count(",") <= 1
    if not behind or part is not last or rate.gap.count(",") > 1 or not _BARE.match(rate.lead):
        return False
    if family(whole.figure.unit) != family(part.figure.unit) and not out_of:
        return False
    subject, _, of = rate.lead.rpartition("占") if "占" in rate.lead else ("", "", "")
    if len(subject.removesuffix("所")) > 1 and subject[-2:] not in words[part]:
        return False
    own = _GENERIC.sub("", of)
    return len(own) < 2 or own[:2] in words[whole]


def _taken_out(run: Run, whole: Term, part: Term) -> bool:
    """20场里有13次: the part is taken out of the whole."""
    if whole.figure.start > part.figure.start:
        return False
    between = run.text[whole.figure.end : part.figure.start]
    return bool(_OUT_OF.search(between)) and between.count(",") <= 1


def _complement(part: Term, rate: Term) -> bool:
    """Whether the part is what the rate leaves out: 未化解25件 of a 化解率."""
    negative = any(word in part.lead[-8:] or part.tail.startswith(word) for word in _COMPLETE)
    return negative and not any(word in rate.lead for word in ("未", "不", "败", "缺", "空", "差"))
