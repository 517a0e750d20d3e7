"""A report as the second reader reads it: every sentence scored once, asked by outline item or by role of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scorer.classify.labelled import ABOUT, ACT
from scorer.classify.model import Model, Scores
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence

UNKNOWN = -9.0
"""The score of what nothing speaks for."""
THEMES = 3
MAX_SENTENCES = 4000
"""More than any report has; bounds the time on hostile text."""


class Said(NamedTuple):
    """The sentence that speaks most for something, and how much (logit)."""

    score: float
    sentence: Sentence | None


@dataclass(frozen=True, eq=False)
class Reading:
    """What a model says of the sentences of a report; headings are left out, they tell of nothing."""

    report: Report
    model: Model

    @cached_property
    def _told(self) -> tuple[Sentence, ...]:
        """The sentences that are no headings."""
        return tuple(s for s in self.report.sentences if not s.heading)[:MAX_SENTENCES]

    @cached_property
    def _scores(self) -> Scores:
        text = self.report.text
        return self.model.read([text[s.span.start : s.span.end] for s in self._told])

    @cached_property
    def _past(self) -> tuple[tuple[Sentence, ...], Scores]:
        """The sentences about the past year."""
        past = [number for number, sentence in enumerate(self._told) if sentence.past]
        return tuple(self._told[number] for number in past), self._scores.only(past)

    def knows(self, item: str) -> bool:
        """Whether the model learned the outline item (an id without ``task.``)."""
        return ACT + item in self.model.names and ABOUT + item in self.model.names

    def act(self, item: str) -> Said:
        """The sentence about the past year that tells most clearly of an act of the item."""
        return self._most(ACT + item, *self._past)

    def about(self, item: str) -> Said:
        """The sentence of any part that is most clearly about the item."""
        return self._most(ABOUT + item, self._told, self._scores)

    def _most(self, label: str, sentences: Sequence[Sentence], scores: Scores) -> Said:
        best = scores.best(self.model.names[label])
        return Said(best[0], sentences[best[1]]) if best and best[0] > UNKNOWN else Said(UNKNOWN, None)

    def score(self, span: Span, label: str) -> float:
        """How much a passage speaks for a label."""
        number = self.model.names.get(label)
        return UNKNOWN if number is None else self.scores(span)[number]

    def scores(self, span: Span) -> list[float]:
        """All scores of a passage, worked out once."""
        scores = self._passages.get(span)
        if scores is None:
            number = self._numbers.get(span)
            text = self.report.text[span.start : span.end]
            scores = self._passages[span] = self._scores.row(number) if number is not None else self.model.scores(text)
        return scores

    @cached_property
    def _passages(self) -> dict[Span, list[float]]:
        return {}

    @cached_property
    def _numbers(self) -> dict[Span, int]:
        return {sentence.span: number for number, sentence in enumerate(self._told)}

    def themes(self, span: Span) -> frozenset[str]:
        """The outline items a passage is about, at most three; empty if that is not clear."""
        scores = self.scores(span)
        about = sorted(((scores[number], name) for name, number in self._items if scores[number] > 0), reverse=True)
        return frozenset(name for _, name in about[:THEMES])

    @cached_property
    def _items(self) -> list[tuple[str, int]]:
        return [(name, number) for name, number in self.model.names.items() if name.startswith(ABOUT)]

    def carried(self, sentence: Sentence, label: str) -> Span:
        """The clauses of a sentence in which the characters stand that speak most for the label."""
        start, end = self.model.carried(self.report.text[sentence.span.start : sentence.span.end], label)
        run = Span(sentence.span.start + start, sentence.span.start + end)
        inside = [clause for clause in sentence.clauses if clause.overlaps(run)]
        return Span(inside[0].start, inside[-1].end) if inside else sentence.span
