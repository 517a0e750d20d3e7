"""Figures with a 万 or 亿 too many: what is right without it, and cannot be with it.

受理112件，出庭103万件，出庭率92%: read as 103 the sentence is consistent to the printed digits, read as it stands it is
absurd. Nothing else is called wrong here, so that a sentence of amounts that have nothing to do with each other is passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from scorer.document import Span
from scorer.parsing.units import Sentence
from scorer.recount.model import Statement
from scorer.text.figures import Figure, find_figures, is_result
from scorer.vocabulary import Arithmetic

SIGNS = "万亿"
MAX_TRIED = 40
"""So many figures of a text are tried, in sentences of so many figures and characters: bounds the time."""
MAX_FIGURES = 24
MAX_SENTENCE = 800

Recompute = Callable[[str, Sentence], Iterable[Statement]]


def scaled(text: str, sentences: Sequence[Sentence], found: Sequence[Statement], recompute: Recompute) -> Iterator[Statement]:
    """Contradictions that one sign makes; ``recompute`` gives the statements of one sentence of a text."""
    taken = [statement.span for statement in found]
    tried = 0
    for sentence in sentences:
        large = [f for f in sentence.figures if f.scale > 1 and not f.rate]
        short = 2 <= len(sentence.figures) <= MAX_FIGURES and sentence.span.end - sentence.span.start <= MAX_SENTENCE
        if not large or not short:
            continue
        for figure in large:
            if tried >= MAX_TRIED:
                return
            if any(span.start < figure.end and figure.start < span.end for span in taken):
                continue
            tried += 1
            yield from _without(text, sentence, figure, recompute)


def _sign(text: str, figure: Figure) -> int:
    """Where the 万 or 亿 of a figure stands, or -1."""
    return next((at for at in range(figure.start, min(figure.end + 1, len(text))) if text[at] in SIGNS), -1)


def _without(text: str, sentence: Sentence, figure: Figure, recompute: Recompute) -> Iterator[Statement]:
    """What is consistent when the sign is left out: the digits move into its place, so that all offsets stay."""
    at = _sign(text, figure)
    if at < 0 or not text[figure.start : at].replace(".", "").isdigit():
        return
    changed = text[: figure.start] + "0" + text[figure.start : at] + text[at + 1 :]
    figures = tuple(find_figures(changed, *sentence.span))
    again = sentence._replace(figures=figures, results=tuple(f for f in figures if is_result(f)))
    for statement in recompute(changed, again):
        digits = text[figure.start : at]
        if statement.verdict == Arithmetic.CONSISTENT and statement.span.overlaps(Span(figure.start, at)) and digits in statement.formula:
            printed = text[figure.start : figure.end]
            yield statement._replace(
                kind="scale", printed=printed, computed=digits, verdict=Arithmetic.INCONSISTENT, tolerance="", formula=statement.formula
            )
            return
