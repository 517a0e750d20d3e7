"""How well a classifier reads labelled sentences it has not learned from: precision, recall and AUC of every label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scorer.classify.labelled import ABOUT, ACT, Sample
from scorer.classify.model import Model
from scorer.evaluation.agreement import Rate

WORST = 10


class LabelRates(NamedTuple):
    """One label: sentences that have it and were found, sentences found that have it, and the chance that one that has it
    scores above one that has not (None where there are none of either)."""

    label: str
    recall: Rate
    precision: Rate
    auc: float | None


class Miss(NamedTuple):
    """A sentence read wrongly: its label, whether it holds, and how sure the model was of the contrary (logit)."""

    label: str
    holds: bool
    score: float
    sentence: str


@dataclass(frozen=True)
class Sentencewise:
    """What was measured over a set of sentences."""

    sentences: int
    labels: tuple[LabelRates, ...]
    ranked: tuple[tuple[str, Rate, Rate], ...]
    """How often the right item is the first and among the first three of all items, by kind (``act:``, ``about:``)."""
    worst: tuple[Miss, ...]


def measure(model: Model, samples: Sequence[Sample]) -> Sentencewise:
    """Score all samples (complete ones) and count."""
    scored = [model.scores(sample.text) for sample in samples]
    rates = []
    misses: list[Miss] = []
    for number, label in enumerate(model.labels):
        pairs = [(scores[number], s.truth.get(label.name, False), s.text) for scores, s in zip(scored, samples, strict=True)]
        found = sum(1 for score, holds, _ in pairs if score > 0 and holds)
        rates.append(
            LabelRates(
                label.name,
                Rate(found, sum(holds for _, holds, _ in pairs)),
                Rate(found, sum(score > 0 for score, _, _ in pairs)),
                area([(score, holds) for score, holds, _ in pairs]),
            )
        )
        misses.extend(Miss(label.name, holds, score, text) for score, holds, text in pairs if (score > 0) != holds)
    misses.sort(key=lambda miss: (-abs(miss.score), miss.label, miss.sentence))
    ranked = tuple((kind, *_ranked(model, samples, scored, kind)) for kind in (ACT, ABOUT))
    return Sentencewise(len(samples), tuple(rates), ranked, tuple(misses[:WORST]))


def area(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve: ranks of the positives (Mann and Whitney 1947), ties in the middle."""
    positive = sum(holds for _, holds in pairs)
    negative = len(pairs) - positive
    if not positive or not negative:
        return None
    ordered = sorted(pairs)
    total = 0.0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        total += sum(holds for _, holds in ordered[at:end]) * (at + end + 1) / 2
        at = end
    return (total - positive * (positive + 1) / 2) / (positive * negative)


def _ranked(model: Model, samples: Sequence[Sample], scored: Sequence[Sequence[float]], kind: str) -> tuple[Rate, Rate]:
    numbers = [number for name, number in model.names.items() if name.startswith(kind)]
    first = three = total = 0
    for sample, scores in zip(samples, scored, strict=True):
        right = {model.names[name] for name, holds in sample.truth.items() if holds and name.startswith(kind) and name in model.names}
        if right:
            order = sorted(numbers, key=lambda n: -scores[n])[:3]
            total += 1
            first += order[0] in right
            three += bool(right & set(order))
    return Rate(first, total), Rate(three, total)
