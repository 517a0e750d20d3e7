"""Comments (批注) put into a Word document and nothing else of it changed.

Works on the parts of the package itself: python-docx adds styles and drops what it does not know when it saves, here every
part but the main text, the comments and their registration stays byte for byte. Source: ECMA-376 part 1, 17.13.4 (comments)
and 11.3.2 (comments part); the parts that newer Word adds beside it are [MS-DOCX] 2.5.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice, pairwise
from typing import Any, NamedTuple

from scorer.document import written_lines
from scorer.outputs.wordpackage import AUTHOR, MOMENT, Package
from scorer.readers.docx import W, Word

SMALL = 5
"""A content control of up to so many paragraphs is commented as a whole, from outside: LibreOffice 7.4 drops the text that
stands before a comment inside one."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Inside these a range may begin or end between two runs; any other wrapper (link, field, control, text box) is kept whole.
_OPEN = {W + "ins", W + "moveTo", W + "smartTag"}


class Note(NamedTuple):
    """What is to be said about a range of the text (characters, end excluded); the first line is set in bold."""

    start: int
    end: int
    lines: tuple[str, ...]


class Change(NamedTuple):
    """A range of the text (characters, end excluded) that is to read ``text``."""

    start: int
    end: int
    text: str


class Places(NamedTuple):
    """The text of a Word document as ``Document.text`` has it, and for its characters the elements they stand in."""

    text: str
    segments: tuple[_Segment, ...]


class _Segment(NamedTuple):
    """``length`` characters from ``start`` are those of ``node`` from ``skip`` on; without node the reader added them."""

    start: int
    length: int
    node: Any
    skip: int

    @property
    def end(self) -> int:
        return self.start + self.length


def places(word: Word, starts: Sequence[int] | None = None) -> Places:
    """Where the text of the document stands in it; with ``starts`` its lines begin at these offsets of another text."""
    lines: list[str] = []
    segments: list[_Segment] = []
    at = 0
    for entry in word.placed:
        for offset, line in written_lines(entry.block.text):
            begin = at if starts is None else starts[len(lines)]
            here = 0
            for piece in entry.pieces:
                first, last = max(here, offset), min(here + len(piece.text), offset + len(line))
                if first < last:
                    segments.append(_Segment(begin + first - offset, last - first, piece.node, piece.skip + first - here))
                here += len(piece.text)
            lines.append(line)
            at += len(line) + 1
    return Places("\n".join(lines), tuple(segments))


def put(
    raw: bytes,
    word: Word,
    where: Places,
    notes: Sequence[Note],
    changes: Sequence[Change] = (),
    *,
    date: datetime.datetime | None = None,
) -> bytes:
    """The package ``raw``, opened as ``word``, with the notes as comments; earlier ones of ours are taken out first.

    The changes become tracked ones, for a person to accept or refuse; those that do not stand in one plain run are left out.
    Without ``date`` the comments carry none, so that equal input gives equal output. Raises ``UnreadableError`` for a
    package whose registers are broken.
    """
    package = Package(raw, word)
    package.forget_own()
    found = [(note, borders) for note in notes if (borders := _find(where, note)) is not None]
    numbers = package.comment([note.lines for note, _ in found], date)
    revised = [(change, borders) for change in changes if (borders := _find(where, change)) is not None]
    _mark(word.root, [(number, *borders) for number, (_, borders) in zip(numbers, found, strict=True)], revised, _stamp(date))
    return package.bytes()


# -- places in the text --------------------------------------------------------------------------------------------------


class _Border(NamedTuple):
    """A place between two characters of a node."""

    node: Any
    offset: int


def _find(where: Places, note: Note | Change) -> tuple[_Border, _Border] | None:
    """Where a note's range begins and ends: within one paragraph (that with most of it), at characters of the file itself."""
    segments = where.segments
    index = bisect_right(segments, note.start, key=lambda s: s.end)
    inside: dict[Any, list[_Segment]] = {}
    for segment in segments[index:]:
        if segment.start >= note.end:
            break
        if segment.node is not None:
            inside.setdefault(_host(segment.node), []).append(segment)
    if inside:
        chosen = max(inside.values(), key=lambda own: sum(min(s.end, note.end) - max(s.start, note.start) for s in own))
    else:
        # Numbers that Word makes itself stand in no node: what comes after them stands for them, or before them at the end.
        order = [*segments[index:], *reversed(segments[:index])]
        chosen = [segment for segment in order if segment.node is not None][:1]
        if not chosen:
            return None
    first, last = chosen[0], chosen[-1]
    begin = first.skip + min(max(note.start - first.start, 0), first.length - 1)
    return _Border(first.node, begin), _Border(last.node, last.skip + max(min(note.end, last.end) - last.start, 1))


def _host(node: Any) -> Any:
    """The paragraph of the text itself: for a node in a text box that which holds the box."""
    return list(node.iterancestors(W + "p"))[-1]


# -- marks in the main part ----------------------------------------------------------------------------------------------


