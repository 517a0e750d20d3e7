"""Several reviewers, each with a file of their own: what all of them say together, and where they differ. Pure.

Each file says one thing of an item: the last entry in it. Where the files agree, that holds in the name of all; where they do
not, what most of the persons say holds - between two who differ a third decides. While nobody has, the program's verdict stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scorer.audit.decisions import Decision
from scorer.audit.review import Review


class Difference(NamedTuple):
    """An item on which reviewers differ: its target (one of ``unit`` and ``file``), its key, and what each says."""

    unit: str
    file: str
    about: str
    said: tuple[Decision, ...]


class Merged(NamedTuple):
    """What all say together, the items and the files (path -> (reviewer, unit) of each) on which they differ."""

    review: Review
    differences: tuple[Difference, ...]
    matches: Mapping[str, tuple[tuple[str, str], ...]]


Target = tuple[str, str, str]
"""Unit, file, key of the item."""


def last_words(review: Review) -> dict[Target, Decision]:
    """What one file says of each item, in the order of its entries."""
    last: dict[Target, Decision] = {}
    for decision in review.overrides:
        key = (decision.unit, decision.file, decision.about)
        last.pop(key, None)
        last[key] = decision
    return last


def merge(reviews: Sequence[tuple[str, Review]]) -> Merged:
    """Put together the files of all reviewers, given as (whose file, what is in it) in the order of their names."""
    said: dict[Target, list[Decision]] = {}
    for _, review in reviews:
        for key, decision in last_words(review).items():
            said.setdefault(key, []).append(decision)
    held: list[Decision] = []
    differences: list[Difference] = []
    for key, decisions in said.items():
        own = by_person(decisions)
        winner = decided(own)
        if winner is None:
            differences.append(Difference(*key, own))
        else:
            held.append(winner)
    matches, split = _matches(reviews)
    return Merged(Review(matches, tuple(held)), tuple(differences), split)


def by_person(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The last word of each person by date; without those on another text than the latest one, by the hash that is given."""
    people: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda one: one.date):
        people.pop(decision.by, None)
        people[decision.by] = decision
    latest = next((one for one in reversed(people.values()) if one.text_sha256), None)
    return tuple(
        one
        for one in people.values()
        if latest is None or not one.text_sha256 or one.text_sha256 == latest.text_sha256 or one.date == latest.date
    )


def decided(said: Sequence[Decision]) -> Decision | None:
    """What more persons say than anything else, in the name of all who say it; None where no answer has most."""
    counts = Counter((one.status, one.expires) for one in said).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    agreed = [one for one in said if (one.status, one.expires) == counts[0][0]]
    return agreed[-1]._replace(by="、".join(dict.fromkeys(one.by for one in agreed)))


def _matches(reviews: Sequence[tuple[str, Review]]) -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    said: dict[str, list[tuple[str, str]]] = {}
    for name, review in reviews:
        for path, unit in review.matches.items():
            said.setdefault(path, []).append((name, unit))
    held, split = {}, {}
    for path, answers in said.items():
        counts = Counter(unit for _, unit in answers).most_common(2)
        if len(counts) > 1 and counts[0][1] == counts[1][1]:
            split[path] = tuple(answers)
        else:
            held[path] = counts[0][0]
    return held, split
