"""What became of last year's report: each arrangement of its plan against this year's measures, each shortcoming again.

An arrangement and a sentence speak of the same thing when they share most of the arrangement's telling pairs of
characters; a pair tells the more, the fewer sentences of this year's report hold it (an inverse frequency within the
report itself, as in Spärck Jones 1972; no word list, no segmentation).
"""

from __future__ import annotations

import math
from collections import defaultdict

from scorer.audit.facts import Facts, Planned, Said, shape_of
from scorer.audit.model import FollowUp
from scorer.document import fold
from scorer.text.pairs import pairs
from scorer.vocabulary import Role

DONE, MENTIONED, SILENT = "done", "mentioned", "silent"
REPEATED, GONE = "repeated", "gone"
SAME = 0.5
"""Part of an arrangement's weight that a sentence must hold to speak of the same thing."""
NEAR = 0.33
"""Part from which it is at least mentioned."""
OWN = 3
"""A clause of an item with fewer telling pairs (规范检查) is too common to be found on its own."""
SHARED = 2
"""So many pairs at least are shared by an item and the sentence of this year's plan that takes it up again."""
WORD_FOR_WORD = 90
"""From this similarity (0 to 100) of the shapes a shortcoming is named again word for word."""


def follow_up(previous: Facts, current: Facts) -> tuple[FollowUp, ...]:
    """One entry for each arrangement and each shortcoming of last year's report, in its order."""
    told = [said for said in current.said if said.past]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        for pair in _pairs(fold(said.text)):
            holders[pair].append(number)
    ahead = [said for said in current.said if said.role == Role.PLAN and not said.heading]
    result = [_accounted(item, told, holders, ahead) for item in previous.arrangements if _pairs(item.matter)]
    shapes = [(shape_of(fold(text), None), text) for text in current.shortcomings]
    result.extend(_named_again(text, shapes) for text in previous.shortcomings)
    return tuple(result)


def _accounted(item: Planned, told: list[Said], holders: dict[str, list[int]], ahead: list[Said]) -> FollowUp:
    """What this year's report says of an item of last year's plan: of the whole, or of any of its clauses."""
    tellings = [_pairs(item.matter), *(found for clause in item.clauses if len(found := _pairs(clause)) >= OWN)]
    ranked = sorted((entry for telling in tellings for entry in _ranked(telling, told, holders)), key=lambda entry: (-entry[0], entry[1]))
    done = next((told[number] for share, number in ranked if share >= SAME and told[number].concrete), None)
    if done is not None:
        return FollowUp("arrangement", DONE, item.text, done.text)
    if ranked and ranked[0][0] >= NEAR:
        return FollowUp("arrangement", MENTIONED, item.text, told[ranked[0][1]].text)
    again = ((len(telling & _pairs(fold(said.text))), telling, said) for telling in tellings for said in ahead)
    repeated = next((said.text for shared, telling, said in again if shared >= max(SHARED, SAME * len(telling))), "")
    return FollowUp("arrangement", SILENT, item.text, repeated)


def _ranked(telling: frozenset[str], told: list[Said], holders: dict[str, list[int]]) -> list[tuple[float, int]]:
    """The sentences that hold any of the pairs: the part of the pairs' weight that each holds, and its number."""
    weights = {pair: math.log(1 + len(told) / (1 + len(holders.get(pair, ())))) for pair in telling}
    whole = math.fsum(weights.values())
    scores: dict[int, list[float]] = defaultdict(list)
    for pair in telling:
        for number in holders.get(pair, ()):
            scores[number].append(weights[pair])
    return [(round(math.fsum(held) / whole, 6), number) for number, held in scores.items()] if whole else []


def _named_again(text: str, shapes: list[tuple[str, str]]) -> FollowUp:
    from rapidfuzz import fuzz

    shape = shape_of(fold(text), None)
    best = max(((fuzz.ratio(shape, other), words) for other, words in shapes), default=(0.0, ""))
    if best[0] >= WORD_FOR_WORD:
        return FollowUp("shortcoming", REPEATED, text, best[1])
    return FollowUp("shortcoming", GONE, text, "")


def _pairs(text: str) -> frozenset[str]:
    return pairs(text, "步")
