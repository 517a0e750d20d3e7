"""Findings to points: weight × (met 1, partial ½, missing 0), each category scaled to its weight, a total of 100.

Rules that do not apply or need review leave the sum; a category without any counting rule leaves it too, and the others
are scaled up in proportion to whole points, so that the total stays 100. A missing required element caps the grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scorer.result import CategoryScore, Score
from scorer.rulepack.model import Pack, Rule
from scorer.vocabulary import Severity

SHARES = {"met": 1.0, "partial": 0.5, "missing": 0.0}


class Weighed(NamedTuple):
    """What one verdict is worth and earned, in points of 100."""

    worth: float
    points: float


def weigh(pack: Pack, verdicts: Sequence[tuple[Rule, str]]) -> tuple[tuple[Weighed, ...], Score]:
    """Points for each verdict (rule, status), in order, and the score."""
    counting = [(rule, status) for rule, status in verdicts if status in SHARES]
    sums = {category.id: sum(rule.weight for rule, _ in counting if rule.category == category.id) for category in pack.categories}
    whole = _whole({c.id: c.weight for c in pack.categories if sums[c.id]})
    scale = {c.id: whole.get(c.id, 0) / sums[c.id] if sums[c.id] else 0.0 for c in pack.categories}
    weighed = tuple(
        Weighed(rule.weight * scale.get(rule.category, 0.0), rule.weight * scale.get(rule.category, 0.0) * SHARES[status])
        if status in SHARES
        else Weighed(0.0, 0.0)
        for rule, status in verdicts
    )
    categories = []
    for category in pack.categories:
        own = [(w, status) for w, (rule, status) in zip(weighed, verdicts, strict=True) if rule.category == category.id]
        if own:
            counted = sum(1 for _, status in own if status in SHARES)
            categories.append(
                CategoryScore(category.id, category.title, sum(w.points for w, _ in own), sum(w.worth for w, _ in own), counted, len(own))
            )
    total = sum(w.points for w in weighed)
    grade, capped = _grade(pack, round(total, 1), verdicts)
    return weighed, Score(total, grade, capped, tuple((g.name, g.floor) for g in pack.grades), tuple(categories))


def _whole(weights: dict[str, float]) -> dict[str, int]:
    """Whole points in the proportion of the weights, 100 together (largest remainders; ties to the first)."""
    full = sum(weights.values())
    exact = {name: weight * 100 / full for name, weight in weights.items()} if full else {}
    parts = {name: int(round(points, 6)) for name, points in exact.items()}
    order = sorted(parts, key=lambda name: -round(exact[name] - parts[name], 6))
    for name in order[: 100 - sum(parts.values())]:
        parts[name] += 1
    return parts


def _grade(pack: Pack, total: float, verdicts: Sequence[tuple[Rule, str]]) -> tuple[str, str]:
    if not pack.grades:
        return "", ""
    earned = next((grade for grade in pack.grades if total >= grade.floor), pack.grades[-1])
    lacking = [rule for rule, status in verdicts if rule.severity == Severity.REQUIRED and status == "missing"]
    if pack.cap and lacking:
        ceiling = next((grade for grade in pack.grades if grade.name == pack.cap[0]), earned)
        if earned.floor > ceiling.floor:
            return ceiling.name, pack.cap[1]
    return earned.name, ""
