"""The points to be shown: rounded to tenths so that what stands on a page adds up to its total."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from scorer.outputs.words import is_late
from scorer.result import Assessment, Finding, Score


class Share(NamedTuple):
    """What is shown of the points of a finding, a category or the whole, in tenths: ``worth == points + gain``."""

    points: int = 0
    gain: int = 0

    @property
    def worth(self) -> int:
        """Full points."""
        return self.points + self.gain


class Shares(NamedTuple):
    """The points to be shown, in whole tenths: findings add up to their category, categories to the total.

    Rounding each number on its own would not: thirty-one elements that share 32 points would show 31.0.
    """

    total: Share
    categories: dict[str, Share]
    findings: dict[str, Share]

    @staticmethod
    def of(assessment: Assessment) -> Shares:
        """Round from the total downwards; what rounding leaves over goes to those that lost most by it."""
        if assessment.score is None:
            return Shares(Share(), {}, {})
        categories = _category_shares(assessment.score)
        findings: dict[str, Share] = {}
        for name, share in categories.items():
            own = [finding for finding in assessment.findings if finding.category == name]
            points = _apportion([finding.points for finding in own], share.points)
            gains = _apportion([finding.gain for finding in own], share.gain)
            findings.update((finding.rule, Share(p, g)) for finding, p, g in zip(own, points, gains, strict=True))
        total = Share(sum(s.points for s in categories.values()), sum(s.gain for s in categories.values()))
        return Shares(total, categories, findings)

    def mends(self, assessment: Assessment) -> tuple[Finding, ...]:
        """The gaps that writing can mend, in the same order: without those whose day has passed."""
        return tuple(finding for finding in self.gaps(assessment) if not is_late(finding))

    def gaps(self, assessment: Assessment) -> tuple[Finding, ...]:
        """What is to be mended, the most points to be gained (as shown) first."""
        return tuple(sorted(assessment.gaps(), key=lambda finding: -self.findings[finding.rule].gain))


def tenths(number: int) -> str:
    """``782`` -> ``78.2``."""
    return f"{number // 10}.{number % 10}"


def _category_shares(score: Score) -> dict[str, Share]:
    weights = _apportion([c.weight for c in score.categories], 1000 if any(c.weight > 0 for c in score.categories) else 0)
    points: list[int] = []
    movable: list[tuple[float, int]] = []
    for index, (category, weight) in enumerate(zip(score.categories, weights, strict=True)):
        exact = round(category.points * 10, 6)
        if exact <= 0 or weight == 0:
            points.append(0)
        elif round(category.weight - category.points, 6) <= 0:
            points.append(weight)
        else:
            points.append(min(int(exact), weight))
            movable.append((int(exact) - exact, index))
    rest = round(round(score.total, 1) * 10) - sum(points)
    for _, index in sorted(movable):
        step = max(-1, min(1, rest))
        if 0 <= points[index] + step <= weights[index]:
            points[index] += step
            rest -= step
    return {c.id: Share(p, w - p) for c, p, w in zip(score.categories, points, weights, strict=True)}


def _apportion(amounts: Sequence[float], total: int) -> list[int]:
    """Whole numbers in the proportion of the amounts that add up to ``total`` (largest remainders; ties to the first)."""
    whole = math.fsum(amounts)
    if whole <= 0:
        return [0] * len(amounts)
    exact = [round(amount / whole * total, 6) for amount in amounts]
    parts = [int(number) for number in exact]
    order = sorted(range(len(parts)), key=lambda index: (-round(exact[index] - parts[index], 6), index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
