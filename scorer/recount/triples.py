"""Passages of exactly two counts and one relation between them: a share, a change, a multiple, an average.

With nothing else in the passage the relation can hardly be between other things; every way of reading it is tried, and only
where none fits, and the words name the two as whole and part, before and after, or total and number, it is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scorer.recount.model import Extent, Statement, extents, fits, percent, plain, rounded, statement
from scorer.recount.parts import changed
from scorer.recount.rates import NAME_MAX, qualified
from scorer.recount.rows import Run, Term, family
from scorer.text.figures import FRACTION, POINTS, TIMES

_KIN = ("件起宗例单案次批项个条处", "人名位员次", "家户个所", "卷本份篇册件", "村个", "处个所座间", "支队个", "类种项个", "条项个件")
_NAME = re.compile(r"(?P<name>[^\W\d_]{1,10}?)(?:率|比例|比重|占比|幅度|进度)[均分别也已仅则总为是有达到至了控制在由此]{0,6}\Z")
_SHARE = re.compile(r"占|即|恰好是|也就是|仅?为|是|达到?|贡献了|仍有|覆盖面|相当于")
_TASK = re.compile("任务|计划|规划|总|全|共|应|所有")
_PAST = re.compile(
    "上年|去年|上一年|前一年|年初|原|旧|当初|[一二三四五十]年前|上季度|上月|起步|[一二三四五六七八九十]{1,3}月|上半年|计划|末|法定|较|比上|比去"
)
_FROM = re.compile("[由从自]")
_TIMED = re.compile("年均|平均每年|以上|不低于|目标|力争|确保|不变价|可比价|实际增长|生产总值|GDP|等(?!级|次|待)|其他|环境|累计")
_UP = re.compile("增|升|涨|多|扩|高|激|拉|扬|反弹")
_DOWN = re.compile("减|降|缩|压|跌|落|少|收窄")
_OTHER_YEAR = re.compile("同比|较上年|比上年|比去年|较去年")
SLACK = Decimal(3)
LONG, SHORT = 90, 9


def triples(run: Run) -> Iterator[Statement]:
    """The relation of a passage that has just two counts."""
    terms = [t for t in run.terms if t.figure.unit]
    terms = [t for t in terms if not (run.text[t.figure.start] == "一" and t.figure.value == 1)]
    if len(terms) > 3:
        # 两家企业, 三年: a small number in words that nothing is made of.
        terms = [t for t in terms if not (run.text[t.figure.start] in "一两二三" and t.figure.value <= 3 and t.counted)]
    if len(terms) != 3 or len(run.terms) > 5 or len(run.words) > LONG or any(not t.figure.exact for t in terms) or _TIMED.search(run.words):
        return
    if run.says("figure-real") or run.says("figure-yearly") or run.says("figure-carried"):
        return
    relations = [t for t in terms if t.figure.unit in ("%", FRACTION, TIMES)]
    if len(relations) != 1:
        found = _difference(run, terms)
        if found:
            yield found
        if all(t.figure.rate or t.figure.unit == POINTS for t in terms):
            found = _points(run, terms)
            if found:
                yield found
        return
    relation = relations[0]
    a, b = (t for t in terms if t is not relation)
    if not (a.counted and b.counted and kindred(a.figure.unit, b.figure.unit) and a.figure.value > 0 and b.figure.value > 0):
        return
    if relation.figure.unit == TIMES:
        found = _times(run, a, b, relation)
    elif _moves(relation):
        found = _change(run, a, b, relation)
    else:
        found = _share(run, a, b, relation)
    if found:
        yield found


def kindred(one: str, other: str) -> bool:
    """Whether two units can count the same things: 件 and 起, 项 and 个, 家 and 户."""
    return family(one) == family(other) or any(one in row and other in row for row in _KIN)


def _moves(relation: Term) -> bool:
    words = relation.lead[-8:]
    return bool(_UP.search(words) or _DOWN.search(words)) and not re.search("率(?:达|为|是)?\\Z", words) and "占" not in words


_OTHERS = re.compile("[不未空缺余剩除外非胜砍减免]|其他")


def _readings(run: Run, a: Term, b: Term) -> list[Extent]:
    one, two = extents(a.figure, b.figure)
    found = []
    for part, whole in ((one, two), (two, one)):
        share = part.over(whole, 100)
        found += [share, Extent(share.low - 100, share.high - 100), Extent(100 - share.high, 100 - share.low)]
    return found if _OTHERS.search(run.words) or _moves_at_all(run) else [e for n, e in enumerate(found) if n % 3 != 2]


def _moves_at_all(run: Run) -> bool:
    return bool(_UP.search(run.words) or _DOWN.search(run.words))


def _any_fits(run: Run, relation: Term, a: Term, b: Term) -> bool:
    figure = relation.figure
    return any(
        fits(figure, reading) or (figure.unit == FRACTION and abs(reading.low - figure.value) < SLACK) for reading in _readings(run, a, b)
    )


def _share(run: Run, a: Term, b: Term, relation: Term) -> Statement | None:
    if _any_fits(run, relation, a, b):
        return None
    whole, part = (a, b) if a.figure.value > b.figure.value else (b, a)
    if not _named(run, whole, part, relation):
        return None
    value = part.figure.value * 100 / whole.figure.value
    formula = f"{plain(part.figure.value)}÷{plain(whole.figure.value)}={percent(value)}"
    return statement(run.text, _span(run, a, b, relation), "share", relation.figure, value, formula, False)


def _named(run: Run, whole: Term, part: Term, relation: Term) -> bool:
    """Whether the words make one count the whole, the other a part of it, and the relation that of the two."""
    lead = relation.lead
    named = _NAME.search(lead)
    words = part.words + part.gap
    among = bool(re.search("其中|[里中](?:有)?|当中", part.gap)) or "中" in whole.tail
    if run.says("figure-other-time", part.place, part.last) or run.says("figure-other-time", whole.place, whole.last):
        return False
    later = part if part.place > whole.place else whole
    if not among and not re.search("[,:;?]", later.gap):
        return False
    if min(whole.figure.start, part.figure.start) < relation.figure.start < later.figure.start and (
        "占" in lead or not re.match("[(:]", later.gap)
    ):
        return False  # 议题32个，占全部的12%，其中法治议题16个
    if family(whole.figure.unit) != family(part.figure.unit) and not among and len(part.words) > SHORT:
        return False
    if "占" in lead and not _object(lead, whole, part):
        return False
    if relation.figure.start < min(whole.figure.start, part.figure.start) and not run.text[relation.figure.end :].startswith(("(", ":")):
        return False
    if named:
        name = named["name"][-NAME_MAX:]
        place = relation.place + named.end("name") - len(name)
        subject = re.sub("[的总]", "", lead[: named.end("name")])[:-2]
        if len(subject) > 1 and relation.figure.start > part.figure.start and not _shared(subject, whole.words + part.words):
            return False
        if run.of_other(relation, whole, part) or not qualified(run, name, place, part) or run.term_says("figure-new", whole):
            return False
        core = re.sub("[的总]", "", named["name"])[-2:]
        if lead.find("占") >= 0 and not among and not _shared(lead[: lead.find("占")], words):
            return False
        called = all(c in words for c in core) or run.alike(relation.place, relation.figure.start, part.place, part.last)
        if not called and not (among and any(c in words for c in core)):
            return len(core) < 2 and among
        return among or _whole(run, whole, part) or whole.place < part.place
    share = bool(_SHARE.search(lead[-8:])) or relation.gap[-1:] == "的"
    if not share:
        return False
    return among or bool(_TASK.search(whole.lead)) or "占" in lead


def _object(lead: str, whole: Term, part: Term) -> bool:
    """Whether what a part is a share of is the whole that stands there: 占全市的37% is of something else."""
    subject, _, object_ = lead.partition("占")
    if len(subject) > 1 and not _shared(subject, part.words) and subject not in part.words:
        return False
    if len(object_) > 8 or re.match("全[市国省县区球州]|世界|同期|有", object_):
        return False
    named = re.sub("比例?|比重|全部|总数|总量|审结|受理|的|为|到|达|其中", "", object_)
    return len(named) < 2 or _shared(named, whole.words) or named in whole.words


def _whole(run: Run, whole: Term, part: Term) -> bool:
    return run.term_says("figure-whole", whole) or run.term_says("figure-intake", whole) or run.term_says("figure-settling", part)


def _shared(one: str, other: str) -> bool:
    return any(one[n : n + 2] in other for n in range(len(one) - 1))


def _order(run: Run, a: Term, b: Term) -> tuple[Term, Term] | None:
    """What was and what is now."""
    between = run.text[a.figure.end : b.figure.start]
    if _FROM.search(a.lead) and re.search("[到至为成变起升降]", between):
        return a, b
    old_a, old_b = bool(_PAST.search(a.lead)), bool(_PAST.search(b.lead))
    if old_a != old_b:
        return (a, b) if old_a else (b, a)
    if old_a and old_b and re.search("年末|今年|本年|现|十一月|本季度", b.lead):
        return a, b
    return None


def _change(run: Run, a: Term, b: Term, relation: Term) -> Statement | None:
    if changed(run, a) or changed(run, b):
        return None
    ordered = _order(run, a, b)
    if ordered is None or _any_fits(run, relation, a, b) or len(relation.gap) > 20:
        return None
    base, now = ordered
    if relation.figure.start < max(a.figure.start, b.figure.start) or relation.lead[-1:] in "到至":
        return None
    if _named_other(run, relation):
        return None
    value = abs(now.figure.value - base.figure.value) * 100 / base.figure.value
    high, low = max(now.figure.value, base.figure.value), min(now.figure.value, base.figure.value)
    formula = f"({plain(high)}-{plain(low)})÷{plain(base.figure.value)}={percent(value)}"
    return statement(run.text, _span(run, a, b, relation), "change", relation.figure, value, formula, False)


def _named_other(run: Run, relation: Term) -> bool:
    """Whether the change is said of a thing that was not spoken of before."""
    subject = re.sub(
        "同比|环比|比例|幅度?|[达为了约是也的]|" + "增长|增加|提高|上升|压缩|缩短|下降|减少|降低|降|压减|回落|扩大|增产|跌",
        "",
        relation.lead,
    )
    subject = re.sub("[较比][上去]年", "", subject)
    return len(subject) > 1 and subject not in run.text[run.span.start : relation.place]


def _times(run: Run, a: Term, b: Term, relation: Term) -> Statement | None:
    value = relation.figure.value
    one, two = extents(a.figure, b.figure)
    for up, down in ((one, two), (two, one)):
        ratio = up.over(down)
        if fits(relation.figure, ratio) or fits(relation.figure, Extent(ratio.low - 1, ratio.high - 1)):
            return None
    if re.search("上年|去年", relation.gap) and re.search("[较比与](?:19|20)\\d\\d年", run.words):
        return None
    around = relation.lead + run.text[relation.figure.end : relation.figure.end + 4]
    ordered = _order(run, a, b)
    compared = re.search("前者|计划|原|旧|当初|起步|上年|去年|前一年|年前|末|所得", relation.gap + relation.tail)
    stands = re.search("较|比", b.gap) is not None or _shared_base(relation, a, b)
    if ordered is None and not (compared and stands) and not re.search("后者是前者", relation.gap):
        return None
    if not re.search("[是为于达]|增|多|长|相当", around) or (_OTHER_YEAR.search(relation.lead) and ordered is None):
        return None
    if compared is None and not re.search("增|多|长|扩|升", relation.lead):
        return None
    base, now = ordered or ((a, b) if re.search("后者是前者", relation.gap) else _by_shared(relation, a, b))
    computed = now.figure.value / base.figure.value
    grew = bool(re.search("增|多|长", relation.lead[-4:]))
    shown = computed - 1 if grew else computed
    if shown <= 0 or value <= 0:
        return None
    top = f"({plain(now.figure.value)}-{plain(base.figure.value)})" if grew else plain(now.figure.value)
    formula = f"{top}÷{plain(base.figure.value)}={rounded(shown)}倍"
    return statement(run.text, _span(run, a, b, relation), "multiple", relation.figure, shown, formula, False)


_BASES = ("计划", "旧预算", "前一年", "上年", "去年", "年初", "三年前", "五年前", "当初", "原", "末", "上年度", "所得")


def _shared_base(relation: Term, a: Term, b: Term) -> bool:
    words = relation.gap + relation.tail
    return any(base in words and (base in a.lead) != (base in b.lead) for base in _BASES)


def _by_shared(relation: Term, a: Term, b: Term) -> tuple[Term, Term]:
    words = relation.gap + relation.tail
    for base in _BASES:
        if base in words and (base in a.lead) != (base in b.lead):
            return (a, b) if base in a.lead else (b, a)
    return b, a


def _difference(run: Run, terms: Sequence[Term]) -> Statement | None:
    """由8个压缩为5个，精简环节3个: three counts of one unit, the last the difference of the others."""
    a, b, change = terms
    if len({t.figure.unit for t in terms}) != 1 or not a.counted or not _FROM.search(a.lead) or len(change.gap) > 10:
        return None
    if _order(run, a, b) is None or "," in b.gap or not re.match(",(?:共|净)?(?:精简|压缩|减少|压减|增加|新增|缩短|减)", change.gap):
        return None
    one, two, _ = extents(*(t.figure for t in terms))
    size = two.minus(one).size()
    value = abs(a.figure.value - b.figure.value)
    if fits(change.figure, size):
        return None
    high, low = max(a.figure.value, b.figure.value), min(a.figure.value, b.figure.value)
    formula = f"{plain(high)}-{plain(low)}={plain(value)}"
    return statement(run.text, _span(run, a, b, change), "difference", change.figure, value, formula, False)


def _points(run: Run, terms: Sequence[Term]) -> Statement | None:
    """从6.5%回升至7.3%，上扬1.8个百分点: two rates and their difference in points."""
    points = [t for t in terms if t.figure.unit == POINTS]
    if len(points) != 1:
        return None
    change = points[0]
    a, b = (t for t in terms if t is not change)
    if _order(run, a, b) is None or change is not terms[2] or len(change.gap) > 12 or b.gap.count(",") > 1:
        return None
    if not (_UP.search(change.lead) or _DOWN.search(change.lead)):
        return None
    value = abs(a.figure.value - b.figure.value)
    step = max(a.figure.step, b.figure.step) if a.figure.digits != b.figure.digits else Decimal(0)
    if fits(change.figure, Extent(value - step, value + step)):
        return None
    high, low = max(a.figure.value, b.figure.value), min(a.figure.value, b.figure.value)
    formula = f"{plain(high)}-{plain(low)}={plain(value)}"
    return statement(run.text, _span(run, a, b, change), "difference", change.figure, value, formula, False)


def _span(run: Run, *terms: Term):  # type: ignore[no-untyped-def]
    return run.quote(min(terms, key=lambda t: t.figure.start), max(terms, key=lambda t: t.figure.end))
