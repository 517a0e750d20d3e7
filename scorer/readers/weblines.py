"""The lines of a web page, from the walk over its tree: blocks, rows of tables, preformatted text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from scorer.document import Block
from scorer.readers.webtree import Survey

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3",
    "h4", "h5", "h6", "blockquote", "pre", "center", "figure", "figcaption", "body", "html", "fieldset", "address", "ucapcontent", "form", "hr", "caption", "colgroup", "tfoot",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
MAX_OUTSIDE = 200


def blocks_of(survey: Survey, container: int | None) -> tuple[list[Block], int, int]:
    """The blocks of a page, and how many characters stand in the container and in all."""
    blocks: list[Block] = []
    outside = inside_length = total = 0
    for line, inside in lines_of(survey, container):
        length = len("".join(line.text.split()))
        total += length
        if inside:
            inside_length += length
            blocks.append(line)
        elif outside < MAX_OUTSIDE and length <= 400:
            outside += 1
            blocks.append(Block(line.text, None, line.table, True))
    return blocks, inside_length, total


def lines_of(survey: Survey, container: int | None) -> Iterator[tuple[Block, bool]]:
    """The lines of the page in order, each with whether it stands inside the container."""
    pieces: list[str] = []
    inside = container is None
    level: int | None = None
    levels: list[int | None] = []
    preformatted = 0
    index, events = 0, survey.events

    while index < len(events):
        number, text, end = events[index]
        index += 1
        if number < 0:
            if preformatted and "\n" in text:
                for part in text.split("\n")[:-1]:
                    if line := _line([*pieces, part]):
                        yield Block(line, level), inside
                    pieces.clear()
                text = text.rpartition("\n")[2]
            pieces.append(text)
            continue
        tag = survey.tags[number]
        if tag == "pre":
            preformatted += -1 if end else 1
        if tag == "br" or tag in _BLOCKS or number == container:
            if pieces and (line := _line(pieces)):
                yield Block(line, level), inside
            pieces.clear()
        if number == container:
            inside = not end
        if tag in _HEADINGS and container is not None:
            if end:
                level = levels.pop()
            else:
                levels.append(level)
                level = _HEADINGS[tag] if inside else level
        if tag == "tr" and not end and not _holds_prose(survey, number):
            row = " | ".join(cell for cell in _cells(survey, number) if cell)
            if row:
                yield Block(row, None, True), inside
            index = survey.last[number] + 1
    if line := _line(pieces):
        yield Block(line, level), inside


def _line(pieces: Sequence[str]) -> str:
    text = "".join(pieces)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)  # entities of entities: &amp;nbsp;
    return _SPACE.sub(" ", text).strip()


def _cells(survey: Survey, row: int) -> Iterator[str]:
    pieces: list[str] = []
    for number, text, end in survey.events[survey.first[row] : survey.last[row]]:
        if number < 0:
            pieces.append(text)
        elif survey.parents[number] == row:
            if end and survey.tags[number] in ("td", "th"):
                yield " ".join(_line(pieces).split())
            pieces.clear()


def _holds_prose(survey: Survey, row: int) -> bool:
    """A row of a layout table: it holds paragraphs, tables or long text."""
    element = survey.elements[row]
    longest = within = cells = 0
    for event in survey.events[survey.first[row] + 1 : survey.last[row]] if survey.size(row) <= 2000 else ():
        if event.element >= 0 and event.end and survey.parents[event.element] == row and survey.tags[event.element] in ("td", "th"):
            longest = max(longest, survey.size(event.element))
            cells += 1
    if survey.size(row) > 2000:
        return True
    within = next((1 for _ in element.iter("p", "br", "table", "div", "h1", "h2", "h3")), 0)
    # A single cell that is broken into lines is no row of a table either.
    return (longest > 80 or cells == 1 or any(True for _ in element.iter("table"))) if within else longest > 150
