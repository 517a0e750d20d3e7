"""What a report says in two places that cannot both be right.

The same quantity with two values, a total and its parts in other sections, an act of another year told as this year's,
data of a day after the signature, a signature after the publication, the years of an instrument. Each finding has both
places (``span`` and ``other``; an instrument's years are wrong by themselves) and is certain on the page's own words: whatever
may be of another scope, period or body is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.recount.dated import data_dates, date_order, misdated, told, yet_to_come
from scorer.recount.model import Statement, finding, plain
from scorer.rulepack.model import Instrument
from scorer.text.figures import Figure
from scorer.vocabulary import Role

# Words that say that the figure is of the whole year or the whole place; taken off, the rest names the quantity.
_SCOPE = re.compile(
    r"(?:一年来|过去一年|今年以来|今年|本年度?|全年度?|年内|(?:19|20)\d\d年度?|全[市县区镇省乡州旗局系统街道]{1,2}(?:各级|上下)?|我[市县区镇省乡州旗局]|(?:共计|总计|总共|累计|共)|各级|依法|,|:)+"
)
_WHOLE = re.compile(r"(?<![公中])共(?![享建治同产青])|全年|全[市县区镇省乡州旗局系街]|今年|本年|年内|一年来|过去一年|(?:19|20)\d\d年")
_PERIOD = re.compile(
    r"累计|以来|上半年|下半年|季度|月|历年|近[一二三四五两\d]|其中|自|上年|去年|同期|前年|截至|[-至](?:19|20)\d\d|日均|每[年月日]|平均|计划|力争|目标|拟"
)
_BODY = re.compile(r"[^\W\d_]{2,8}(?:局|委(?![员托])|厅|镇|乡|街道|法院|检察院|公司|中心|支队|大队|所(?![有属在])|站|科室)(?![政级])")
# Events are counted by what they are about, which their own clause need not say again.
_COUNTED = ("件", "起", "宗", "例", "份", "部", "户", "家", "元", "件次")
_KEY_MIN, _KEY_MAX = 4, 24
# What is counted by how often it was done, and rates: only a slip of the hand makes two values of one (14520 and 12540).
_SLIP_DIGITS, _SLIPS = 3, 2
_REACHES = re.compile("(?:达到?|为|是|均|保持在)*\\Z")
_TWO_KINDS = re.compile(r"(?P<left>[^、]{3,120}?)[、和及与](?P<second>[^、]{2,8}?)等?[两二][类项种](?P<noun>[^、]{2,10})")
_TOTAL_OF = re.compile(r"(?P<verb>[^\W\d_]{2,4}?)(?P<first>[^\W\d_、]{2,10})(?:、|和|及|与)(?P<second>[^\W\d_、]{2,10})")
PERIOD_MAX = 8


class _Quantity(NamedTuple):
    key: str
    figure: Figure
    place: Span
    sentence: Sentence


def find_disagreements(report: Report, instruments: Sequence[Instrument]) -> tuple[Statement, ...]:
    """All findings across the document, in the order of their first place."""
    stated = list(quantities(report))
    dated = list(told(report))
    found = chain(
        _repeated(report, stated),
        _sums(report, stated),
        misdated(report, dated),
        yet_to_come(report, dated),
        data_dates(report),
        date_order(report),
        _instruments(report, instruments),
    )
    return tuple(sorted(found, key=lambda s: s.span.start))


# ---- quantities


def quantities(report: Report) -> Iterator[_Quantity]:
    """The figures of the past year that are stated for the whole place and the whole year, with what they count."""
    text, year = report.text, report.metadata.report_year
    for sentence in report.sentences:
        if not sentence.figures or sentence.future or sentence.role not in (Role.MEASURES, Role.FIRST, Role.PREAMBLE, Role.OTHER):
            continue
        opening = text[sentence.span.start : sentence.figures[-1].start]
        if not ("共" in opening or "全" in opening or "年" in opening):
            continue
        for figure in sentence.figures:
            if not figure.unit or not figure.exact:
                continue
            clause = next((c for c in sentence.clauses if c.start <= figure.start < c.end), sentence.span)
            lead = text[clause.start : figure.start]
            # A second figure of a clause counts a part of the first, or something else of the same subject.
            if len(lead) > 40 or any(clause.start <= f.start < figure.start for f in sentence.figures):
                continue
            before = text[sentence.span.start : clause.start]
            # 2023年，…: a clause of its own that says no more than the period.
            period = before.rstrip(",:").rpartition(",")[2]
            stated = _WHOLE.search(lead) or (len(period) <= PERIOD_MAX and _WHOLE.search(period))
            if not stated or _PERIOD.search(lead):
                continue
            if _other_year(lead, year) or _other_year(before, year) or "其中" in before or "累计" in before:
                continue
            if _BODY.search(_SCOPE.sub("", lead)) or (not re.search("全[年市县区镇省乡州旗局]", lead) and _BODY.search(before)):
                continue
            key = _key(lead)
            if figure.rate and not (key := _REACHES.sub("", key)).endswith("率"):
                continue
            if _KEY_MIN <= len(key) <= _KEY_MAX:
                yield _Quantity(key, figure, Span(clause.start, figure.end), sentence)


def _key(lead: str) -> str:
    return _SCOPE.sub("", lead)


def _other_year(words: str, year: int | None) -> bool:
    return any(int(found) != year for found in re.findall(r"((?:19|20)\d\d)年", words))


def _repeated(report: Report, quantities: Sequence[_Quantity]) -> Iterator[Statement]:
    """The same quantity with two values."""
    by_key: dict[tuple[str, str], list[_Quantity]] = {}
    for quantity in quantities:
        by_key.setdefault((quantity.key, quantity.figure.unit), []).append(quantity)
    for same in by_key.values():
        values = {quantity.figure.value for quantity in same}
        # Three values of one wording are three things that are called the same.
        if len(values) != 2:
            continue
        first = same[0]
        second = next(q for q in same if q.figure.value != first.figure.value)
        if first.sentence.span == second.sentence.span or roughly(first.figure, second.figure):
            continue
        if first.figure.unit not in _COUNTED and not _slipped(first.figure, second.figure):
            continue
        one, two = (report.text[q.figure.start : q.figure.end] for q in (first, second))
        yield finding("same-quantity", first.place, second.place, one, two, f"{one}与{two}不同")


def _slipped(one: Figure, other: Figure) -> bool:
    """Whether two numbers differ as by a slip: as many digits, one wrong or two changed over."""
    a, b = (str(f.value).replace(".", "") for f in (one, other))
    if one.step != other.step or len(a) != len(b) or len(a) < _SLIP_DIGITS:
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(differing) == 1 or (len(differing) == _SLIPS and sorted(x for x, _ in differing) == sorted(y for _, y in differing))


def roughly(one: Figure, other: Figure) -> bool:
    """Whether one is the other rounded: 1.2万件 and 12043件."""
    coarse, fine = (one, other) if one.step > other.step else (other, one)
    return coarse.step > fine.step and coarse.value - coarse.step / 2 <= fine.value < coarse.value + coarse.step


def _sums(report: Report, quantities: Sequence[_Quantity]) -> Iterator[Statement]:
    """A total of two named things (办理行政复议、行政应诉案件215件) against the figure of each elsewhere."""
    text = report.text
    for total in quantities:
        for parts in _divisions(quantities, total):
            if all(parts):
                a, b = parts
                assert a is not None and b is not None
                value = a.figure.value + b.figure.value
                if value != total.figure.value and not any(q.figure.scale > 1 for q in (a, b, total)):
                    formula = f"{plain(a.figure.value)}+{plain(b.figure.value)}={plain(value)}"
                    other = b.place if a.sentence.span == total.sentence.span else a.place
                    shown = f"{plain(value)}{total.figure.unit}"
                    yield finding("sum", total.place, other, text[total.figure.start : total.figure.end], shown, formula)
                break


def _divisions(quantities: Sequence[_Quantity], total: _Quantity) -> Iterator[list[_Quantity | None]]:
    """The two parts of a total elsewhere, in every way it can be read."""
    kinds = _TWO_KINDS.fullmatch(total.key)
    if kinds:
        # 作出城管、农业两类行政处罚: 作出城管类行政处罚 and 作出农业类行政处罚
        left, second, noun = kinds["left"], kinds["second"], kinds["noun"]
        own = [(q, q.key.removesuffix(noun).removesuffix("类")) for q in quantities if q.key.endswith(noun) and _apart(q, total)]
        yield [
            _sole([q for q, core in own if len(core) > 2 and left.endswith(core)]),
            _sole([q for q, core in own if core.endswith(second) and core.removesuffix(second) in left]),
        ]
    elif _TOTAL_OF.fullmatch(total.key):
        for split in range(2, 5):
            verb, first, second = _named(total.key, split)
            if first and second:
                yield [_only(quantities, total, verb, name, second) for name in (first, second)]


def _apart(one: _Quantity, other: _Quantity) -> bool:
    return one.figure.unit == other.figure.unit and one.sentence.span != other.sentence.span


def _sole(found: Sequence[_Quantity]) -> _Quantity | None:
    return found[0] if found and len({q.figure.value for q in found}) == 1 else None


def _named(key: str, split: int) -> tuple[str, str, str]:
    verb, rest = key[:split], key[split:]
    first, _, second = re.sub("[和及与]", "、", rest, count=1).partition("、")
    return verb, first, second


def _only(quantities: Sequence[_Quantity], total: _Quantity, verb: str, name: str, second: str) -> _Quantity | None:
    """The one quantity of that name in another sentence: 行政复议 of 行政复议、行政应诉案件 is 行政复议案件."""
    wanted = {verb + name, name, *(verb + name + second[-n:] for n in (2, 3)), *(name + second[-n:] for n in (2, 3))}
    return _sole([q for q in quantities if q.key in wanted and _apart(q, total)])


# ---- instruments


def _instruments(report: Report, instruments: Sequence[Instrument]) -> Iterator[Statement]:
    """An instrument cited with years that are not its own: 《法治政府建设实施纲要(2022-2025年)》."""
    text = report.text
    for instrument in instruments:
        for name in instrument.names:
            at = text.find(name)
            while at >= 0:
                after = _CITED.match(text, at + len(name))
                if after and not _local(text, at) and (int(after["first"]), int(after["last"])) not in instrument.years:
                    right = "、".join(f"{first}—{last}年" for first, last in instrument.years)
                    start = at - 1 if text[at - 1 : at] in ("《", '"') else at
                    yield finding(
                        "instrument-years",
                        Span(start, after.end()),
                        None,
                        f"{after['first']}—{after['last']}年",
                        right,
                        f"{name}的年份为{right}",
                    )
                at = text.find(name, at + len(name))


_CITED = re.compile(r"[\"》]?\((?P<first>(?:19|20)\d\d)年?[-至~](?P<last>(?:19|20)\d\d)年?\)》?")


def _local(text: str, at: int) -> bool:
    """Whether a place name stands before it: a local instrument of the same kind has years of its own."""
    before = text[max(0, at - 1) : at]
    return (
        bool(before)
        and before not in '《",。;:、\n和及与彻照据按实'
        and not text.endswith(("贯彻", "落实", "国务院", "印发", "实施", "中共中央", "国家"), 0, at)
    )
