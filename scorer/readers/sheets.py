"""Pages of positioned text: what on them belongs to the text, and in which order its columns are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """A piece of text on one line, in any unit of length; ``y`` is its base line, from the top of the page.

    ``size`` is the width of one Chinese character.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Sheet(NamedTuple):
    """One page; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    runs: Sequence[Run]


# Parts of the height of a page in which page numbers and running heads stand.
TOP, BOTTOM = 0.12, 0.88
_PAGE_NUMBER = re.compile(
    r"(?:第\s{0,4})?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,6})(?:\s{0,4}页)?(?:\s{0,4}[/／,，、]?\s{0,4}共?\s{0,4}\d{1,3}\s{0,4}页?)?"
)
_AROUND_NUMBER = " \t\u3000\xa0-—–―－·~～.…|"
FEWEST = 8
"""A page shows by so many pieces on each side of a gap that it has two columns; other pages of the file then need fewer."""
WITHIN = 0.6
"""In a table the cells leave their columns mostly empty: half of the pieces of a column fill so much of its widest."""
SPACE = 2.2
PROSE = 7
"""A line of running text is at least so many characters wide; cells of a table are narrower."""
GUTTER = (0.25, 0.75)
"""The gap between two columns lies in this part of the width of the text."""


def columns(sheets: Sequence[Sheet]) -> list[list[list[Run]]]:
    """For each page the runs of its columns in reading order: a page of two columns is read in bands, each from what stands over
    both columns down to the next such line, the left column before the right one. One list where a page has one column."""
    runs = [[run for run in sheet.runs if run.text.strip()] for sheet in sheets]
    found = [_gutter(own) for own in runs]
    known = Counter(round(middle) for middle in found if middle is not None)
    result = []
    for own, middle in zip(runs, found, strict=True):
        if middle is None and known:
            # The last page of a text in two columns may have little in the second.
            usual = known.most_common(1)[0][0]
            middle = usual if own and _parted(own, usual, 1) else None
        result.append(_bands(own, middle) if middle is not None else [own])
    return result


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where the second column of a page begins, a little to the left of it; None for a page of one column."""
    if len(runs) < 2 * FEWEST:
        return None
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = right - left
    # A second column begins where many runs begin, somewhere in the middle.
    starts = Counter(round(run.x0) for run in runs if left + GUTTER[0] * width < run.x0 < left + GUTTER[1] * width)
    return next((start - 1.0 for start, _ in starts.most_common(5) if _parted(runs, start - 1.0, FEWEST)), None)


def _parted(runs: Sequence[Run], middle: float, fewest: int) -> bool:
    """Whether runs stand in two columns on both sides of a place."""
    first, second = [r for r in runs if r.x1 <= middle], [r for r in runs if r.x0 >= middle]
    if min(len(first), len(second)) < fewest:
        return False
    top, bottom = min(r.y for r in second), max(r.y for r in second)
    crossing = [r for r in runs if r.x0 < middle < r.x1 and top <= r.y <= bottom]
    if len(crossing) > (len(first) + len(second)) / 5:
        return False
    sides = (first, second) if fewest > 1 else (first,)
    if any(median(r.x1 - r.x0 for r in side) < WITHIN * max(r.x1 - r.x0 for r in side) for side in sides):
        return False
    if any(median(r.x1 - r.x0 for r in side) < PROSE * median(r.size for r in side) for side in sides):
        return False
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    return max(r.x1 - r.x0 for r in second) >= 0.2 * (right - left)


def _bands(runs: Sequence[Run], middle: float) -> list[list[Run]]:
    """The runs of a page of two columns: lines over both, then left and right of what stands between them."""
    result: list[list[Run]] = []
    over: list[Run] = []
    sides: tuple[list[Run], list[Run]] = ([], [])

    def finish() -> None:
        result.extend(side for side in (over, *sides) if side)

    crossing = [run for run in runs if run.x0 < middle < run.x1]
    for run in sorted(runs, key=lambda run: run.y):
        if run.x0 < middle < run.x1 or any(_beside(run, other) for other in crossing):
            if any(sides):
                finish()
                over, sides = [], ([], [])
            over.append(run)
        else:
            sides[run.x0 >= middle].append(run)
    finish()
    return result


def _beside(run: Run, other: Run) -> bool:
    """Whether a piece stands on one line with another, no more than the width of a wide space from it."""
    gap = max(run.x0 - other.x1, other.x0 - run.x1)
    return abs(run.y - other.y) < 0.4 * run.size and gap < SPACE * run.size


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages without page numbers and without lines that repeat at the top or bottom of pages."""
    marginal = [_marginal(sheet) for sheet in sheets]
    repeated = Counter(key for rows in marginal for key in {_masked(_plain(row)) for row in rows})
    filled = sum(1 for sheet in sheets if sheet.runs)
    often = 2 if filled == 2 else max(3, filled * 0.4)
    result = []
    for sheet, rows in zip(sheets, marginal, strict=True):
        dropped = {
            run
            for row in rows
            if _PAGE_NUMBER.fullmatch(_plain(row).strip(_AROUND_NUMBER)) or repeated[_masked(_plain(row))] >= often
            for run in row
        }
        result.append(sheet._replace(runs=[run for run in sheet.runs if run not in dropped]) if dropped else sheet)
    return result


def _marginal(sheet: Sheet) -> list[list[Run]]:
    """The two highest and the two lowest lines of a page, where they stand in its margins."""
    high = sorted({run.y for run in sheet.runs if run.y < TOP * sheet.height})
    low = sorted({run.y for run in sheet.runs if run.y > BOTTOM * sheet.height}, reverse=True)
    rows = []
    for heights in (high, low):
        lines: list[float] = []
        for y in heights:
            if not lines or abs(y - lines[-1]) > 3 / 842 * sheet.height:
                lines.append(y)
        rows += [[run for run in sheet.runs if abs(run.y - y) <= 3 / 842 * sheet.height] for y in lines[:2]]
    return rows


def _plain(row: Sequence[Run]) -> str:
    return "".join(run.text for run in sorted(row, key=lambda run: run.x0))


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", text))
