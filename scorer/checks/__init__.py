"""The kinds of check that a rule can name with ``check:``."""

from __future__ import annotations

from scorer.checks import coverage, first_responsible, form, quality, statutory, timing
from scorer.checks.base import Evaluate

KINDS: dict[str, Evaluate] = {
    "alignment": quality.alignment,
    "arrangements": statutory.arrangements,
    "causes": statutory.causes,
    "coverage": coverage.evaluate,
    "date-order": timing.date_order,
    "deadline": timing.deadline,
    "density": quality.density,
    "field": form.field,
    "first-responsible": first_responsible.evaluate,
    "measures": statutory.measures,
    "numbering": form.numbering,
    "plan-year": quality.plan_year,
    "shortcomings": statutory.shortcomings,
    "statements": quality.statements,
    "title": form.title,
    "year-agreement": quality.year_agreement,
}
