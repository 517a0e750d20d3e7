"""Statements whose figures determine one another, recomputed.

Only what cannot be read otherwise is called inconsistent; where it is not certain that figures belong together the
statement is passed over. The printed figure is right when it is the computed one rounded, or cut off, to the printed
digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.units import Sentence
from scorer.text.figures import Figure

CONSISTENT, INCONSISTENT = "consistent", "inconsistent"
MAX_FIGURES = 60
MAX_SENTENCE = 3000
_RATE_WORD = re.compile(r"(?P<stem>[^\W\da-zA-Z_]{1,6}?)(?:率|占比|比例)(?:均|分别|也|已)?(?:达到了?|达|为|是|到|约|高达|提升至|升至)?$")
_SHARE_WORD = re.compile(r"(?:占(?:[^\W\da-zA-Z_]{0,8}?(?:总数|全部|总量|总额)?的?)?|占比(?:达|为)?)$")
_FROM = re.compile(r"(?:由|从)(?:[^\Wa-zA-Z_]{0,10}?的)?$")
_TO = re.compile(
    r"(?:压减|压缩|精简|缩减|减少|下降|降低|缩短|降|减|增加|增长|上升|提高|提升|增|升|调整|扩大|扩展|合并|整合)?(?:至|到|为)(?:[^\Wa-zA-Z_]{0,8}?的)?$"
)
_CHANGE = re.compile(
    r"(?P<down>精减|收回|取消|核减|净减|减掉|精简|压减|压缩|缩减|减少|减幅|下降|降低|缩短|降幅|降|减)|(?P<up>增长|新增|净增|增至|增加|上升|提高|提升|增幅|升|增)"
)
_BASE = re.compile(
    r"(?:较|比|同比|相比|与)(?:上年度?|去年|上一年度?|前年|(?:19|20)\d\d年|往年|上年同期|去年同期|改革前|之前|整治前)?(?:同期|全年)?的?$"
)
_ALL = re.compile(r"全部(?:办结|审结|完成|整改|办理|处理|化解|答复|回复|录入|公示|报备|按[^\W\da-zA-Z_]{2,4})")
_TOTAL = re.compile(r"(?:合计|共计|总计|累计|一共|共)(?:[^\W\da-zA-Z_]{0,4})?$")
_AMONG = re.compile(r"其中[:,]?|分别(?:是|为)")
_SHARE_OF = re.compile(r"占(?:[^\W\da-zA-Z_]{0,14})$")
_REST = re.compile(r"(?:其余|余下|剩余|其他|另外|另有|余)的?$")
_OPEN = re.compile(r"等(?!级)|含|包括")


class Statement(NamedTuple):
    """One recomputed statement. ``printed`` is what the text says, ``computed`` what follows from its other figures,
    ``formula`` how; ``kind`` is rate, share, change, total or difference."""

    span: Span
    kind: str
    printed: str
    computed: str
    formula: str
    verdict: str


def agrees(printed: Decimal, digits: int, computed: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether ``printed`` with ``digits`` decimals is ``computed`` rounded or cut off to them.

    ``slack`` is by how much the computed value itself can be off, where it comes from figures rounded to 万.
    """
    step = Decimal(1).scaleb(-digits)
    return printed - step / 2 <= computed + slack and computed - slack < printed + step


def _share_slack(part: Figure, whole: Figure) -> Decimal:
    """How far a percentage can be off because its figures were rounded (1.2万 stands for 11,500 to 13,000)."""
    loose = sum((f.scale * Decimal(1).scaleb(-f.digits) / f.value for f in (part, whole) if f.scale > 1 and f.value), Decimal(0))
    return loose * part.value * 100 / whole.value


