"""Kind ``first-responsible``: the principals' own performance of duty (guide: statutory.first-responsible).

Met: an item of its own whose heading, or the opening words of an enumerated point, names it, with at least ``acts``
concrete acts. Partial: named in the past-year part without an item of its own, or an item without concrete acts.
Facets are the duties of 党政主要负责人履行推进法治建设第一责任人职责规定 (2016), shown as covered or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorer.checks.base import EVIDENCE_MAX, PAST_PART, Case, Facet, NearMiss, Outcome
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.rulepack.model import Rule
from scorer.text.sentences import POINT
from scorer.vocabulary import PAST, Role, Status


def evaluate(case: Case, rule: Rule) -> Outcome:
    """See the module's docstring."""
    report = case.report
    need = rule.params["acts"]
    headed = _headed(report)
    own = [s for s in report.sentences if s.role == Role.FIRST or s.owner in headed]
    own = _in_order([*own, *(s for s in report.index.sentences_with("lexicon.first-responsible") if _point(report, s))])
    own_past = [s for s in own if s.role in PAST and not s.future]
    acts = _acts(report, own_past)
    said = report.index.sentences_with("lexicon.first-responsible")
    dealt = [s for s in report.index.sentences_with("lexicon.duty-acts") if _duty(report, s)]
    named = _in_order([s for s in (*said, *dealt) if s.past])
    facets = _facets(report, rule, own_past or named)
    if own_past:
        heading = own_past[0].span
        if len(acts) >= need:
            return Outcome(
                Status.MET, f"有单列的第一责任人履职内容，写有{len(acts)}件具体的事。", (heading, *acts[:EVIDENCE_MAX]), facets=facets
            )
        return Outcome(
            Status.PARTIAL,
            f"有单列的第一责任人履职内容，但{'只有一件' if acts else '没有'}具体的事，以原则表态为主。",
            (heading, *acts),
            facets=facets,
            searched="第一责任人履职部分",
            faults=(NearMiss(heading, "这一部分以原则表态为主，缺少主要负责人做的具体的事"),),
        )
    if named:
        return Outcome(
            Status.PARTIAL,
            "工作部分提到了第一责任人或领导班子抓法治的事，但没有单列一项写主要负责人履职情况。",
            tuple(s.span for s in named[:2]),
            facets=facets,
            searched=PAST_PART,
            faults=(NearMiss(named[0].span, "这里提到了，但没有单列一项写主要负责人履职情况"),),
        )
    near = tuple(NearMiss(s.span, "只在下一年度安排或问题中提到，不是上一年度的履职情况") for s in said[:2])
    return Outcome(
        Status.MISSING, "没有写党政主要负责人履行推进法治建设第一责任人职责的情况。", near=near, facets=facets, searched=PAST_PART
    )


def _in_order(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Each sentence once, in the order of the text; a sentence is known by its place (its figures are dear to compare)."""
    found = {sentence.span.start: sentence for sentence in sentences}
    return [found[start] for start in sorted(found)]


def _duty(report: Report, sentence: Sentence) -> bool:
    """Whether a sentence on the rule of law has the principals or the leading body as actor, without the set phrase."""
    return not sentence.heading and any(
        report.hits.any("lexicon.principals", *clause) or report.hits.any("lexicon.leading-bodies", *clause) for clause in sentence.clauses
    )


def _headed(report: Report) -> frozenset[int]:
    """The headings that name the principals' duty, and all below them."""
    found: set[int] = set()
    for heading in report.headings:
        if heading.parent in found or report.hits.any("lexicon.first-responsible-heading", *heading.title):
            found.add(heading.number)
    return frozenset(found)


def _point(report: Report, sentence: Sentence) -> bool:
    """Whether the sentence begins an enumerated point (一是…) whose opening clause names the principals' duty."""
    if sentence.role not in PAST or not sentence.clauses or sentence.heading:
        return False
    first = sentence.clauses[0]
    return bool(POINT.match(report.text, first.start, first.end)) and report.hits.any("lexicon.first-responsible", *first)


def _acts(report: Report, sentences: Sequence[Sentence]) -> list[Span]:
    """The clauses that tell of a concrete act, each once."""
    found: list[Span] = []
    for sentence in sentences:
        if sentence.heading:
            continue
        acts = report.index.acts_in(sentence)
        results = [Span(f.start, f.end) for f in report.index.results_in(sentence)]
        found.extend(clause for clause in sentence.clauses if any(clause.holds(place) for place in (*acts, *results)))
    return found


def _facets(report: Report, rule: Rule, sentences: Sequence[Sentence]) -> tuple[Facet, ...]:
    result = []
    for facet in rule.params.get("facets", ()):
        name = rule.set(f"facet.{facet['id']}")
        span = next((hit for s in sentences if (hit := report.hits.first(name, *s.span))), None) if report.hits.get(name) else None
        result.append(Facet(f"{'党委' if facet['principal'] == 'party' else '政府'}主要负责人：{facet['title']}", span))
    return tuple(result)
