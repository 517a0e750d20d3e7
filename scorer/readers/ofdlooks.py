"""What on a page of an OFD nobody sees: objects that are not shown, not filled, transparent, or white with nothing behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

PALE = 0xF0
FAINT = 13
"""Of 255: letters with less are seen by nobody."""
MAX_GROUNDS = 2_000


class Ground(NamedTuple):
    """A filled figure or picture, in millimetres of the page."""

    left: float
    top: float
    right: float
    bottom: float


def grounds(items: Iterable[Any]) -> list[Ground]:
    """The figures and pictures of a page on which white letters may stand."""
    found: list[Ground] = []
    for item in items:
        kind = _name(item)
        if kind == "TextObject" or (kind == "PathObject" and (item.get("Fill") != "true" or _pale(item))):
            continue
        box = _box(item)
        if box is not None and len(found) < MAX_GROUNDS:
            found.append(box)
    return found


def unseen(item: Any, behind: Iterable[Ground]) -> bool:
    """Whether nobody sees a text object (an lxml element)."""
    if item.get("Visible") == "false" or (item.get("Fill") == "false" and item.get("Stroke") != "true"):
        return True
    if _faint(item.get("Alpha")) or any(_faint(color.get("Alpha")) for color in _colors(item)):
        return True
    if not _pale(item):
        return False
    own = _box(item)
    if own is None:
        return False
    middle = (own.left + own.right) / 2, (own.top + own.bottom) / 2
    return not any(g.left <= middle[0] <= g.right and g.top <= middle[1] <= g.bottom for g in behind)


def _colors(item: Any) -> Iterator[Any]:
    return (child for child in item if _name(child) == "FillColor")


def _pale(item: Any) -> bool:
    """Whether an object is filled with white; a colour given by a reference is none that is known."""
    for color in _colors(item):
        parts = (color.get("Value") or "").replace("#", "").split()
        if len(parts) in (1, 3) and not color.get("ColorSpace"):
            return all(part.isdigit() and int(part[:4]) >= PALE for part in parts)
    return False


def _faint(alpha: str | None) -> bool:
    return alpha is not None and alpha.isdigit() and int(alpha[:4]) < FAINT


def _box(item: Any) -> Ground | None:
    try:
        left, top, width, height = (float(word) for word in (item.get("Boundary") or "").split())
    except ValueError:
        return None
    return Ground(left, top, left + width, top + height)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
