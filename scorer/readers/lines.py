"""Positioned text to paragraphs: what PDF, OFD and recognised pages have in common.

These formats know where characters stand, not what belongs together. A typesetter's rules give it back: a paragraph goes
on in the next line where the next line starts at the left edge and its first word would not have fitted into the room
that was left; a first line is indented; titles are centred; page numbers and running heads repeat at the same place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from scorer.document import Block


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
INDENT = (1.4, 2.7)
AT_EDGE = 0.7
FAR = 6.0
OPEN = 3.0
SLACK = 0.5
STRAIGHT = 0.3
NARROW = 0.55
SIZE_CHANGE = 0.12
# Parts of the height of a page in which page numbers and running heads stand.
TOP, BOTTOM = 0.12, 0.88
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―－·~～.…|]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,6})(?:\s*页)?(?:\s*[/／,，、]?\s*共?\s*\d{1,3}\s*页?)?[\s\-—–―－·~～.…|]*"
)
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
    for sheet in _without_furniture(sheets):
        columns = _columns(sheet)
        for column in columns:
            if len(columns) > 1:
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


def _columns(sheet: Sheet) -> list[list[Run]]:
    """The runs of a page column by column; one list where the page has one column."""
    runs = [run for run in sheet.runs if run.text.strip()]
    if len(runs) < 16:
        return [runs]
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = right - left
    # A second column begins where many runs begin, somewhere in the middle.
    starts = Counter(round(run.x0) for run in runs if left + 0.35 * width < run.x0 < left + 0.65 * width)
    for start, _ in starts.most_common(5):
        middle = start - 1
        first, second = [r for r in runs if r.x1 <= middle], [r for r in runs if r.x0 >= middle]
        crossing = [r for r in runs if r.x0 < middle < r.x1]
        if min(len(first), len(second)) < 8 or len(crossing) > len(runs) / 5:
            continue
        # In a table the cells leave their columns mostly empty.
        if min(median(r.x1 - r.x0 for r in side) / max(r.x1 - r.x0 for r in side) for side in (first, second)) < 0.6:
            continue
        if median(r.x1 - r.x0 for r in second) < 0.25 * width:
            continue
        top = min(r.y for r in (*first, *second))
        above = [r for r in crossing if r.y < top]
        below = [r for r in crossing if r.y >= top]
        return [side for side in (above, first, second, below) if side]
    return [runs]


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
                cells[-1] += _glue(cells[-1], run.text.strip(), gap > 0.25 * run.size) + run.text.strip()
        size = max(row, key=lambda r: r.x1 - r.x0).size
        result.append(_Line(page, column, row[0].x0, max(r.x1 for r in row), row[0].y, size, tuple(cells)))
    return result


def _glue(before: str, after: str, apart: bool) -> str:
    """White space between two pieces: only between Latin words."""
    if apart and before and after and before[-1].isascii() and after[0].isascii() and (before[-1].isalnum() and after[0].isalnum()):
        return " "
    return ""


def _without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages without page numbers and without lines that repeat at the top or bottom of pages."""
    marginal = [_marginal(sheet) for sheet in sheets]
    repeated = Counter(key for rows in marginal for key in {_masked(_plain(row)) for row in rows})
    filled = sum(1 for sheet in sheets if sheet.runs)
    often = 2 if filled == 2 else max(3, filled * 0.4)
    result = []
    for sheet, rows in zip(sheets, marginal, strict=True):
        dropped = {run for row in rows if _PAGE_NUMBER.fullmatch(_plain(row)) or repeated[_masked(_plain(row))] >= often for run in row}
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


# ---- characters

# CJK radicals that stand for a character of their own in the text layer of some PDFs and have no compatibility form in
# Unicode (UAX #38, EquivalentUnifiedIdeograph.txt); the Kangxi radicals have one.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺊⺍⺎⺐⺓⺗⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺰⺱⺶⺷⺻⺼⺽⻁⻃⻄⻅⻆⻇⻉⻊⻋⻌⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙刀卜小兀尢幺心旡日月母民牛王疋目示竹纟网羊羊聿月臼虎覀西见角角贝足车辶钅長镸长门雨青韦页风飞食食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_DROPPED = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff]")


def normal(text: str) -> str:
    """The characters that a reader sees: radicals and compatibility ideographs as the usual characters, no invisible ones."""
    import unicodedata

    text = _DROPPED.sub("", text)
    return _COMPATIBLE.sub(lambda m: _RADICALS.get(m.group()) or unicodedata.normalize("NFKC", m.group()), text)


def garbage(text: str) -> bool:
    """Whether a text layer is useless: most of it private-use or replacement characters, or hardly a letter in it."""
    dense = re.sub(r"\s", "", text)
    bad = len(re.findall("[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f\U000f0000-\U0010ffff]", dense))
    return len(dense) >= 20 and bad > len(dense) * 0.3
