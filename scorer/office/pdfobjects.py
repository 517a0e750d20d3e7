"""Which text objects of a page of a PDF nobody sees; asked with PDFium's functions, in the process that holds it."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

_TEXT, _PATH, _FORM = 1, 2, 5
_INVISIBLE, _CLIPPING = 3, 7
MAX_OBJECTS = 20_000
PALE, FAINT, TINY = 240, 13, 1.0
"""From which each part of a colour is white, below which letters are transparent (of 255), and how small they are not seen (points)."""


class Box(NamedTuple):
    """A rectangle in points, from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def unseen(c: Any, page: Any) -> set[int]:
    """The addresses of the text objects that are drawn invisibly, transparent, too small, off the page, or in white where nothing
    lies behind them. ``c`` is the library, ``page`` an open page."""
    texts: list[tuple[Any, Box | None]] = []
    grounds: list[Box] = []
    for number in range(min(c.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = c.FPDFPage_GetObject(page, number)
        kind = c.FPDFPageObj_GetType(item)
        if kind == _TEXT:
            texts.append((item, _bounds(c, item)))
        elif kind == _FORM:
            grounds.append(_bounds(c, item))
            texts += [(inner, None) for inner in _inner(c, item) if c.FPDFPageObj_GetType(inner) == _TEXT]
        elif kind != _PATH or _filled(c, item):
            grounds.append(_bounds(c, item))
    sides = c.FS_RECTF()
    c.FPDF_GetPageBoundingBox(page, ctypes.byref(sides))
    shown = Box(sides.left, sides.bottom, sides.right, sides.top)
    return {address(item) for item, box in texts if _gone(c, item) or (box is not None and _lost(c, item, box, shown, grounds))}


def address(item: Any) -> int:
    """Where an object lies in memory: two handles of one object have one address."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _gone(c: Any, item: Any) -> bool:
    return c.FPDFTextObj_GetTextRenderMode(item) in (_INVISIBLE, _CLIPPING) or _color(c, item)[3] < FAINT or 0 < _size(c, item) < TINY


def _lost(c: Any, item: Any, box: Box, shown: Box, grounds: list[Box]) -> bool:
    """Whether a text object lies off the page, or is white on white."""
    if box.right < shown.left or box.left > shown.right or box.top < shown.bottom or box.bottom > shown.top:
        return True
    if c.FPDFTextObj_GetTextRenderMode(item) != 0 or min(_color(c, item)[:3]) < PALE:
        return False
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return not any(ground.holds(x, y) for ground in grounds)


def _inner(c: Any, form: Any) -> list[Any]:
    return [c.FPDFFormObj_GetObject(form, n) for n in range(min(max(c.FPDFFormObj_CountObjects(form), 0), MAX_OBJECTS))]


def _bounds(c: Any, item: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    c.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides))
    return Box(*(side.value for side in sides))


def _size(c: Any, item: Any) -> float:
    """The height of the letters in points, as far as the object itself says; 0 where it does not."""
    size, matrix = ctypes.c_float(), c.FS_MATRIX()
    if not c.FPDFTextObj_GetFontSize(item, ctypes.byref(size)) or not c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return 0.0
    return float(abs(size.value) * max(abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d)))


def _color(c: Any, item: Any) -> tuple[int, ...]:
    """Red, green, blue and how opaque, each up to 255; black where it is not known."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not c.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts)):
        return 0, 0, 0, 255
    return tuple(part.value for part in parts)


def _filled(c: Any, item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != 0 and min(_color(c, item)[:3]) < PALE
