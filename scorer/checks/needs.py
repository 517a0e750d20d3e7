"""What a rule asks beside its check (``needs:``): an amount with its unit in the passages that the verdict rests on."""

from __future__ import annotations

from scorer.checks.base import Case, NearMiss, Outcome
from scorer.rulepack.model import Rule
from scorer.vocabulary import Status

NO_FIGURE = "写了这一项，但没有写明数量；本规则包要求写出带单位的数字"


def needed(case: Case, rule: Rule, outcome: Outcome) -> Outcome:
    """The outcome, or *partial* where it is met without the amount that the rule needs."""
    if rule.needs != "figure" or outcome.status != Status.MET or any(_amount(case, span.start, span.end) for span in outcome.evidence):
        return outcome
    faults = tuple(NearMiss(span, NO_FIGURE) for span in outcome.evidence[:1])
    return outcome._replace(status=Status.PARTIAL, message=f"{NO_FIGURE}。", faults=faults)


def _amount(case: Case, start: int, end: int) -> bool:
    index = case.report.index
    sentences = [s for s in case.report.sentences if s.span.start < end and start < s.span.end]
    return any(start <= figure.start < end for sentence in sentences for figure in index.results_in(sentence))
