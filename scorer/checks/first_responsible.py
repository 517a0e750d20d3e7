"""Kind ``first-responsible``: the principals' own performance of duty (guide: statutory.first-responsible).

Met: an item of its own whose heading, or the opening words of an enumerated point, names it, with at least ``acts``
concrete acts of the principal persons or the leading body. Partial: named in the past-year part without an item of its own,
or an item without such acts. Facets are the duties of 党政主要负责人履行推进法治建设第一责任人职责规定 (2016), ticked only by
acts of the person or the body concerned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scorer.checks.actors import GOVERNMENT, PARTY, Deed, deeds, lead_of
from scorer.checks.base import EVIDENCE_MAX, PAST_PART, Act, Case, Facet, NearMiss, Outcome
from scorer.checks.concrete import FIGURES_AFTER
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.rulepack.model import Rule
from scorer.text.sentences import POINT
from scorer.vocabulary import PAST, Actor, Certainty, Role, Status

ACTS_MAX = 40
NOT_OWN = "没有一件写明是主要负责人本人做的，请补写本人主持、批示、调研、出庭等具体的事。"


def evaluate(case: Case, rule: Rule) -> Outcome:
    """See the module's docstring."""
    report = case.report
    headed = _headed(report)
    own = [s for s in report.sentences if s.role == Role.FIRST or s.owner in headed]
    own = _in_order([*own, *_points(report)])
    own_past = [s for s in own if s.role in PAST and not s.future]
    said = report.index.sentences_with("lexicon.first-responsible")
    dealt = [s for s in report.index.sentences_with("lexicon.duty-acts") if _duty(report, s)]
    named = _in_order([s for s in (*said, *dealt) if s.past])
    done = deeds(report, own_past or named, case.reading, lead_of(report, own_past))
    outcome = _own(own_past, done, rule.params["acts"]) if own_past else _named(named, said, done)
    return outcome._replace(
        facets=_facets(report, rule, done),
        acts=tuple(Act(deed.subject.actor, deed.span) for deed in done[:ACTS_MAX]),
    )


def _own(sentences: Sequence[Sentence], done: Sequence[Deed], need: int) -> Outcome:
    """The verdict where an item of its own stands."""
    heading = sentences[0].span
    counted = [deed for deed in done if deed.counts]
    counts = Counter(deed.subject.actor for deed in done)
    shown = "、".join(f"{actor.word}{counts[actor]}件" for actor in Actor if counts[actor])
    lacks = "" if counts[Actor.PRINCIPAL] else NOT_OWN
    spans = _evidence(counted)
    if len(counted) >= need:
        message = f"有单列的第一责任人履职内容，写有{len(counted)}件具体的事（{shown}）"
        outcome = Outcome(Status.MET, f"{message}，但{lacks}" if lacks else f"{message}。", (heading, *spans[:EVIDENCE_MAX]))
        return outcome if sum(deed.sure for deed in counted) >= need else _doubted(outcome, counted)
    if done and not counted:
        words = "写的是其他机关做的事，没有主要负责人或者领导班子做的具体的事。"
    else:
        words = f"但{'只有一件' if counted else '没有'}具体的事{'（' + shown + '）' if counted else ''}，以原则表态为主。{'写出的事' + lacks if counted and lacks else ''}"
    return Outcome(
        Status.PARTIAL,
        f"有单列的第一责任人履职内容，{words}",
        (heading, *spans),
        searched="第一责任人履职部分",
        faults=(NearMiss(heading, "这一部分以原则表态为主，缺少主要负责人做的具体的事"),),
    )


def _doubted(outcome: Outcome, counted: Sequence[Deed]) -> Outcome:
    """A verdict that rests on acts of which only one reader is sure who did them."""
    views = tuple(NearMiss(deed.span, "这是不是主要负责人或者领导班子做的具体的事，两种读法不一致") for deed in counted if not deed.sure)
    return outcome._replace(certainty=Certainty.CHECK, confidence=0.8, readers=views[:EVIDENCE_MAX])


def _named(named: Sequence[Sentence], said: Sequence[Sentence], done: Sequence[Deed]) -> Outcome:
    """The verdict without an item of its own."""
    if named:
        lacks = "" if any(deed.subject.actor == Actor.PRINCIPAL for deed in done) else "也没有写明主要负责人本人做了哪些具体的事。"
        return Outcome(
            Status.PARTIAL,
            f"工作部分提到了第一责任人或领导班子抓法治的事，但没有单列一项写主要负责人履职情况{'，' + lacks if lacks else '。'}",
            tuple(s.span for s in named[:2]),
            searched=PAST_PART,
            faults=(NearMiss(named[0].span, "这里提到了，但没有单列一项写主要负责人履职情况"),),
        )
    near = tuple(NearMiss(s.span, "只在下一年度安排或问题中提到，不是上一年度的履职情况") for s in said[:2])
    return Outcome(Status.MISSING, "没有写党政主要负责人履行推进法治建设第一责任人职责的情况。", near=near, searched=PAST_PART)


def _evidence(done: Sequence[Deed]) -> list[Span]:
    """The passages of acts, those of the principal person first, each group in the order of the text."""
    order = (Actor.PRINCIPAL, Actor.BODY, Actor.UNNAMED)
    best = sorted(done, key=lambda deed: order.index(deed.subject.actor))[:EVIDENCE_MAX]
    return sorted(deed.span for deed in best)


def _points(report: Report) -> list[Sentence]:
    """The sentences of the points that name the principals' duty: where the point's own full stop follows, all of the point."""
    found: list[Sentence] = []
    for sentence in report.index.sentences_with("lexicon.first-responsible"):
        if not _point(report, sentence):
            continue
        found.append(sentence)
        for later in report.sentences[report.index.place_of(sentence) + 1 :]:
            if later.line != sentence.line or later.heading or POINT.match(report.text, *later.span):
                break
            found.append(later)
    return found


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


def _facets(report: Report, rule: Rule, done: Sequence[Deed]) -> tuple[Facet, ...]:
    result = []
    for facet in rule.params.get("facets", ()):
        name = rule.set(f"facet.{facet['id']}")
        side = PARTY if facet["principal"] == "party" else GOVERNMENT
        acts = [deed for deed in done if deed.counts and side in deed.subject.sides]
        span = next((hit for deed in acts if (hit := report.hits.first(name, *_reach(deed)))), None) if report.hits.get(name) else None
        result.append(Facet(f"{'党委' if side == PARTY else '政府'}主要负责人：{facet['title']}", span))
    return tuple(result)


def _reach(deed: Deed) -> Span:
    """Where the matter of an act may stand: its clause and the few before it, whose figure it may carry."""
    clauses = deed.sentence.clauses
    at = next((number for number, clause in enumerate(clauses) if clause.end > deed.span.start), 0)
    return Span(clauses[max(0, at - FIGURES_AFTER)].start, deed.span.end)
