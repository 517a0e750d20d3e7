"""A report as the second reader reads it: every sentence scored once, asked by outline item or by role of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        if number is None:
            return UNKNOWN
        scores, place = self._place(span)
        return scores.of(place, number)

    def themes(self, span: Span) -> frozenset[str]:
        """The outline items a passage is about, at most three; empty if that is not clear."""
        scores, place = self._place(span)
        about = sorted(((score, name) for name, number in self._items if (score := scores.of(place, number)) > 0), reverse=True)
        return frozenset(name for _, name in about[:THEMES])

    def _place(self, span: Span) -> tuple[Scores, int]:
        if span not in self._places:
            self.ready([span])
        return self._places[span]

    def ready(self, spans: Iterable[Span]) -> None:
        """Read passages that will be asked about: all at once takes half the time."""
        new = [span for span in dict.fromkeys(spans) if span not in self._places]
        scores = self.model.read([self.report.text[start:end] for start, end in new])
        self._places.update((span, (scores, number)) for number, span in enumerate(new))

    @cached_property
    def _places(self) -> dict[Span, tuple[Scores, int]]:
        return {sentence.span: (self._scores, number) for number, sentence in enumerate(self._told)}

    @cached_property
    def _items(self) -> list[tuple[str, int]]:
        return [(name, number) for name, number in self.model.names.items() if name.startswith(ABOUT)]

    def carried(self, sentence: Sentence, label: str) -> Span:
        """The clauses of a sentence in which the characters stand that speak most for the label."""
        start, end = self.model.carried(self.report.text[sentence.span.start : sentence.span.end], label)
        run = Span(sentence.span.start + start, sentence.span.start + end)
        inside = [clause for clause in sentence.clauses if clause.overlaps(run)]
        return Span(inside[0].start, inside[-1].end) if inside else sentence.span
