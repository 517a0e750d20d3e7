"""What became of last year's report: each arrangement of its plan against this year's measures, each shortcoming again.

An arrangement and a sentence speak of the same thing when they share most of the arrangement's telling pairs of
characters; a pair tells the more, the fewer sentences of this year's report hold it (an inverse frequency within the
report itself, as in Spärck Jones 1972; no word list, no segmentation).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from scorer.audit.facts import Facts, Planned, Said, shape_of
from scorer.audit.model import FollowUp
from scorer.document import fold
from scorer.text.pairs import pairs

DONE, MENTIONED, SILENT = "done", "mentioned", "silent"
REPEATED, GONE = "repeated", "gone"
SAME = 0.5
"""Part of an arrangement's weight that a sentence must hold to speak of the same thing."""
NEAR = 0.33
"""Part from which it is at least mentioned."""
WORD_FOR_WORD = 90
"""From this similarity (0 to 100) of the shapes a shortcoming is named again word for word."""


def follow_up(previous: Facts, current: Facts) -> tuple[FollowUp, ...]:
    """One entry for each arrangement and each shortcoming of last year's report, in its order."""
    told = [said for said in current.said if said.past]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        for pair in _pairs(fold(said.text)):
            holders[pair].append(number)
    result = [_accounted(item, told, holders) for item in previous.arrangements if _pairs(item.matter)]
    shapes = [(shape_of(fold(text), None), text) for text in current.shortcomings]
    result.extend(_named_again(text, shapes) for text in previous.shortcomings)
    return tuple(result)


def _accounted(item: Planned, told: list[Said], holders: dict[str, list[int]]) -> FollowUp:
    telling = _pairs(item.matter)
    weights = {pair: math.log(1 + len(told) / (1 + len(holders.get(pair, ())))) for pair in telling}
    whole = sum(weights.values())
    scores: Counter[int] = Counter()
    for pair in telling:
        for number in holders.get(pair, ()):
            scores[number] += weights[pair]  # type: ignore[assignment]
    ranked = sorted(scores.items(), key=lambda entry: (-round(entry[1] / whole, 6), entry[0]))
    same = [told[number] for number, score in ranked if score >= SAME * whole]
    done = next((said for said in same if said.concrete), None)
    if done is not None:
        return FollowUp("arrangement", DONE, item.text, done.text)
    if same or (ranked and ranked[0][1] >= NEAR * whole):
        return FollowUp("arrangement", MENTIONED, item.text, told[ranked[0][0]].text)
    return FollowUp("arrangement", SILENT, item.text, "")


def _named_again(text: str, shapes: list[tuple[str, str]]) -> FollowUp:
    from rapidfuzz import fuzz

    shape = shape_of(fold(text), None)
    best = max(((fuzz.ratio(shape, other), words) for other, words in shapes), default=(0.0, ""))
    if best[0] >= WORD_FOR_WORD:
        return FollowUp("shortcoming", REPEATED, text, best[1])
    return FollowUp("shortcoming", GONE, text, "")


def _pairs(text: str) -> frozenset[str]:
    return pairs(text, "步")
