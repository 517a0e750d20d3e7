"""Causes told together (上述问题的原因：一是…二是…), given each to the shortcoming it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from scorer.document import Span
from scorer.text.pairs import pairs
from scorer.text.sentences import BREAKS, POINT

PART_MIN = 8
"""Characters of a cause: 一是。 is none."""
SHARED = 2
RARE = 2
"""Pairs of characters that stand in at most so many of the shortcomings tell them apart."""


def parts_of(text: str, span: Span) -> list[Span]:
    """The single causes of a passage: its points, or else its parts between semicolons and full stops."""
    cuts = [
        m.start() for m in POINT.finditer(text, span.start, span.end) if m.start() == span.start or text[m.start() - 1] in BREAKS + "\n"
    ]
    if not cuts:
        cuts = [span.start, *(at + 1 for at in range(span.start, span.end - 1) if text[at] in ";。")]
    ends = [*cuts[1:], span.end]
    return [Span(a, b) for a, b in zip(cuts, ends, strict=True) if len(text[a:b].strip(BREAKS + "\n")) >= PART_MIN]


def spread(
    text: str,
    causes: Sequence[Span],
    items: Sequence[Span],
    topics: Callable[[Span], tuple[str, ...]],
    explains: Callable[[Span], bool],
) -> dict[int, Span] | None:
    """For the number of each item its own cause; None where the causes speak for all of them.

    They speak for single ones when at least two, and all but one, have words or the topic of an item that is not another's.
    """
    parts = [part for cause in causes for part in parts_of(text, cause)]
    if sum(map(explains, parts)) >= 2 and not POINT.match(text, *parts[0]):
        # 发展不平衡是因为…；执法能力不强，源于…: what has no such word only names the shortcoming again.
        parts = list(filter(explains, parts))
    if len(parts) < 2 or len(items) < 2:
        return None
    words = [pairs(text[item.start : item.end]) for item in items]
    spread_of = Counter(pair for own in words for pair in own)
    scored = []
    for part in parts:
        told = pairs(text[part.start : part.end])
        themes = topics(part)
        for number, (own, item) in enumerate(zip(words, items, strict=True)):
            shared = sum(1 for pair in told & own if spread_of[pair] <= RARE)
            same = bool(themes and set(themes[:1]) & set(topics(item)[:2]))
            if shared >= SHARED or same:
                scored.append((-(shared + 3 * same), part.start, number, part))
    given: dict[int, Span] = {}
    for _, _, number, part in sorted(scored):
        if number not in given and part not in given.values():
            given[number] = part
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        # 一是 and 三是 have theirs: 二是 is of the one between.
        ends = [number for number, own in given.items() if own in (before, after)]
        between = [number for number in range(min(ends, default=0) + 1, max(ends, default=0)) if number not in given]
        if part not in given.values() and len(ends) == 2 and len(between) == 1:
            given[between[0]] = part
    return given if len(given) >= 2 and len(given) >= len(parts) - 1 else None
