"""Positioned text to paragraphs: what PDF, OFD and recognised pages have in common.

These formats know where characters stand, not what belongs together. A typesetter's rules give it back: a paragraph goes
on in the next line where the next line starts at the left edge and its first word would not have fitted into the room
that was left; a first line is indented; titles are centred; page numbers and running heads repeat at the same place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Block
from scorer.readers.sheets import Run, Sheet, columns, without_furniture


class _Line(NamedTuple):
    page: int
    column: int
    x0: float
    x1: float
    y: float
    size: float
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return "　".join(self.cells)


class _Edges(NamedTuple):
    """Of the text on a page; ``straight`` when full lines all end at ``right``, as justified text does."""

    left: float
    right: float
    pitch: float
    straight: bool


# Widths in Chinese characters.
CELL_GAP = 1.8
WIDE = 0.9
INDENT = (1.4, 2.7)
AT_EDGE = 0.7
FAR = 6.0
OPEN = 3.0
SLACK = 0.5
STRAIGHT = 0.3
NARROW = 0.55
SIZE_CHANGE = 0.12
_UNIT = re.compile(
    r"[“‘（《〈「『【〔([]*(?:[A-Za-z0-9.,%+\-/:@]+|.)[，。、；：？！）》〉”’」』】〕…%％)\],.;:?!]*(?:[\x22\x27][^\x22\x27]?[，。、；：？！）》,.]*)?"
)
_HANGS = re.compile(r"[，。、；：！？”’）》,.;:!?)]$")
_STOPPED = re.compile(r"[。；：;:！!？?…”）)》]$")
_ENDED = re.compile(r"[。；;！!？?…”）)]$")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|附件|[①-⑳]")
_ASCII = re.compile(r"[\x20-\x7e]")


def paragraphs(sheets: Sequence[Sheet], *, loose: float = 1.0) -> list[Block]:
    """The paragraphs of all pages in reading order, each with the page on which it begins.

    ``loose`` widens the tolerances, for positions that were measured in an image.
    """
    pages: list[list[_Line]] = []
    split: set[int] = set()
    shown = without_furniture(sheets)
    for sheet, bands in zip(shown, columns(shown), strict=True):
        for column in bands:
            if len(bands) > 1:
                split.add(len(pages))
            pages.append(_lines(column, sheet.number, len(pages)))
    edges = _Layout(pages, split)
    result: list[Block] = []
    parts: list[_Line] = []
    later: list[_Line] = []

    def finish() -> None:
        if parts:
            result.append(Block(_joined(parts), page=parts[0].page))
            parts.clear()
        result.extend(Block(line.text, page=line.page) for line in later)
        later.clear()

    for page in pages:
        body, notes = edges.notes(page)
        rows = _rows(body)
        for number, line in enumerate(body):
            if number in rows:
                finish()
                result.append(Block(" | ".join(line.cells), None, True, page=line.page))
                continue
            if not (parts and edges.goes_on(parts[-1], line, loose, len(parts) > 1)):
                finish()
            parts.append(line)
        later.extend(notes)
    finish()
    return result


def _lines(runs: Sequence[Run], page: int, column: int) -> list[_Line]:
    """Runs on the same base line, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.y, r.x0)):
        if rows and abs(run.y - rows[-1][0].y) <= 0.45 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    result = []
    for row in rows:
        row.sort(key=lambda r: r.x0)
        cells = [row[0].text.strip()]
        for before, run in pairwise(row):
            gap = run.x0 - before.x1
            if gap > CELL_GAP * max(run.size, before.size):
                cells.append(run.text.strip())
            else:
                cells[-1] += _glue(cells[-1], run.text.strip(), gap / run.size) + run.text.strip()
        size = max(row, key=lambda r: r.x1 - r.x0).size
        result.append(_Line(page, column, row[0].x0, max(r.x1 for r in row), row[0].y, size, tuple(cells)))
    return result


def _glue(before: str, after: str, gap: float) -> str:
    """White space between two pieces ``gap`` widths of a character apart: between Latin words, and where a full-width space is."""
    if not before or not after:
        return ""
    if before[-1].isascii() and after[0].isascii():
        return " " if gap > 0.25 and before[-1].isalnum() and after[0].isalnum() else ""
    return "　" if gap > WIDE and not before[-1].isascii() and not after[0].isascii() else ""


def _rows(page: Sequence[_Line]) -> frozenset[int]:
    """The numbers of the lines that are rows of a table: several cells, and another such line beside them."""
    wide = [len(line.cells) > 1 for line in page]
    return frozenset(
        number
        for number, several in enumerate(wide)
        if several and (len(page[number].cells) > 2 or (number and wide[number - 1]) or (number + 1 < len(wide) and wide[number + 1]))
    )


