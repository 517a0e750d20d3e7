"""Likenesses as plain data for the store, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorer.audit.model import Likeness, SharedPassage
from scorer.audit.packed import Packed

_FOUND = ("unit", "other", "share", "passages", "previous", "old_years", "other_share")
"""What was found of a likeness; what persons say of it is not kept with it."""


def as_data(likeness: Likeness) -> list[Any]:
    """What was found, as lists for JSON."""
    return [list(value) if name == "passages" else value for name in _FOUND for value in (getattr(likeness, name),)]


def likeness_of(data: Sequence[Any]) -> Likeness:
    """A likeness back from plain data; its passages stay packed."""
    unit, other, share, passages, previous, years, other_share = data
    return Likeness(unit, other, share, Packed.of(shared_passage, passages), previous, tuple(years), other_share)


def shared_passage(mine: str, theirs: str, changed: Sequence[Sequence[str]]) -> SharedPassage:
    """A passage back from plain data."""
    return SharedPassage(mine, theirs, tuple((a, b) for a, b in changed))
