"""A report as the second reader reads it: every sentence scored once, asked by outline item or by role of the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scorer.classify.labelled import ABOUT, ACT
from scorer.classify.model import Model
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
    def told(self) -> tuple[tuple[Sentence, list[float]], ...]:
        """The sentences that are no headings, each with its scores."""
        text = self.report.text
        told = [s for s in self.report.sentences if not s.heading][:MAX_SENTENCES]
        return tuple((s, self.model.scores(text[s.span.start : s.span.end])) for s in told)

    @cached_property
    def _acts(self) -> tuple[list[float], list[Sentence | None]]:
        return self._most(past=True)

    @cached_property
    def _about(self) -> tuple[list[float], list[Sentence | None]]:
        return self._most(past=False)

    def _most(self, past: bool) -> tuple[list[float], list[Sentence | None]]:
        """For each label the highest score and its sentence; in one pass, a column at a time is four times as dear."""
        best = [UNKNOWN] * len(self.model.labels)
        where: list[Sentence | None] = [None] * len(best)
        for sentence, scores in self.told:
            if past and not sentence.past:
                continue
            for number, (score, most) in enumerate(zip(scores, best, strict=True)):
                if score > most:
                    best[number], where[number] = score, sentence
        return best, where

    def knows(self, item: str) -> bool:
        """Whether the model learned the outline item (an id without ``task.``)."""
        return ACT + item in self.model.names and ABOUT + item in self.model.names

    def act(self, item: str) -> Said:
        """The sentence about the past year that tells most clearly of an act of the item."""
        number = self.model.names[ACT + item]
        return Said(self._acts[0][number], self._acts[1][number])

    def about(self, item: str) -> Said:
        """The sentence of any part that is most clearly about the item."""
        number = self.model.names[ABOUT + item]
        return Said(self._about[0][number], self._about[1][number])

    def score(self, span: Span, label: str) -> float:
        """How much a passage speaks for a label."""
        number = self.model.names.get(label)
        return UNKNOWN if number is None else self.scores(span)[number]

    def scores(self, span: Span) -> list[float]:
        """All scores of a passage, worked out once."""
        if span not in self._passages:
            self._passages[span] = self.model.scores(self.report.text[span.start : span.end])
        return self._passages[span]

    @cached_property
    def _passages(self) -> dict[Span, list[float]]:
        return {sentence.span: scores for sentence, scores in self.told}

    def themes(self, span: Span) -> frozenset[str]:
        """The outline items a passage is about, at most three; empty if that is not clear."""
        scores = self.scores(span)
        about = sorted(((scores[number], name) for name, number in self.model.names.items() if name.startswith(ABOUT)), reverse=True)
        return frozenset(name for score, name in about[:THEMES] if score > 0)

    def carried(self, sentence: Sentence, label: str) -> Span:
        """The clauses of a sentence in which the characters stand that speak most for the label."""
        start, end = self.model.carried(self.report.text[sentence.span.start : sentence.span.end], label)
        run = Span(sentence.span.start + start, sentence.span.start + end)
        inside = [clause for clause in sentence.clauses if clause.overlaps(run)]
        return Span(inside[0].start, inside[-1].end) if inside else sentence.span
