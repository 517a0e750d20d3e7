"""Kind ``coverage``: whether the past year's part states a concrete act or result of an item, or only names it.

Met: a ``proof`` phrase, or a ``terms`` phrase beside something concrete (see ``concrete``), in a sentence about the past
year that is no heading. Partial: named only - by general verbs, in a heading, among problems or plan, about the future,
or by a ``weak`` neighbour. Missing: nowhere; then ``near`` phrases are shown with the reason why they do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from scorer.checks.base import EVIDENCE_MAX, PAST_PART, Case, NearMiss, Outcome
from scorer.checks.concrete import concrete
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.rulepack.model import Rule
from scorer.text.pairs import pairs_of
from scorer.text.sentences import POINT
from scorer.vocabulary import PAST, Role, Status

CARRIED = 3
LEAD_MAX = 40
ENOUGH = 6
NEAR_PAIRS = 3
NEAR_SHARE = 0.6

_ONLY_IN = "只出现在“"


def evaluate(case: Case, rule: Rule) -> Outcome:
    """See the module's docstring; guide: task.*."""
    report = case.report
    excluded = report.hits.get(rule.set("exclude"))
    terms = _places(report, rule.set("terms"), excluded)
    proof = _places(report, rule.set("proof"), excluded)
    own = [span for _, span in terms]

    met: list[Span] = []
    named: list[tuple[Span, str]] = []
    for sentence, span in proof:
        reason = _not_an_act(sentence)
        if reason:
            named.append((_clause(sentence, span), reason))
        else:
            met.append(_clause(sentence, span))
    for sentence, span in terms:
        if len(met) >= ENOUGH:
            break
        reason = _not_an_act(sentence)
        if sentence.past and (sentence.heading or _leads(report, sentence)):
            carried = _carried(report, sentence, own)
            if carried:
                met.append(carried)
                continue
        if reason:
            named.append((_clause(sentence, span), reason))
            continue
        found = concrete(report, sentence, span, own)
        if found:
            met.append(_join(sentence, span, found))
        else:
            named.append((_clause(sentence, span), "只有原则性表述，缺少数据、文件、具体做法或机制"))
    if met:
        return Outcome(Status.MET, _met_message(met), tuple(_first(met)))
    # What stands among the problems or in the plan was not done: that is said, not that related work was written of.
    named.extend(
        (_clause(sentence, span), NEIGHBOUR if sentence.role in PAST else _not_an_act(sentence))
        for sentence, span in _places(report, rule.set("weak"), excluded)
    )
    if named:
        best = sorted(named, key=lambda item: _rank(item[1]))
        spans = tuple(_first([span for span, _ in best]))
        # A word in another part of the report is no place to mend: the item belongs where the past year is told of.
        faults = tuple(NearMiss(*item) for item in best[:1] if _rank(item[1]) < ELSEWHERE)
        return Outcome(Status.PARTIAL, f"提到了这一事项，但{_reason(best)}。", spans, searched=PAST_PART, faults=faults)
    return Outcome(Status.MISSING, "全文未涉及。", near=_near(report, rule), searched="全文")


def _places(report: Report, name: str, excluded: Sequence[Span]) -> list[tuple[Sentence, Span]]:
    """The hits of a set in the body, each with its sentence; those inside an excluded phrase are left out."""
    located = report.index.located(name)
    return [(s, hit) for s, hit in located if not any(other.holds(hit) for other in excluded)] if excluded else located


def _not_an_act(sentence: Sentence) -> str:
    """Why a sentence cannot tell of a past act, or nothing."""
    if sentence.role not in PAST:
        return f"{_ONLY_IN}{Role(sentence.role).word}”部分"
    if sentence.future:
        return "说的是今后的打算"
    if sentence.heading:
        return "只出现在标题中"
    return ""


ELSEWHERE = 4
NEIGHBOUR = "只写了相关工作，未写本项"
"""Why a ``weak`` phrase does not do."""


def _rank(reason: str) -> int:
    order = ("只有原则", "只出现在标题", "说的是今后", "只写了相关", "只出现在")
    return next((i for i, start in enumerate(order) if reason.startswith(start)), 9)


