"""What makes a passage concrete: what stands beside a term, not the term itself.

A figure with its unit in the same clause or the two after it; a completed act (the pack's ``acts``) in the same clause
or the next. An act inside a title, a quotation or the term itself is a name and no act.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence

FIGURES_AFTER = 2
ACTS_AFTER = 1
_NAMES = re.compile(r"《[^》]*》|\"[^\"]{0,30}\"")
_NOT_DONE = re.compile(r"(?:未|没有|尚未|未能|要|将|拟|须|需|应当|应|必须|不得|以便|旨在|为了?|着力|努力|加快|致力|致力于|全力|大力|不断|继续|进一步|推动|引导|促进)$")


@dataclass(frozen=True, slots=True)
class Concrete:
    """The passage that is concrete, and whether by a figure or by an act."""

    span: Span
    by: str


def concrete(report: Report, sentence: Sentence, hit: Span | None, terms: Sequence[Span]) -> Concrete | None:
    """What is concrete beside ``hit`` in a sentence, or anywhere in it when ``hit`` is None."""
    clauses = sentence.clauses
    if hit is None:
        first, last_figure, last_act = 0, len(clauses) - 1, len(clauses) - 1
    else:
        first = next((i for i, clause in enumerate(clauses) if clause.end > hit.start), 0)
        at = next((i for i, clause in enumerate(clauses) if clause.end >= hit.end), first)
        last_figure = min(at + FIGURES_AFTER, len(clauses) - 1)
        last_act = min(at + ACTS_AFTER, len(clauses) - 1)
    if not clauses:
        return None
    start = clauses[first].start
    names = [Span(m.start(), m.end()) for m in _NAMES.finditer(report.text, sentence.span.start, sentence.span.end)]
    acts = _acts(report, Span(start, clauses[last_act].end), terms, names)
    if acts:
        clause = next(c for c in clauses if c.start <= acts[0].start < c.end)
        return Concrete(clause, "act")
    for figure in sentence.results:
        if start <= figure.start < clauses[last_figure].end and not any(Span(figure.start, figure.end) in name for name in names):
            clause = next(c for c in clauses if c.start <= figure.start < c.end)
            return Concrete(clause, "figure")
    return None


def _acts(report: Report, span: Span, terms: Sequence[Span], names: Sequence[Span]) -> list[Span]:
    places = report.hits.get("lexicon.acts", ())
    index = bisect_left(places, (span.start, 0))
    found = []
    while index < len(places) and places[index][0] < span.end:
        act = Span(*places[index])
        index += 1
        if act.end > span.end or any(act in term and act.start > term.start for term in terms) or any(act in name for name in names):
            continue
        if _NOT_DONE.search(report.text, max(0, act.start - 4), act.start):
            continue
        found.append(act)
    return found
