"""A whole, its part and the rate of it: 受理248件，审结231件，审结率93.1%; shares: 其中涉企92件，占37.1%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from scorer.recount.model import Extent, Statement, extents, fits, percent, plain, rounded, statement
from scorer.recount.rows import Run, Term
from scorer.text.figures import Figure
from scorer.vocabulary import Arithmetic

_REACHES = "[均分别也已仍仅只就则才更又总整体合计为是有达到至了约高低超近保持稳定在控制提升降回落]{0,8}"
_NAMED = re.compile(rf"(?:率|比例|比重){_REACHES}\Z")
_SCOPED = re.compile("全[市县区镇乡省州旗系局][^率比]{0,40}[率比]|[总整]体|综合|平均")
_ROSE = re.compile("[提上][升高]|[升增]至")
_OF_NEW = re.compile("[新评创][^,]{0,3}[增建设选聘评入]|培育|创建")
_OF_YEAR = re.compile("((?:19|20)\\d\\d)年")
_STAGE = re.compile("([^\\W\\d_]{2})([前后])")
_EVERY = re.compile("[,;](?:现已|目前|已)?(?:均|全部)[^,;。]{2,30}[,;]")
_DONE = re.compile("实际?([^\\W\\d_])")
_NAME_END = re.compile("[率比]")
_SHARE = re.compile(rf"(?:的?(?:比例|比重|比))?{_REACHES}的?\Z")
_OF_WHOLE = re.compile("占|(?:完成|达到|实现|超额)[^,]{0,8}(?:任务|目标|计划|指标)[^,]{0,6}\\Z")
_ITS = re.compile("[^,;。、]{2,12}的")
_SUMMED = re.compile("合计|共计|总计|共|总")
_BARE = re.compile("达到?|为|约")
_LISTED = ("、", "和", "及")
_CLASS = re.compile("案件|事项|人员|文件|问题|纠纷|案卷|数量|项目|案|数|了|到|其中|当中")
_AMONG = re.compile("其中|当中")
_HALF = re.compile("占(?:到|了|据)?(?:全部|总数|总量|其中)?的?(?:一半|半数)(?!以上|多|左右)")
_GENERIC = re.compile(r"(?:总人数|总件数|总户数|总数量|总数|总量|总额|全部|数量|总|数|量|的|全年|所有|同期|其|了)")
NAME_MAX = 8
_FAMILIES = (("人", "人次", "员"), ("件", "起", "宗", "例", "件次", "单"), ("家", "户", "个", "家次", "户次"))
# Fewer characters than this between part and rate: the rate is that of the part.
NEAR = 30
LEAD_MAX = 10
IMPOSSIBLE = "不超过100%"


class Pair(NamedTuple):
    """A whole and a part of it, and the share in percent."""

    whole: Sequence[Term]
    part: Sequence[Term]
    share: Extent
    value: Decimal

    @property
    def formula(self) -> str:
        """The division in words."""
        up, down = ("+".join(plain(t.figure.value) for t in row) for row in (self.part, self.whole))
        return f"{f'({up})' if '+' in up else up}÷{f'({down})' if '+' in down else down}={percent(self.value)}"


def rates(run: Run) -> Iterator[Statement]:
    """Rates with a name (审结率) after their part and whole."""
    terms = run.terms
    for index, term in enumerate(terms):
        rate = term.figure
        if not rate.rate or not rate.exact or index < run.joint:
            continue
        lead = term.lead
        named = _NAMED.search(lead)
        if not named:
            continue
        name = lead[max(0, named.start() - NAME_MAX) : named.start()]
        place = term.place + named.start() - len(name)
        if lead.endswith("占", 0, named.start()):
            continue  # 占比: a share
        found = _rate(run, index, name, place)
        if found:
            yield found


def _rate(run: Run, index: int, name: str, place: int) -> Statement | None:
    terms, text = run.terms, run.text
    term = terms[index]
    rate = term.figure
    counts = run.counts(index)
    if run.says("figure-other-time") and not run.says("figure-other-time", term.place, rate.start):
        # The figures of the year before stand there for comparison only.
        counts = [i for i in counts if not run.says("figure-other-time", terms[i].place, terms[i].figure.start)]
    related = [i for i in counts if _related(run, name, place, terms[i])]
    if "所" in name and not related:  # 所占比例: of what stands right before it
        related = counts[-1:]
    candidates = related or counts[-1:]
    for p in reversed(candidates):
        part = terms[p]
        wholes = [w for w in counts if w < p and _kin(terms[w], part, rate) and terms[w].figure.value > 0]
        for pair in _pairs(run, wholes, p):
            if _agrees(rate, pair) and pair.share.low <= 100 and (p in related or rate.value not in (0, 100)):
                return _found(run, pair, term, True, "rate")
    if not candidates:
        return None
    done = _all_done(run, counts[-1], index, name, place)
    if done:
        return done
    p = candidates[-1]
    part = terms[p]
    before = [w for w in counts if w < p and terms[w].figure.unit == part.figure.unit and terms[w].figure.value > 0]
    if "不" in part.words and "不" not in name and before:
        # 不合格5卷，合格率97.9%: the rate is that of the others.
        whole = terms[before[-1]]
        others = (whole.figure.value - part.figure.value) * 100 / whole.figure.value
        if fits(rate, Extent.exactly(others)):
            formula = f"({plain(whole.figure.value)}-{plain(part.figure.value)})÷{plain(whole.figure.value)}={percent(others)}"
            return statement(text, run.quote(whole, term), "rate", rate, others, formula, True)
        return None
    # Inconsistent only when the part is the figure of the very thing the rate is called after, with its whole right before it.
    if p not in related or not before or not _certain(run, before, p, index, name):
        return None
    if not qualified(run, name, place, part):
        return None
    nearest = _pair([terms[before[-1]]], [part])
    return _found(run, nearest, term, False, "rate") if nearest else None


def rate_of(run: Run, index: int, p: int) -> Statement | None:
    """The rate at a place with its part at another, right behind it in brackets."""
    terms = run.terms
    term, part = terms[index], terms[p]
    named = _NAMED.search(term.lead)
    if not named:
        return None
    name = term.lead[max(0, named.start() - NAME_MAX) : named.start()]
    place = term.place + named.start() - len(name)
    wholes = [w for w in run.counts(index) if terms[w].figure.unit == part.figure.unit and terms[w].figure.exact]
    if not wholes or not _related(run, name, place, part):
        return None
    for w in reversed(wholes):
        pair = _pair([terms[w]], [part])
        if pair and pair.value <= 100 and (_agrees(term.figure, pair) or len(wholes) == 1):
            found = _found(run, pair, term, _agrees(term.figure, pair), "rate")
            return found._replace(span=found.span._replace(end=part.figure.end))
    return None


def _all_done(run: Run, whole: int, index: int, name: str, place: int) -> Statement | None:
    """受理9件，全部办结，办结率100%."""
    first, term = run.terms[whole], run.terms[index]
    full = run.lexicon.within("lexicon.figure-full", first.figure.end, term.figure.start)
    words = run.text[full[0].start : full[0].end] if full else ""
    if "除" in run.text[max(run.span.start, first.place - 2) : term.figure.start]:
        return None  # 除48件外全部办结
    if index != whole + 1 or not first.counted or not first.figure.exact:
        return None
    core = name[-4:]
    pairs = [core[i : i + 2] for i in range(len(core) - 1)]
    if not any(pair in words for pair in pairs):
        each = _EVERY.match(term.gap)
        after = first.figure.end
        if not each or not (any(pair in each.group() for pair in pairs) or run.alike(place, place + len(name), after, after + each.end())):
            return None
        words = each.group().strip(",")
    if term.lead.find(name) + len(name) >= LEAD_MAX and term.gap.count(",") > 1:
        return None  # 社区公园全覆盖，五年内建成区绿化覆盖率达55%
    hundred = Decimal(100)
    right = fits(term.figure, Extent.exactly(hundred))
    if not right and (run.says("figure-carried") or run.says("figure-in-time", term.place, term.figure.start)):
        return None
    return statement(run.text, run.quote(first, term), "rate", term.figure, hundred, f"{words}即100%", right)


def _related(run: Run, name: str, place: int, part: Term) -> bool:
    """Whether the part is counted by what the rate is called after."""
    words = part.words
    core = name[-4:]
    if len(core) == 1:
        return core in words
    if core[-2:] in words or core[:2] in words or core[1:3] in words or (core[-2] in words and core[-1] in words):
        return True
    # 应建315个，实建305个，建群率: the rate is called after what should be done.
    done = _DONE.search(part.lead) if "实" in part.lead else None
    if done and done[1] in name and any("应" + done[1] in t.lead for t in run.terms):
        return True
    return run.alike(max(place, place + len(name) - 6), place + len(name), part.place, part.last)


def qualified(run: Run, name: str, place: int, part: Term) -> bool:
    """Whether rate and part are restricted in the same way: 按期办结率 is not the rate of all that were settled."""
    lead = run.text[place : place + len(name) + 8]
    if _ROSE.search(lead) and _OF_NEW.search(part.lead):
        return False  # 新评选示范单位12个，示范率提升至35%: with those of earlier years
    scoped = _SCOPED.search(run.text[place - 4 if place >= 4 else 0 : place + len(name) + 1])
    if scoped and scoped.group()[:2] not in run.text[run.span.start : part.figure.end]:
        return False  # 涉企案件76件，纠错12件，全县复议纠错率: of all
    stage = _STAGE.search(lead)
    if stage and stage[1] + ("前" if stage[2] == "后" else "后") in part.lead:
        return False  # 立案前化解28件，立案后调解率: another stage
    in_time = run.says("figure-in-time", place, place + len(name))
    if in_time and not run.term_says("figure-in-time", part):
        return False
    for narrow in ("figure-narrow",):
        of_rate = run.says(narrow, place, place + len(name))
        of_part = run.term_says(narrow, part)
        if of_rate != of_part:
            return False
    return True


def _certain(run: Run, wholes: Sequence[int], p: int, index: int, name: str) -> bool:
    """Whether whole, part and rate follow each other so closely that nothing else can be meant."""
    terms = run.terms
    part, rate = terms[p], terms[index]
    whole = terms[wholes[-1]]
    between = terms[p + 1 : index]
    others = [t for t in between if t.counted and "其中" not in t.gap and "其中" not in terms[p + 1].gap]
    if len(others) > 1 or any(t.figure.unit == part.figure.unit for t in others):
        return False  # 调解13件，裁决6件，总办结率: of both
    if not _belong(run, wholes[-1], p, index, name):
        return False
    if any(t.figure.unit == part.figure.unit and not t.figure.exact for t in terms[: index + 1]):
        return False
    if run.says("figure-carried") or run.says("figure-aim", rate.place, rate.last) or run.says("figure-aim", part.place, part.last):
        return False
    if run.term_says("figure-narrow", whole) and part.figure.value > whole.figure.value:
        return False
    if run.says("figure-other-time", whole.place, whole.last) != run.says("figure-other-time", part.place, part.last):
        return False
    compared = [t for t in terms[wholes[-1] + 1 : p] if run.says("figure-other-time", t.place, t.figure.start)]
    if any(t.counted and t.figure.unit == whole.figure.unit and t not in compared for t in terms[wholes[-1] + 1 : p]):
        return False
    years = [set(_OF_YEAR.findall(t.lead)) for t in (whole, part)]
    if "均" in rate.lead[-6:] or (years[1] and years[0] != years[1]):
        return False  # 2022年310件，2021年265件，三年办结率均达98%
    distance = rate.figure.start - part.figure.end
    if distance > NEAR and not between:
        return False
    gap = run.text[whole.figure.end : part.figure.start]
    if gap.count(",") > 2 + len(compared) or gap.count("。") + gap.count(";") > (1 if run.joint else 0):
        return False
    if part.figure.value > whole.figure.value and (rate.figure.value <= 100 or run.term_says("figure-new", whole)):
        return False
    # Of those newly received others were left from before: a lower rate may be that of all of them.
    if run.term_says("figure-new", whole) and rate.figure.value * whole.figure.value < part.figure.value * 100:
        return False
    return not re.search("等(?!级|次)|含(?!量)", gap)


_NOUN = re.compile(r"[^\W\d_]{3,}")


def _belong(run: Run, w: int, p: int, index: int, name: str) -> bool:
    """Whether a count is named as the whole of another: it came in, the other is said to be among it, or both are of one thing.

    湿地公园203个，国家森林城市7个，森林覆盖率59.08%: two counts of different things, and a rate of a third.
    """
    whole, part, rate = run.terms[w], run.terms[p], run.terms[index]
    between = run.text[whole.figure.end : part.figure.start]
    if "其中" in between or "中" in whole.tail:
        return True
    own = run.terms[w + 1]
    if (own.figure.rate and "," not in own.gap) or (index == p + 1 and part.tail and not re.search("[,(:]", rate.gap)):
        return False  # 84个省重点项目投资完成率: a rate that the count itself has
    thing, other = whole.tail.replace(name[-2:], ""), part.tail.replace(name[-2:], "")
    if _NOUN.match(thing) and _NOUN.match(other) and not _shared(thing, other):
        return False
    if p == w + 1 and not part.tail and (name[-2:] in part.lead or run.alike(rate.place, rate.figure.start, part.place, part.last)):
        return True
    return (
        run.term_says("figure-intake", whole)
        or run.term_says("figure-new", whole)
        or run.term_says("figure-whole", whole)
        or run.term_says("figure-settling", part)
        or _shared(whole.words, part.words)
    )


def _shared(one: str, other: str) -> bool:
    return any(one[n : n + 2] in other for n in range(len(one) - 1))


def _pairs(run: Run, wholes: Sequence[int], p: int) -> Iterator[Pair]:
    """Whole and part in every way they can be meant: nearest first, then sums of parts and of wholes."""
    terms = run.terms
    part = terms[p]
    for w in reversed(wholes):
        pair = _pair([terms[w]], [part])
        if pair and terms[w].figure.exact and part.figure.exact:
            yield pair
    # 调解30件、撤诉20件，调撤率…: the part is a sum.
    first = p
    while first > 0 and terms[first].gap[:1] in ("、", "和", ",") and terms[first - 1].figure.unit == part.figure.unit:
        first -= 1
        parts = terms[first : p + 1]
        for w in reversed([w for w in wholes if w < first]):
            pair = _pair([terms[w]], parts)
            if pair:
                yield pair
        if p - first > 4:
            break
    # 受理22件，调解结案13件，作出裁决6件，总办结率…: the part goes on after the figure that is called like the rate.
    last = p + 1
    while last < len(terms) and terms[last].counted and terms[last].figure.unit == part.figure.unit and last - p < 4:
        last += 1
        for w in reversed(wholes):
            pair = _pair([terms[w]], terms[p:last])
            if pair:
                yield pair
    # 受理120件、上年结转8件，办结…: the whole is a sum.
    if len(wholes) >= 2:
        for count in range(2, min(len(wholes), 4) + 1):
            pair = _pair([terms[w] for w in wholes[-count:]], [part])
            if pair:
                yield pair


def _pair(wholes: Sequence[Term], parts: Sequence[Term]) -> Pair | None:
    amount = sum((t.figure.value for t in wholes), Decimal(0))
    done = sum((t.figure.value for t in parts), Decimal(0))
    if amount <= 0:
        return None
    value = done * 100 / amount
    if all(t.figure.scale == 1 and t.figure.digits == 0 for t in (*wholes, *parts)):
        return Pair(wholes, parts, Extent(value, value), value)
    spans = extents(*(t.figure for t in (*wholes, *parts)))
    whole, part = spans[0], spans[len(wholes)]
    for other in spans[1 : len(wholes)]:
        whole += other
    for other in spans[len(wholes) + 1 :]:
        part += other
    return Pair(wholes, parts, part.over(whole, 100), value) if whole.low > 0 else None


def _kin(one: Term, other: Term, rate: Figure) -> bool:
    """Whether two counts are of the same unit, or of kindred ones (件 and 起) where the rate is too precise for chance."""
    a, b = one.figure.unit, other.figure.unit
    return a == b or (rate.digits > 0 and any(a in family and b in family for family in _FAMILIES))


def _agrees(rate: Figure, pair: Pair) -> bool:
    """Whether a printed rate is the share of a pair."""
    times = 10 if rate.unit == "‰" else 1
    return fits(rate, Extent(pair.share.low * times, pair.share.high * times))


def _found(run: Run, pair: Pair, term: Term, right: bool, kind: str) -> Statement:
    first = min((*pair.whole, *pair.part), key=lambda t: t.figure.start)
    value, formula = pair.value, pair.formula
    if term.figure.unit == "‰":
        value, formula = value * 10, f"{pair.formula.partition('=')[0]}={rounded(value * 10)}‰"
    if pair.value > 100 and not right and term.figure.unit != "‰":
        formula += "，部分大于总数"
    return statement(run.text, run.quote(first, term), kind, term.figure, value, formula, right)


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
    pair = _pair([whole], [parts[-1]])
    shared = "占" in whole.lead
    subject = whole.lead[: whole.lead.rfind("占")] if shared else ""
    if len(subject) > 1:
        # 甲35项、乙61项，甲占全部96项的: of the part that is called so.
        named = [t for t in parts if subject in t.lead and t.figure.exact]
        if len(named) == 1 and (own := _pair([whole], named)) and own.value <= 100:
            return _found(run, own, rate, _agrees(rate.figure, own), "share")
    if pair is None or (shared and pair.value > 100 and _agrees(rate.figure, pair)):
        return None
    right = _agrees(rate.figure, pair)
    if not right and len(subject) > 1:
        # 邻里纠纷241件，物业纠纷占全部418件的42.3%: the share of something else, perhaps of all others.
        others = (whole.figure.value - parts[-1].figure.value) * 100 / whole.figure.value
        if not fits(rate.figure, Extent.exactly(others)):
            return None
        formula = f"({plain(whole.figure.value)}-{plain(parts[-1].figure.value)})÷{plain(whole.figure.value)}={percent(others)}"
        return statement(run.text, run.quote(parts[-1], rate), "share", rate.figure, others, formula, True)
    near = run.text.count(",", parts[-1].figure.end, whole.figure.start) <= 1
    return _found(run, pair, rate, right, "share") if right or (near and terms[i - 2] is parts[-1]) else None


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
        pair = _pair([terms[w]], [part])
        if pair and pair.value <= 100 and _agrees(rate.figure, pair):
            return _found(run, pair, rate, True, "share")
    # 维持86件，占42.4%；…，合计203件: the whole stands behind its parts.
    for later in terms[i + 1 :]:
        if later.counted and later.figure.exact and later.figure.unit == part.figure.unit and _SUMMED.search(later.lead):
            pair = _pair([later], [part])
            if pair and pair.value <= 100 and _agrees(rate.figure, pair):
                return _found(run, pair, rate, True, "share")
    subject = rate.lead[: rate.lead.rfind("占")].removesuffix("所")
    if len(subject) > 1 and subject not in part.words:
        named = [n for n in counts if subject in terms[n].lead and terms[n].figure.exact]
        if len(named) == 1 and _AMONG.search(terms[named[0]].gap):
            pair = _pair([terms[named[0] - 1]], [terms[named[0]]]) if named[0] - 1 in exact else None
            if pair and pair.value <= 100:
                return _found(run, pair, rate, _agrees(rate.figure, pair), "share")
        return None  # 村委会168个、居委会22个，示范村占比35%: the share of something else
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
    pair = _pair([whole], [part])
    return _found(run, pair, rate, False, "share") if pair else None


def halves(run: Run) -> Iterator[Statement]:
    """128宗…64宗，占到一半."""
    for said in _HALF.finditer(run.words) if "半" in run.words else ():
        start, end = run.span.start + said.start(), run.span.start + said.end()
        counts = [t for t in run.terms if t.counted and t.figure.end <= start]
        if len(counts) < 2 or ("," in run.text[counts[-1].figure.end : start].strip(",")):
            continue
        whole, part = counts[-2:]
        pair = _pair([whole], [part])
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
        pair = _pair([terms[wholes[-1]]], [terms[p]])
        if pair and pair.value <= 100:
            yield _found(run, pair, terms[r], _agrees(terms[r].figure, pair), "share")


def limits(run: Run) -> Iterator[Statement]:
    """A rate above 100 % where nothing can be more than all, and a part that is greater than its whole."""
    if run.says("figure-carried") or run.says("figure-opening"):
        return
    for term in run.terms:
        rate = term.figure
        if rate.unit == "%" and rate.exact and rate.value > 100 and (named := _NAMED.search(term.lead)):
            begin = term.place + max(0, named.start() - NAME_MAX)
            if not run.says("figure-unlimited", begin, term.place + named.end()) and not run.says("figure-unlimited", begin, rate.start):
                yield statement(run.text, run.quote(term, term), "limit", rate, Decimal(100), "部分不会多于总数", False, shown=IMPOSSIBLE)
    for whole, part in zip(run.terms, run.terms[1:], strict=False):
        w, p = whole.figure, part.figure
        if not (whole.counted and p.unit == w.unit and p.value > w.value > 0 and w.exact and p.exact) or part.gap.count(",") > 2:
            continue
        # 劳动纠纷80件、其他纠纷25件，其中…: of the whole list
        among = part.gap.startswith((",其中", "(其中", "。其中", ";其中", "其中")) and whole.gap[:1] not in _LISTED
        staged = (
            (run.term_says("figure-intake", whole) or run.term_says("figure-new", whole))
            and (not run.term_says("figure-new", whole) or run.term_says("figure-in-time", part))
            and run.term_says("figure-settling", part)
            and not run.says("figure-other-time")
        )
        if among or (staged and part.gap.count(",") == 1 and not re.search("[、。;]", part.gap)):
            formula = f"{plain(p.value)}>{plain(w.value)}，部分大于总数"
            limit = f"不超过{run.text[w.start : w.end]}"
            yield statement(run.text, run.quote(whole, part), "limit", p, w.value, formula, False, shown=limit)


def everything(run: Run) -> Iterator[Statement]:
    """All of it with two numbers, or as a rate in words: 收到215件，全部按期答复，共答复212件; 6项…6项，实现全覆盖."""
    text = run.text
    for whole, part in zip(run.terms, run.terms[1:], strict=False):
        w, p = whole.figure, part.figure
        if not (whole.counted and p.unit == w.unit and w.exact and p.exact and w.value > 0):
            continue
        if run.says("figure-carried"):
            return
        after = text[p.end : min(part.last + 16, run.span.end)]
        if w.value == p.value:
            full = next(iter(run.lexicon.within("lexicon.figure-full", p.end, min(p.end + 36, run.span.end))), None)
            if full:
                formula = f"{plain(p.value)}÷{plain(w.value)}=100%"
                shown = text[full.start : full.end]
                span = run.quote(whole, part)._replace(end=full.end)
                yield Statement(span, "all", shown, "100%", formula, Arithmetic.CONSISTENT, "100%")
        elif run.term_says("figure-intake", whole) and not run.term_says("figure-other-time", whole) and _all_of(run, whole, part, after):
            formula = f"全部，即{plain(w.value)}"
            yield statement(text, run.quote(whole, part), "all", p, w.value, formula, False)


_ALL = re.compile(r"[,;](?:现|目前)?(?:已|均)?(?:全部|全数|均已|均按期|均按时|全都)")


def _all_of(run: Run, whole: Term, part: Term, after: str) -> bool:
    """Whether the text says that all of the whole was done, and then a different number for it."""
    gap = part.gap
    if gap.count(",") > 2 or re.search("其中|[。;、]", gap) or not run.term_says("figure-settling", part):
        return False
    said = _ALL.match(gap)
    if said and (gap.count(",") == 2 or re.match("[,]已?(?:全部|全数)", gap)):
        return run.says("figure-settling", whole.figure.end, part.figure.start)
    return bool(re.match(",(?:已|现已)?全部", after)) and run.says(
        "figure-settling", part.figure.end, min(part.figure.end + 10, run.span.end)
    )
