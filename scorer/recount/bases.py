"""The two figures that a change is between, by 由…至…, by 上年, and by years."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.recount.parts import changed
from scorer.recount.rows import Run, Term

_DOWN = "精减|收回|取消|核减|净减|减掉|精简|压减|压缩|缩减|减少|减幅|下降|降低|缩短|降幅|回落|少|降|减|缩|下滑"
_UP = "增长|新增|净增|增加|上升|提高|提升|升高|增幅|涨幅|扩大|增多|多|升|增|上涨|拓展"
_CHANGE = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:了|率|幅度?|比例|比率|比)?(?:达到?|为|约|近|超|超过)?\Z",
)
# Whatever the verb, a change says by one of these that something became more or less.
MOVES = "增减降升涨跌压缩扩提翻快省节少多高低短精简窄落充实壮延长"
_MOVED = re.compile(rf"(?P<verb>[{MOVES}]{{1,3}}[^\W\d_]?)(?:了|率|幅度?|比例|比率|比)?(?:达到?|为|约|近|超|超过|有|是)?\Z")
_OTHER_RATE = re.compile("占|(?<![增减降升缩长])率")
_FROM = re.compile(r"(?:由|从)[^,]{0,14}\Z")
_TO = re.compile(r"(?:至|到|为|成|达)(?:了|目前的?|现在的?|今年的?|当前的?|[\d]{0,4}年的?)?[^\W\d_]{0,6}\Z")
_BASE = re.compile(
    r"(?:上年|去年|上一年|前年|年初|往年|[改调整优清治并][革整治改化理并]前|此前|之前|原来|原有|原先|原|法定|(?<![目当提以])前|(?:19|20)\d\d年)(?:度)?(?:同期|全年|底|末)?"
)
_COMPARED = re.compile(
    "同比|环比|相比|较|比|与|上年度?|去年|上一年度?|前年|同期|全年|年初|往年|总体|平均|整体|实际|已|共|累计|总|净|分别|又|也|均|则|数量|数|件数|比例|幅度|的|再|约|近|是|为|(?:19|20)\\d\\d年|之前|此前|以来|今年"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年")
NEAR = 16
BETWEEN = 30


class Pair(NamedTuple):
    """What was before and what is now."""

    base: Term
    now: Term

    @property
    def first(self) -> Term:
        """The one that stands first."""
        return min(self.base, self.now, key=lambda term: term.figure.start)

    @property
    def last(self) -> Term:
        """The one that stands last."""
        return max(self.base, self.now, key=lambda term: term.figure.start)


def direction_of(lead: str) -> int:
    """1 for growth, -1 for decline, 0 for neither."""
    change = _CHANGE.search(lead)
    return 0 if not change else -1 if change["down"] else 1


def told_pair(run: Run, index: int) -> Pair | None:
    """由A<whatever verb>至B with the result right behind it, or before it: 由A减至B，检查频次下降C%; 下降C%，由A降至B."""
    terms = run.terms
    result = terms[index]
    if index >= 2 and result.gap.count(",") <= 1 and len(result.gap) <= NEAR:
        a, b = terms[index - 2 : index]
        pair = from_to(a, b) if comparable(a, b) else None
        if pair and _goes_with(run, result, b):
            return pair
    if index + 2 < len(terms) and direction_of(result.lead):
        a, b = terms[index + 1 : index + 3]
        said = re.match("[,(](?P<subject>[^,;。]{0,6})[由从]", a.gap)
        # 年均增长11%，占全市比重由13.9%上升到15.1%: of something else.
        if comparable(a, b) and said and said["subject"] in run.text[run.span.start : result.figure.start] and len(a.gap) <= NEAR:
            return from_to(a, b)
    return None


def comparable(a: Term, b: Term) -> bool:
    """Whether two figures can be compared: of one unit and exact, close to each other."""
    f, g = a.figure, b.figure
    return f.unit == g.unit != "" and f.exact and g.exact and len(b.gap) <= BETWEEN and not re.search("[。;、]", b.gap)


def _goes_with(run: Run, result: Term, now: Term) -> bool:
    """Whether a result is that of the change before it: it repeats its verb or moves, and speaks of nothing else."""
    moved = _MOVED.search(result.lead)
    if not moved or "其中" in result.gap or _OTHER_RATE.search(_MOVED.sub("", result.lead)):
        return False
    subject = _COMPARED.sub("", _CHANGE.sub("", result.lead))
    if len(subject) <= 1 or subject in run.text[run.span.start : result.place]:
        return True
    subject = _COMPARED.sub("", result.lead[: moved.start()])
    before = run.text[run.span.start : now.figure.end]
    pairs = [subject[n : n + 2] for n in range(len(subject) - 1)]
    return not pairs or pairs[-1] in before or (now.figure.unit[-1] in subject and any(pair in before for pair in pairs))


def pair_before(run: Run, index: int) -> Pair | None:
    """The two figures that a change at a place of the row is between."""
    terms = run.terms
    before = [t for t in terms[:index] if t.figure.exact or t.counted]
    # What is itself a change (比上年减少202项，降幅54.3%) is none of the two.
    row = [t for n, t in enumerate(terms[:index]) if not ((direction_of(t.lead) or changed(run, t)) and n > 0 and not _TO.search(t.lead))]
    if len(row) < 2 or not before:
        return None
    a, b = row[-2:]
    if a.figure.unit != b.figure.unit or not a.figure.unit or not a.figure.exact or not b.figure.exact:
        return None
    change = terms[index]
    if change.figure.start - b.figure.end > NEAR + sum(t.figure.end - t.figure.start + len(t.gap) for t in terms[:index] if t not in row):
        return None
    gap = b.gap
    if any("其中" in t.gap for t in terms[:index] if t.figure.start > b.figure.start):
        return None  # the change of a part
    if len(gap) > BETWEEN or "。" in gap or gap.count(",") > 1:
        return None
    if not _same_subject(run, change):
        return None
    if len(row) > 2 and row[-3].figure.unit == b.figure.unit:
        dated = [bool(_BASE.search(t.lead[-24:])) for t in row[-3:]]
        if dated == [False, True, True]:
            return None  # 62%，较2021年的55%提高，2022年为58%: two bases
    return from_to(a, b) or by_time(a, b)


def _same_subject(run: Run, change: Term) -> bool:
    """Whether the clause of a change names nothing that was not spoken of before: 精简22.4%，承诺时限压缩72% is of another thing."""
    rest = _COMPARED.sub("", _CHANGE.sub("", change.lead))
    return not rest or rest in run.text[run.span.start : change.place]


def from_to(a: Term, b: Term) -> Pair | None:
    """由A压减至B."""
    if b.gap.count(",") <= 1 and _FROM.search(a.lead) and _TO.search(b.gap):
        return Pair(a, b)
    if "," not in b.gap and _TO.search(b.gap) and _CHANGE.search(_TO.sub("", b.gap)):
        return Pair(a, b)  # 法定时限30天压缩至10天
    return None


def by_time(a: Term, b: Term) -> Pair | None:
    """B件，较上年的A件; 上年A件，今年B件; 2022年A件、2023年B件."""
    if len(a.lead) > 60:
        return None
    lead_a, lead_b = a.lead[-24:], b.lead[-24:]
    old_a, old_b = _BASE.search(lead_a), _BASE.search(lead_b)
    if old_b and not old_a:
        return Pair(b, a)
    if old_a and not old_b:
        if re.search("今年|本年|现|目前|当前", b.gap) or "," in b.gap:
            return Pair(a, b)
        return None
    if old_a and old_b:
        year_a, year_b = _YEAR.search(lead_a), _YEAR.search(lead_b)
        if year_a and year_b and year_a[1] != year_b[1]:
            return Pair(a, b) if year_a[1] < year_b[1] else Pair(b, a)
        if year_a and not year_b:
            return Pair(b, a)
        if year_b and not year_a:
            return Pair(a, b)
    return None
