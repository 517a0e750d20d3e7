"""What makes a passage concrete: what stands beside a term, not the term itself.

A figure with its unit in the same clause or the two after it; a completed act (the pack's ``acts``) in the same clause.
An act inside a title, a quotation or the term itself is a name and no act.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence

FIGURES_AFTER = 2


def concrete(report: Report, sentence: Sentence, hit: Span | None, terms: Sequence[Span]) -> Span | None:
    """The clause that is concrete beside ``hit`` in a sentence, or anywhere in it when ``hit`` is None."""
    clauses = sentence.clauses
    if hit is None:
        first, last_figure, last_act = 0, len(clauses) - 1, len(clauses) - 1
    else:
        first = next((i for i, clause in enumerate(clauses) if clause.end > hit.start), 0)
        at = next((i for i, clause in enumerate(clauses) if clause.end >= hit.end), first)
        last_figure = min(at + FIGURES_AFTER, len(clauses) - 1)
        last_act = at
    if not clauses:
        return None
    start = clauses[first].start
    for act in report.index.acts_in(sentence):
        if start > act.start or act.end > clauses[last_act].end:
            continue
        # An act that begins the term (组建…队) is one; inside it (执法公示) it is part of a name.
        if not any(term.start < act.start and act.end <= term.end for term in terms):
            return next(c for c in clauses if c.start <= act.start < c.end)
    for figure in report.index.results_in(sentence):
        if start <= figure.start < clauses[last_figure].end:
            return next(c for c in clauses if c.start <= figure.start < c.end)
    return None