def _reason(ranked: list[tuple[Span, str]]) -> str:
    """The strongest reason; where an item stands in parts that do not count, all of these parts."""
    first = ranked[0][1]
    parts = dict.fromkeys(reason for _, reason in ranked if reason.startswith(_ONLY_IN))
    if first not in parts or len(parts) == 1:
        return first
    return _ONLY_IN + "”和“".join(part.removeprefix(_ONLY_IN).removesuffix("”部分") for part in parts) + "”部分"


def _leads(report: Report, sentence: Sentence) -> bool:
    """Whether a short sentence opens a point (二是加强行政调解。), so that what follows tells of it."""
    return sentence.span.end - sentence.span.start <= LEAD_MAX and bool(POINT.match(report.text, sentence.span.start, sentence.span.end))


def _carried(report: Report, heading: Sentence, own: list[Span]) -> Span | None:
    """The first concrete passage right under a heading that names the item."""
    index = report.index.place_of(heading)
    for sentence in report.sentences[index + 1 : index + 1 + CARRIED]:
        if sentence.owner != heading.owner or sentence.heading or (not heading.heading and sentence.line != heading.line):
            return None
        if not heading.heading and POINT.match(report.text, sentence.span.start, sentence.span.end):
            return None
        found = None if sentence.future else concrete(report, sentence, None, own)
        if found:
            return found
    return None


def _clause(sentence: Sentence, span: Span) -> Span:
    """The clauses that a hit stands in."""
    inside = [clause for clause in sentence.clauses if clause.overlaps(span)]
    return Span(min(span.start, inside[0].start), max(span.end, inside[-1].end)) if inside else span


def _join(sentence: Sentence, span: Span, found: Span) -> Span:
    whole = _clause(sentence, span)
    return Span(min(whole.start, found.start), max(whole.end, found.end))


def _first(spans: list[Span]) -> list[Span]:
    """A few distinct passages in the order of their strength."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
        if len(kept) == EVIDENCE_MAX:
            break
    return kept


def _met_message(met: list[Span]) -> str:
    count = len(_first(met))
    return "上一年度工作部分写有具体做法或结果。" if count == 1 else f"上一年度工作部分写有具体做法或结果（列出{count}处）。"


def _near(report: Report, rule: Rule) -> tuple[NearMiss, ...]:
    found: list[NearMiss] = []
    for index, entry in enumerate(rule.params.get("near", ())):
        for sentence, span in _places(report, rule.set(f"near.{index}"), ()):
            clause = _clause(sentence, span)
            if all(clause != other.span for other in found):
                found.append(NearMiss(clause, str(entry["because"]).rstrip("。")))
            break
    return tuple(found[:EVIDENCE_MAX]) or _nearest(report, rule)


# Terms are the pack's: the same in every report of an audit.
@lru_cache(maxsize=16384)
def _pairs_of_term(term: str) -> list[str]:
    return pairs_of(term)


def _nearest(report: Report, rule: Rule) -> tuple[NearMiss, ...]:
    """The clause that shares most of a term's pairs of characters: where the reader would think of the item."""
    best: tuple[float, str, Span] | None = None
    present = report.index.past_pairs
    for term in report.hits.literals(rule.set("terms")):
        if len(term) <= NEAR_PAIRS:
            continue
        pairs = _pairs_of_term(term)
        # Most terms end here: not even all their pairs that the report has would be enough.
        most = sum(map(present.__contains__, pairs)) / len(pairs)
        if most < NEAR_SHARE or (best is not None and most <= best[0]):
            continue
        places = [found for pair in pairs if pair in present and (found := report.index.clauses_with(pair))]
        if len(places) / len(pairs) < NEAR_SHARE:
            continue
        for clause, count in Counter(chain.from_iterable(places)).most_common(1):
            if count / len(pairs) >= NEAR_SHARE and (best is None or count / len(pairs) > best[0]):
                best = (count / len(pairs), term, clause)
    return (NearMiss(best[2], f"用字与“{best[1]}”相近，但写的不是这一事项"),) if best else ()