class _Layout:
    """The edges of the text on every page, and from them what goes on."""

    def __init__(self, pages: Sequence[Sequence[_Line]], split: set[int]) -> None:
        lines = [line for page in pages for line in page if len(line.cells) == 1]
        self.size = _weighted_median([(line.size, len(line.text)) for line in lines]) if lines else 1.0
        everything = _edges(lines, self.size, None)
        self.edges = {}
        for page in pages:
            own = [line for line in page if len(line.cells) == 1]
            if not page:
                continue
            long = [line for line in own if line.x1 - line.x0 > 0.85 * (everything.right - everything.left)]
            alone = page[0].column in split and len(own) > 3
            self.edges[page[0].column] = _edges(own, self.size, everything) if alone or len(long) >= 4 else everything
        starts = [line for line in lines if abs(line.size - self.size) <= SIZE_CHANGE * self.size]
        indented = sum(1 for line in starts if INDENT[0] <= (line.x0 - self.edges[line.column].left) / self.size <= INDENT[1])
        self.indenting = indented >= max(2, len(starts) * 0.06)

    def notes(self, page: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
        """The lines of a page without its foot notes, and those: small print that ends the page."""
        end = len(page)
        while end and page[end - 1].size < 0.86 * self.size:
            end -= 1
        return (list(page[:end]), list(page[end:])) if end else (list(page), [])

    def goes_on(self, before: _Line, line: _Line, loose: float, running: bool) -> bool:
        """Whether a line belongs to the paragraph that the line before it belongs to; ``running`` when that has more lines."""
        size = max(before.size, line.size)
        if abs(before.size - line.size) > SIZE_CHANGE * loose * size or (len(before.cells) > 1 and len(line.cells) > 1):
            return False
        here, there = self.edges[line.column], self.edges[before.column]
        if line.column == before.column:
            wide = 1.9 if self.indenting else 1.3
            if line.y - before.y > max(wide * here.pitch * size / self.size, 1.3 * size):
                return False
        slack = SLACK * size * loose
        need = _width(match.group() if (match := _UNIT.match(line.text)) else "", size)
        indent = line.x0 - here.left
        if self._centred(before, there) and self._centred(line, here):
            return (there.right - there.left) - (before.x1 - before.x0) < need + slack
        if indent > AT_EDGE * size * loose:
            # A block set in from both sides goes on below its own first line; an indented first line begins a paragraph.
            if INDENT[0] * size <= indent <= INDENT[1] * size and self.indenting:
                return False
            # What stands far to the right is a signature or a date.
            if abs(line.x0 - before.x0) > AT_EDGE * size or self._centred(line, here) or indent > FAR * size:
                return False
        elif not self.indenting and _ENDED.search(before.text) and _NUMBERED.match(line.text):
            return False
        room = there.right - before.x1
        if (running or "。" in before.text) and room < OPEN * size and not _STOPPED.search(before.text):
            return True  # a sentence stops in the middle; headings, which may, are of one line
        return room < (STRAIGHT * size if there.straight and loose == 1 else need + slack)

    def _centred(self, line: _Line, edges: _Edges) -> bool:
        aside = abs((line.x0 + line.x1) - (edges.left + edges.right)) / 2
        if line.size > 1.2 * self.size:
            return aside < 2 * line.size
        return aside < 0.6 * line.size and line.x0 - edges.left > 3 * line.size


def _edges(lines: Sequence[_Line], size: float, default: _Edges | None) -> _Edges:
    """Left and right edge of the text, and the distance of its lines."""
    if not lines:
        return default or _Edges(0, 1, size, False)
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.6 * widest and line.size <= 1.2 * size] or list(lines)
    starts = sorted(line.x0 for line in long)
    # The leftmost place at which several lines start: lines that stick out alone do not move the edge.
    left = next((x for x in starts if bisect_right(starts, x + 0.4 * size) - starts.index(x) >= max(1, len(starts) // 20)), starts[0])
    if default is not None and left > default.left + size and any(abs(line.x0 - default.left) < 0.4 * size for line in lines):
        left = default.left  # a page on which every long line is the first of its paragraph
    right = max(line.x1 for line in long)
    ends = sorted(line.x1 for line in long)
    counts = [bisect_right(ends, x + 0.1 * size) - bisect_left(ends, x - 0.1 * size) for x in ends]
    at_edge = max(counts)
    common = ends[counts.index(at_edge)]
    # In ragged text many lines end a little before the edge; in justified text only the last line of a paragraph can.
    near = sum(
        1 for line in long if 0.1 * size < common - line.x1 < 1.6 * size or (line.x1 > common + 0.1 * size and not _HANGS.search(line.text))
    )
    straight = len(ends) >= 6 and at_edge > len(ends) * 0.4 and near <= 0.15 * at_edge and (default is None or default.straight)
    if straight and right - common < 1.1 * size:  # punctuation may hang over the edge
        right = common
    gaps = [b.y - a.y for a, b in pairwise(lines) if a.column == b.column and 0 < b.y - a.y < 4 * size]
    # The lower half: distances inside paragraphs, not between them.
    pitch = sorted(gaps)[len(gaps) // 3] if gaps else (default.pitch if default else 1.6 * size)
    return _Edges(left, right, pitch, straight)


def _weighted_median(pairs: Sequence[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in pairs) / 2
    for value, weight in sorted(pairs):
        half -= weight
        if half <= 0:
            return value
    return pairs[-1][0]


def _width(text: str, size: float) -> float:
    narrow = len(_ASCII.findall(text))
    return min(narrow * NARROW + len(text) - narrow, 12) * size


def _joined(lines: Sequence[_Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith("-") and text[-2:-1].isalpha() and text[-2].isascii() and line.text[:1].islower():
            text = text[:-1]
        elif text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha():
            text += " "
        text += line.text
    return text
