"""A whole, its part and the rate of it: 受理248件，审结231件，审结率93.1%; shares: 其中涉企92件，占37.1%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.recount.counted import kindred_counts, pair_of, pairs_of_counts, rate_agrees, rate_statement
from scorer.recount.model import Extent, Statement, fits, percent, plain, statement
from scorer.recount.rows import Run, Term

REACHES = "[均分别也已仍仅只就则才更又总整体合计为是有达到至了约高低超近保持稳定在控制提升降回落]{0,8}"
NAMED = re.compile(rf"(?:率|比例|比重){REACHES}\Z")
_SCOPED = re.compile("全[市县区镇乡省州旗系局][^率比]{0,40}[率比]|[总整]体|综合|平均")
_ROSE = re.compile("[提上][升高]|[升增]至")
_OF_NEW = re.compile("[新评创][^,]{0,3}[增建设选聘评入]|培育|创建")
_OF_YEAR = re.compile("((?:19|20)\\d\\d)年")
_STAGE = re.compile("([^\\W\\d_]{2})([前后])")
_EVERY = re.compile("[,;](?:现已|目前|已)?(?:均|全部)[^,;。]{2,30}[,;]")
_DONE = re.compile("实际?([^\\W\\d_])")
NAME_MAX = 8
# Fewer characters than this between part and rate: the rate is that of the part.
NEAR = 30
LEAD_MAX = 10


def rates(run: Run) -> Iterator[Statement]:
    """Rates with a name (审结率) after their part and whole."""
    terms = run.terms
    for index, term in enumerate(terms):
        rate = term.figure
        if not rate.rate or not rate.exact or index < run.joint:
            continue
        lead = term.lead
        named = NAMED.search(lead)
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
        wholes = [w for w in counts if w < p and kindred_counts(terms[w], part, rate) and terms[w].figure.value > 0]
        for pair in pairs_of_counts(run, wholes, p):
            if rate_agrees(rate, pair) and pair.share.low <= 100 and (p in related or rate.value not in (0, 100)):
                return rate_statement(run, pair, term, True, "rate")
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
    if not qualified(run, name, place, part) or run.of_other(term, terms[before[-1]], part):
        return None
    nearest = pair_of([terms[before[-1]]], [part])
    return rate_statement(run, nearest, term, False, "rate") if nearest else None


def rate_of(run: Run, index: int, p: int) -> Statement | None:
    """The rate at a place with its part at another, right behind it in brackets."""
    terms = run.terms
    term, part = terms[index], terms[p]
    named = NAMED.search(term.lead)
    if not named:
        return None
    name = term.lead[max(0, named.start() - NAME_MAX) : named.start()]
    place = term.place + named.start() - len(name)
    wholes = [w for w in run.counts(index) if terms[w].figure.unit == part.figure.unit and terms[w].figure.exact]
    if not wholes or not _related(run, name, place, part):
        return None
    for w in reversed(wholes):
        pair = pair_of([terms[w]], [part])
        if pair and pair.value <= 100 and (rate_agrees(term.figure, pair) or len(wholes) == 1):
            found = rate_statement(run, pair, term, rate_agrees(term.figure, pair), "rate")
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