def find_statements(text: str, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """All checkable statements of the body in order."""
    found: list[Statement] = []
    for sentence in sentences:
        if not 2 <= len(sentence.figures) <= MAX_FIGURES or sentence.span.end - sentence.span.start > MAX_SENTENCE:
            continue
        for statement in (
            *_rates(text, sentence),
            *_shares(text, sentence),
            *_changes(text, sentence),
            *_totals(text, sentence),
            *_listed(text, sentence),
            *_rests(text, sentence),
        ):
            if not any(statement.span.overlaps(other.span) and other.kind == statement.kind for other in found):
                found.append(statement)
    return tuple(sorted(found, key=lambda s: s.span.start))


def _shown(value: Decimal, unit: str) -> str:
    text = f"{value.normalize():f}" if value == value.to_integral() else f"{value:f}"
    return text + unit


def _statement(span: Span, kind: str, printed: Figure, text: str, computed: Decimal, formula: str, right: bool) -> Statement:
    digits = max(printed.digits, 1)
    value = computed.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    shown = text[printed.start : printed.end]
    unit = printed.unit if printed.rate else re.sub(r"^[\d.,万亿千百]+", "", shown)
    if not printed.rate and computed == computed.to_integral():
        value = computed.to_integral()
    return Statement(span, kind, shown, _shown(value, unit), formula, CONSISTENT if right else INCONSISTENT)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _counts(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.rate and figure.unit and figure.unit != "个百分点"]


def _rates(text: str, sentence: Sentence) -> Iterator[Statement]:
    """Whole, part and rate: 受理A件，办结B件，办结率C%."""
    for rate in sentence.figures:
        if rate.unit != "%" or not rate.exact:
            continue
        before = text[sentence.span.start : rate.start]
        word = _RATE_WORD.search(before)
        counts = [figure for figure in _counts(sentence.figures) if figure.end <= rate.start and figure.exact]
        if not word or not counts:
            continue
        stems = _stems(word["stem"])
        last = counts[-1]
        all_done = _ALL.search(text, last.end, rate.start)
        if all_done and text[last.end : rate.start].count(",") <= 3:
            right = agrees(rate.value, rate.digits, Decimal(100))
            if right:
                yield _statement(Span(_begin(sentence, last), rate.end), "rate", rate, text, Decimal(100), "全部完成即100%", True)
            continue
        pairs = [
            (whole, part)
            for i, whole in enumerate(counts)
            for part in counts[i + 1 :]
            if whole.unit == part.unit and whole.value >= part.value >= 0 and whole.value > 0
        ]
        over = [(whole, part) for whole, part in pairwise(counts) if whole.unit == part.unit and part.value > whole.value > 0]
        if rate.value > 100 and over and over[-1][1] is last and any(stem in text[over[-1][0].end : last.start] for stem in stems):
            yield _rate(text, sentence, *over[-1], rate, False)
            continue
        fitting = [
            pair for pair in pairs if agrees(rate.value, rate.digits, pair[1].value * 100 / pair[0].value, _share_slack(pair[1], pair[0]))
        ]
        if not fitting and pairs and "不" in text[counts[-2].end : rate.start]:
            # 不合格5卷，合格率97.9%: the rate is that of the others.
            whole, part = pairs[-1]
            others = (whole.value - part.value) * 100 / whole.value
            if agrees(rate.value, rate.digits, others):
                formula = (
                    f"({_plain(whole.value)}-{_plain(part.value)})÷{_plain(whole.value)}={others.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
                )
                yield _statement(Span(_begin(sentence, whole), rate.end), "rate", rate, text, others, formula, True)
            continue
        if fitting:
            whole, part = fitting[-1]
            if rate.value == 100 and not any(stem in text[sentence.span.start : part.end] for stem in stems):
                continue
            yield _rate(text, sentence, whole, part, rate, True)
            continue
        # Inconsistent only when the part is the figure of the very thing the rate is called after, right before it.
        if len(counts) < 2 or counts[-2].unit != last.unit:
            continue
        whole = counts[-2]
        clause = text[whole.end : last.start]
        if (
            not any(stem in clause for stem in stems)
            or text[last.end : rate.start].count(",") > 1
            or _OPEN.search(clause)
            or whole.value < last.value
            or whole.value <= 0
        ):
            continue
        if any(f.rate for f in sentence.figures if whole.start < f.start < rate.start):
            continue
        yield _rate(text, sentence, whole, last, rate, False)


def _shares(text: str, sentence: Sentence) -> Iterator[Statement]:
    """A part, its whole and its share: A件，占全部B件的C%; B件，其中A件，占C%."""
    figures = sentence.figures
    for index, rate in enumerate(figures):
        if rate.unit != "%" or not rate.exact or index < 2:
            continue
        before = figures[index - 1]
        counts = [figure for figure in _counts(figures[:index]) if figure.exact]
        if before in counts and text[before.end : rate.start] in ("的", "") and _SHARE_OF.search(text, sentence.span.start, before.start):
            part = next((f for f in reversed(counts[:-1]) if f.unit == before.unit and f.value <= before.value and before.value > 0), None)
            if part is not None and text[part.end : before.start].count(",") <= 1:
                yield _share(
                    text,
                    sentence,
                    before,
                    part,
                    rate,
                    agrees(rate.value, rate.digits, part.value * 100 / before.value, _share_slack(part, before)),
                )
        elif counts and re.search(r",(?:占|占比)(?:达|为|总数的?|全部的?|全县的?|全市的?|全区的?)?$", text[counts[-1].end : rate.start]):
            part = counts[-1]
            wholes = [f for f in counts[:-1] if f.unit == part.unit and f.value >= part.value and f.value > 0]
            right = [f for f in wholes if agrees(rate.value, rate.digits, part.value * 100 / f.value, _share_slack(part, f))]
            if right:
                yield _share(text, sentence, right[-1], part, rate, True)
            elif wholes and wholes[-1] is counts[-2] and re.search("其中|中,", text[wholes[-1].end : part.start]):
                yield _share(text, sentence, wholes[-1], part, rate, False)


def _share(text: str, sentence: Sentence, whole: Figure, part: Figure, rate: Figure, right: bool) -> Statement:
    computed = part.value * 100 / whole.value
    formula = f"{_plain(part.value)}÷{_plain(whole.value)}={computed.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
    first = min(whole, part, key=lambda figure: figure.start)
    return _statement(Span(_begin(sentence, first), rate.end), "share", rate, text, computed, formula, right)


def _rests(text: str, sentence: Sentence) -> Iterator[Statement]:
    """A whole, what is done of it, and the rest: 受理A件，办结B件，其余C件.

    Only where these three are the only figures of their unit: with more, the rest may be that of another whole.
    """
    counts = _counts(sentence.figures)
    for index, rest in enumerate(counts):
        if not _REST.search(text[sentence.span.start : rest.start]) or not rest.exact:
            continue
        before = [figure for figure in counts[:index] if figure.unit == rest.unit]
        if len(before) != 2 or counts[index - 1] is not before[1] or not all(figure.exact for figure in before):
            continue
        whole, done = before
        left = whole.value - done.value
        if left < 0 or text[whole.end : done.start].count(",") > 1 or text[done.end : rest.start].count(",") > 1:
            continue
        formula = f"{_plain(whole.value)}-{_plain(done.value)}={_plain(left)}"
        yield _statement(Span(_begin(sentence, whole), rest.end), "difference", rest, text, left, formula, left == rest.value)


def _stems(name: str) -> tuple[str, ...]:
    """The pairs of characters in the name of a rate: 出庭应诉(率) -> 应诉, 庭应, 出庭."""
    tail = name[-4:]
    return tuple(tail[i : i + 2] for i in range(len(tail) - 2, -1, -1)) or (name,)


def _begin(sentence: Sentence, figure: Figure) -> int:
    return next((c.start for c in sentence.clauses if c.start <= figure.start < c.end), figure.start)


def _rate(text: str, sentence: Sentence, whole: Figure, part: Figure, rate: Figure, right: bool) -> Statement:
    computed = part.value * 100 / whole.value
    rounded = computed.quantize(Decimal("0.01"), ROUND_HALF_UP)
    formula = f"{_plain(part.value)}÷{_plain(whole.value)}={rounded}%"
    return _statement(Span(_begin(sentence, whole), rate.end), "rate", rate, text, computed, formula, right)


def _changes(text: str, sentence: Sentence) -> Iterator[Statement]:
    """From A to B with its rate or difference: 由372项压减至170项，精减54.3%."""
    figures = sentence.figures
    yield from _compared(text, sentence)
    for first, second in pairwise(figures):
        if first.unit != second.unit or not first.exact or not second.exact or not first.unit:
            continue
        if (
            not _FROM.search(text[sentence.span.start : first.start])
            or not _TO.search(text[first.end : second.start])
            or "," in text[first.end : second.start]
        ):
            continue
        after = [figure for figure in figures if figure.start >= second.end][:1]
        for third in after:
            between = text[second.end : third.start]
            change = _CHANGE.search(between)
            if not change or len(between) > 12 or not third.exact or first.value == 0:
                continue
            delta = second.value - first.value
            if (change["down"] and delta > 0) or (change["up"] and delta < 0):
                continue
            span = Span(_begin(sentence, first), third.end)
            if third.unit == "%" and not first.rate:
                computed = abs(delta) * 100 / first.value
                formula = f"|{_plain(second.value)}-{_plain(first.value)}|÷{_plain(first.value)}={computed.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
                yield _statement(span, "change", third, text, computed, formula, agrees(third.value, third.digits, computed))
            elif third.unit == first.unit or (first.rate and third.unit == "个百分点"):
                formula = f"|{_plain(second.value)}-{_plain(first.value)}|={_plain(abs(delta))}"
                yield _statement(span, "difference", third, text, abs(delta), formula, third.value == abs(delta))


def _compared(text: str, sentence: Sentence) -> Iterator[Statement]:
    """A figure, the one of the year before, and the growth: 1042件，较上年的921件增长13.1%."""
    figures = sentence.figures
    for index, base in enumerate(figures[:-1]):
        rate = figures[index + 1]
        if index == 0 or not _BASE.search(text[sentence.span.start : base.start]) or not base.exact or not rate.exact or not base.value:
            continue
        between = text[base.end : rate.start]
        change = _CHANGE.search(between)
        now = next((f for f in reversed(figures[:index]) if f.unit == base.unit and f.exact and not f.rate), None)
        if now is None or not change or len(between) > 8 or now.unit != base.unit or not now.unit or now.start < base.start - 40:
            continue
        delta = now.value - base.value
        if (change["down"] and delta > 0) or (change["up"] and delta < 0):
            continue
        span = Span(_begin(sentence, now), rate.end)
        if rate.unit == "%":
            computed = abs(delta) * 100 / base.value
            formula = (
                f"|{_plain(now.value)}-{_plain(base.value)}|÷{_plain(base.value)}={computed.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
            )
            yield _statement(span, "change", rate, text, computed, formula, agrees(rate.value, rate.digits, computed))
        elif rate.unit == base.unit:
            formula = f"|{_plain(now.value)}-{_plain(base.value)}|={_plain(abs(delta))}"
            yield _statement(span, "difference", rate, text, abs(delta), formula, rate.value == abs(delta))


def _listed(text: str, sentence: Sentence) -> Iterator[Statement]:
    """A whole followed by parts that make it up without saying so (120卷，优秀31卷、合格84卷、不合格5卷): only ever consistent."""
    figures = _counts(sentence.figures)
    for index, whole in enumerate(figures):
        total, last = Decimal(0), whole
        for count, part in enumerate(figures[index + 1 : index + 7], 1):
            gap = text[last.end : part.start]
            if part.unit != whole.unit or not part.exact or len(gap) > 16 or _AMONG.search(gap):
                break
            total, last = total + part.value, part
            if total == whole.value and count >= 2:
                formula = f"{'+'.join(_plain(p.value) for p in figures[index + 1 : index + 1 + count])}={_plain(total)}"
                yield _statement(Span(_begin(sentence, whole), part.end), "total", whole, text, total, formula, True)
                break
            if total > whole.value:
                break


def _slip(total: Decimal, whole: Decimal) -> bool:
    """Parts that miss the whole by so little that a part left out is less likely than a wrong figure."""
    return whole >= 20 and whole - total <= max(Decimal(1), whole * 2 / 100)


def _totals(text: str, sentence: Sentence) -> Iterator[Statement]:
    """A whole with all of its parts: 共A件，其中甲B件、乙C件; 甲B件、乙C件，共计A件."""
    figures = sentence.figures
    for among in _AMONG.finditer(text, sentence.span.start, sentence.span.end):
        before = [f for f in figures if f.end <= among.start()]
        if not before or not before[-1].exact or before[-1].rate or among.start() - before[-1].end > 12:
            continue
        whole = before[-1]
        parts: list[Figure] = []
        for figure in figures:
            if figure.start < among.end():
                continue
            if figure.unit != whole.unit or not figure.exact:
                break
            parts.append(figure)
            if len(parts) > 1 and sum(part.value for part in parts) == whole.value:
                break  # what follows the complete parts is another count
        if len(parts) < 2 or "结转" in text[whole.start : parts[-1].end + 6]:
            continue
        total = sum((part.value for part in parts), Decimal(0))
        formula = f"{'+'.join(_plain(part.value) for part in parts)}={_plain(total)}"
        span = Span(_begin(sentence, whole), parts[-1].end)
        if total == whole.value:
            yield _statement(span, "total", whole, text, total, formula, True)
        elif not _OPEN.search(text[among.end() : parts[-1].end + 1]) and (
            total > whole.value or _slip(total, whole.value) or (text.startswith("分别", among.start()) and len(parts) >= 2)
        ):
            yield _statement(span, "total", whole, text, total, formula, False)
    for index, whole in enumerate(figures):
        if index < 2 or not whole.exact or whole.rate or not whole.unit:
            continue
        clause_start = max((c.start for c in sentence.clauses if c.start <= whole.start), default=sentence.span.start)
        lead = text[max(figures[index - 1].end, clause_start) : whole.start]
        if not re.fullmatch(r"[,、]?(?:两项|二者|三项)?(?:合计|共计|总计|共)", lead.strip()):
            continue
        parts = []
        for figure in reversed(figures[:index]):
            if figure.unit != whole.unit or not figure.exact:
                break
            parts.insert(0, figure)
            lead_in = text[sentence.span.start : figure.start]
            if lead_in.endswith(("其中", "共", "总")):
                parts.clear()
                break
        if len(parts) < 2:
            continue
        total = sum((part.value for part in parts), Decimal(0))
        formula = f"{'+'.join(_plain(part.value) for part in parts)}={_plain(total)}"
        span = Span(_begin(sentence, parts[0]), whole.end)
        joined = all(len(text[a.end : b.start]) <= 14 for a, b in pairwise(parts))
        if total == whole.value or joined:
            yield _statement(span, "total", whole, text, total, formula, total == whole.value)