def _mark(
    root: Any,
    ranges: Sequence[tuple[int, _Border, _Border]],
    revised: Sequence[tuple[Change, tuple[_Border, _Border]]] = (),
    stamp: dict[str, str] | None = None,
) -> None:
    """Put start, end and reference of each comment around its range; runs are cut where a range begins inside one."""
    cuts: dict[Any, set[_Border]] = {}
    for borders in (*((first, last) for _, first, last in ranges), *(own for _, own in revised)):
        for border in borders:
            run = border.node.getparent()
            if run.tag == W + "r" and _outermost(run) is run:
                cuts.setdefault(run, set()).add(border)
    sides: dict[_Border, tuple[Any, Any]] = {}
    for run, own in cuts.items():
        sides.update(_split(run, own))
    tails: dict[Any, Any] = {}

    def behind(anchor: Any, element: Any) -> None:
        tails.get(anchor, anchor).addnext(element)
        tails[anchor] = element

    def element(name: str, number: int) -> Any:
        return root.makeelement(W + name, {W + "id": str(number)})

    for number, first, last in ranges:
        right = sides[first][1] if first in sides else _outermost(first.node)
        left = sides[last][0] if last in sides else _outermost(last.node)
        right.addprevious(element("commentRangeStart", number))
        behind(left, element("commentRangeEnd", number))
        reference = root.makeelement(W + "r")
        reference.append(element("commentReference", number))
        top = left
        while top.getparent().tag in _OPEN:  # the reference is no part of a tracked insertion
            top = top.getparent()
        if top.getparent().tag == W + "p":
            behind(top, reference)
        else:
            beside, follows = _beside(top)
            beside.insert(0 if beside.find(W + "pPr") is None else 1, reference) if follows else beside.append(reference)
    number = max((int(n) for e in root.iter(W + "ins", W + "del") if (n := e.get(W + "id") or "").isdigit()), default=9000) + 1
    for change, (first, last) in revised:
        run = sides.get(first, (None, None))[1]
        if run is not None and run is sides.get(last, (None, None))[0] and run.getparent().tag == W + "p":
            _revise(run, change.text, number, stamp or {})
            number += 2


def _stamp(date: datetime.datetime | None) -> dict[str, str]:
    """Whose a tracked change is, and when it was made."""
    return {W + "author": AUTHOR, **({W + "date": date.strftime(MOMENT)} if date is not None else {})}


def _revise(run: Any, text: str, number: int, stamp: dict[str, str]) -> None:
    """The run as deleted, and behind it one with the text as inserted."""
    if run.find(W + "t") is None or len(run.findall(W + "t")) != 1:
        return
    fresh = deepcopy(run)
    gone = run.makeelement(W + "del", {W + "id": str(number), **stamp})
    come = run.makeelement(W + "ins", {W + "id": str(number + 1), **stamp})
    run.addprevious(gone)
    gone.append(run)
    gone.addnext(come)
    come.append(fresh)
    fresh.find(W + "t").text = text
    run.find(W + "t").tag = W + "delText"


def _outermost(element: Any) -> Any:
    """The element itself, or the outermost one around it that a range of its paragraph cannot begin or end in."""
    result = element
    host = _host(element)
    controls = list(host.iterancestors(W + "sdt"))
    if controls and sum(1 for _ in islice(controls[-1].iter(W + "p"), SMALL + 1)) <= SMALL and _beside(controls[-1])[0] is not None:
        return controls[-1]
    for outer in element.iterancestors():
        if outer is host:
            return result
        if outer.tag not in _OPEN:
            result = outer
    return result


def _beside(block: Any) -> tuple[Any, bool]:
    """A paragraph next to a block, and whether it follows it."""
    following = next(block.itersiblings(W + "p"), None)
    return (following, True) if following is not None else (next(block.itersiblings(W + "p", preceding=True), None), False)


def _split(run: Any, borders: set[_Border]) -> dict[_Border, tuple[Any, Any]]:
    """Cut a run at the borders, each part with the run's properties; for each border the runs before and after it."""
    properties = run.find(W + "rPr")
    parts: list[list[Any]] = [[]]
    found: dict[_Border, int] = {}
    by_node: dict[Any, list[_Border]] = {}
    for border in sorted(borders, key=lambda border: border.offset):
        by_node.setdefault(border.node, []).append(border)
    for child in run:
        if child is properties:
            continue
        own = by_node.get(child, [])
        for number, piece in enumerate(_pieces(child, [border.offset for border in own])):
            if number:
                if parts[-1]:
                    parts.append([])
                found[own[number - 1]] = len(parts) - 1
            if piece is not None:
                parts[-1].append(piece)
    runs = [run]
    for part in parts[1:]:
        if part:
            following = run.makeelement(run.tag, dict(run.attrib))
            if properties is not None:
                following.append(deepcopy(properties))
            following.extend(part)
            runs[-1].addnext(following)
            runs.append(following)
    return {border: (runs[index - 1] if index else None, runs[index] if index < len(runs) else None) for border, index in found.items()}


def _pieces(child: Any, offsets: Sequence[int]) -> list[Any]:
    """An element of a run cut at the offsets of its text, None for an empty piece; what is no text has one character."""
    text = (child.text or "") if child.tag == W + "t" else None
    length = 1 if text is None else len(text)
    pieces: list[Any] = []
    used = False
    for start, end in pairwise([0, *offsets, length]):
        if start == end and offsets:
            pieces.append(None)
            continue
        piece = child.makeelement(child.tag, dict(child.attrib)) if used else child
        used = True
        if text is not None and (start, end) != (0, length):
            piece.text = text[start:end]
            piece.set(_SPACE, "preserve")
        pieces.append(piece)
    return pieces
