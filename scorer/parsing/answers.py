"""Which arrangement of the plan answers which shortcoming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scorer.document import Span
from scorer.parsing.problems import Arrangement, Shortcoming
from scorer.text.pairs import pairs

SPECIFIC = 4
"""A pair of characters that stands in at most so many sentences of the two parts is specific enough to link them."""
WHOLE = 12
"""What a pair weighs that stands in one sentence only; a whole number, as are its parts down to ``SPECIFIC``: sums of
fractions would depend on the order of a set, and so on the process."""
ANSWERED = 12
"""The score from which an arrangement answers a shortcoming."""


def answers(
    text: str, named: Sequence[Shortcoming], planned: Sequence[Arrangement], *, topics: bool = True
) -> tuple[Arrangement | None, ...]:
    """For each shortcoming the arrangement on the same subject, or None.

    Same subject: the same first topic (unless ``topics`` is False), or pairs of characters that both share and that are rare in the two parts
    (an inverse frequency within the report itself; no word list, no segmentation). One pair is enough where the whole report holds it
    twice, in the words that name the shortcoming and in the arrangement (取证).
    """
    plans = [_pairs(text, a.span) for a in planned]
    spread = Counter(pair for found in plans for pair in found)
    spread.update(pair for s in named for pair in _pairs(text, s.item))
    owners = Counter(pair for s in named for pair in _pairs(text, s.span))
    takers = Counter(pair for found in plans for pair in found)
    result: list[Arrangement | None] = []
    for shortcoming in named:
        own = _pairs(text, shortcoming.item)
        best: tuple[int, Arrangement | None] = (0, None)
        for arrangement, theirs in zip(planned, plans, strict=True):
            score = sum(WHOLE // spread[pair] for pair in own & theirs if spread[pair] <= SPECIFIC)
            score += ANSWERED if topics and shortcoming.topics and shortcoming.topics[0] in arrangement.topics else 0
            if any(
                owners[pair] == takers[pair] == 1 and spread[pair] == 2 and text.count(pair) == 2
                for pair in _pairs(text, shortcoming.span) & theirs
            ):
                score = max(score, ANSWERED)
            if score >= ANSWERED and score > best[0]:
                best = (score, arrangement)
        result.append(best[1])
    return tuple(result)


def _pairs(text: str, span: Span) -> frozenset[str]:
    return pairs(text[span.start : span.end], "部分情况")
