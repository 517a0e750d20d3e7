"""Word documents (.docx): the text as Word shows it, automatic Chinese numbering included.

The tree is walked with lxml instead of python-docx: python-docx's ``.text`` loses tracked insertions, content controls,
fields, text boxes and nested tables, recovers no numbering, and takes 190 ms to import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from scorer.document import Block
from scorer.errors import UnreadableError
from scorer.office import xml
from scorer.office.archive import Archive
from scorer.readers import MAX_PARAGRAPHS, MAX_TEXT
from scorer.readers.base import Reading
from scorer.readers.numbering import Numbering
from scorer.readers.wordlooks import Looks, passed_over

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = {
    W + "del",
    W + "moveFrom",
    W + "instrText",
    W + "delText",
    W + "pPr",
    W + "rPr",
    W + "sectPr",
    W + "tblPr",
    W + "trPr",
    W + "tcPr",
    W + "sdtPr",
    W + "rt",  # the reading that stands above ruby text
    _MC + "Fallback",
}
# Signs of symbol fonts that stand for something a reader would type.
_SYMBOLS = {
    0xF0FE: "☑",
    0xF0FC: "√",
    0xF052: "☑",
    0xF06F: "□",
    0xF0A8: "□",
    0xF0A3: "□",
    0xF0B7: "·",
    0xF0D7: "×",
    0xF0B0: "°",
    0xF0B3: "≥",
}
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH, _FRACTION, _PARTS = _M + "t", _M + "f", (_M + "num", _M + "den")
MAX_DEPTH = 200
_MAIN = re.compile(r"word/document\d*\.xml")
# Word's "Strict Open XML" differs for a reader only in the names of its vocabularies.
STRICT, TRANSITIONAL = b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()


def main_part(names: Iterable[str]) -> str | None:
    """The part that holds the text: ``word/document.xml``, by some programs numbered."""
    return min((name for name in names if _MAIN.fullmatch(name)), key=len, default=None)


class Piece(NamedTuple):
    """A stretch of a block's text, the element it stands in (None for what the reader added: numbers, separators),
    and how many characters of the element come before it."""

    text: str
    node: Any = None
    skip: int = 0


class Placed(NamedTuple):
    """A block and the pieces its text is joined from."""

    block: Block
    pieces: tuple[Piece, ...]


class Word(NamedTuple):
    """An opened Word document: its parts, name and tree of the main one, its blocks with their places in that tree, what was lost."""

    archive: Archive
    name: str
    root: Any
    placed: tuple[Placed, ...]
    warnings: tuple[str, ...]


def read(raw: bytes) -> Reading:
    """The paragraphs and what was lost. Raises ``UnreadableError``."""
    word = opened(raw)
    return Reading([placed.block for placed in word.placed], "docx", {}, word.warnings)


def opened(raw: bytes) -> Word:
    """The document with each block's place in it, for who writes into it what belongs to a text. Raises ``UnreadableError``."""
    archive = Archive(raw)
    place = main_part(archive.names)
    main = archive.part(place) if place else None
    if place is None or main is None:
        raise UnreadableError("不是Word文档", remedy="请另存为.docx")
    root = xml.parse(main.replace(STRICT, TRANSITIONAL))
    body = root.find(W + "body")
    if body is None:
        raise UnreadableError("Word文档里没有正文")
    parts = {name: (archive.part(f"word/{name}.xml") or b"").replace(STRICT, TRANSITIONAL) for name in ("styles", "numbering")}
    warnings = []
    roots = {}
    for name, part in parts.items():
        try:
            roots[name] = xml.parse(part) if part else None
        except UnreadableError:
            roots[name] = None
            warnings.append("文档的样式或编号部分已损坏：自动编号可能没有读出。")
    context = _Context(Numbering(roots["styles"], roots["numbering"]), Looks(roots["styles"]))
    placed: list[Placed] = []
    characters = 0
    for found in _blocks(body, context, 0):
        placed.append(found)
        characters += len(found.block.text)
        if characters > MAX_TEXT or len(placed) > MAX_PARAGRAPHS:
            raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
    if any(True for _ in body.iter(W + "ins", W + "del", W + "moveTo")):
        warnings.append("文档带有修订痕迹：按接受修订后的文字检查。")
    if context.looks.withheld:
        warnings.append("文档里有隐藏文字（隐藏格式、与底色相同或极小的字），没有读入。")
    notes = sum(1 for _ in body.iter(W + "footnoteReference", W + "endnoteReference"))
    if notes:
        warnings.append(f"文档有{notes}处脚注或尾注，注文没有读入。")
    if any(True for _ in body.iter(W + "altChunk")):
        warnings.append("文档里嵌有另一份文件，没有读入；请用Word打开后另存一份再检查。")
    warnings += passed_over(archive, body)
    if not any(entry.block.text.strip() for entry in placed) and any(
        True for _ in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    ):
        raise UnreadableError("文档里只有图片，没有文字", remedy="请使用文字版，或先做文字识别")
    return Word(archive, place, root, tuple(placed), tuple(warnings))


class _Context(NamedTuple):
    """What all paragraphs of a document share: the numbers counted so far, and which runs are seen."""

    numbering: Numbering
    looks: Looks


def _blocks(parent: Any, context: _Context, depth: int) -> Iterator[Placed]:
    if depth > MAX_DEPTH:
        raise UnreadableError("文档嵌套层次过深", remedy="请把正文另存为新的文档再试")
    if _placeholder(parent):
        return
    kept: tuple[Piece, ...] = ()  # of a paragraph whose mark was deleted, and which goes on in the next
    for child in parent:
        if child.tag == W + "p":
            if context.numbering.contents(child):
                continue
            for number, entry in enumerate(_paragraph(child, context, depth)):
                if number == 0 and child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    kept += entry.pieces
                    continue
                if number == 0 and kept:
                    pieces, kept = kept + entry.pieces, ()
                    entry = Placed(entry.block._replace(text=_text(pieces)), pieces)
                yield entry
        elif child.tag == W + "tbl":
            yield from _table(child, context, depth)
        elif child.tag not in _SKIP and isinstance(child.tag, str):
            yield from _blocks(child, context, depth + 1)
    if kept:
        yield Placed(Block(_text(kept)), kept)


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _placeholder(element: Any) -> bool:
    """A content control that nobody has filled in: it shows an invitation to write."""
    return bool(element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None)


def _paragraph(paragraph: Any, context: _Context, depth: int) -> Iterator[Placed]:
    pieces: list[Piece] = []
    boxes: list[Any] = []
    _collect(paragraph, pieces, boxes, context.looks, 0)
    text = _text(pieces)
    number, level = context.numbering.of(paragraph, bool(text.strip()))
    yield Placed(Block(number + text, level), (Piece(number), *pieces))
    for box in boxes:
        yield from _blocks(box, context, depth + 1)


def _collect(element: Any, pieces: list[Piece], boxes: list[Any], looks: Looks, depth: int) -> None:
    if depth > MAX_DEPTH:
        return
    for child in element:
        tag = child.tag
        if tag in _SKIP or not isinstance(tag, str):
            continue
        if (tag == W + "r" and looks.unseen(child)) or _placeholder(child):
            continue
        if tag in (W + "t", _MATH):
            pieces.append(Piece(child.text or "", child))
        elif tag == W + "sym":
            pieces.append(Piece(_symbol(child.get(W + "char")), child))
        elif tag in (W + "tab", W + "ptab"):
            pieces.append(Piece("\t", child))
        elif tag in (W + "br", W + "cr"):
            pieces.append(Piece("\n", child))
        elif tag == W + "noBreakHyphen":
            pieces.append(Piece("-", child))
        elif tag == W + "txbxContent":
            boxes.append(child)
        elif tag == _FRACTION:
            for number, part in enumerate(child.iterchildren(*_PARTS)):
                if number:
                    pieces.append(Piece("/"))
                _collect(part, pieces, boxes, looks, depth + 1)
        else:
            _collect(child, pieces, boxes, looks, depth + 1)


def _symbol(code: str | None) -> str:
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xE000 <= number <= 0xF8FF:
        return _SYMBOLS.get(number, "")
    return chr(number) if 0x20 < number < 0xD800 else ""


def _table(table: Any, context: _Context, depth: int) -> Iterator[Placed]:
    """A row of short cells is one line (an index table); a cell with prose gives its own paragraphs (a layout table)."""
    for row in _rows(table):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = [[entry for entry in _blocks(cell, context, depth + 1) if entry.block.text.strip()] for cell in _cells(row)]
        filled = [cell for cell in cells if cell]
        if filled and all(len(cell) == 1 and len(cell[0].block.text) < 80 for cell in filled):
            pieces = [piece for cell in filled for piece in (Piece(" | "), *_stripped(cell[0].pieces))][1:]
            yield Placed(Block(_text(pieces), None, True), tuple(pieces))
        else:
            for cell in filled:
                yield from cell


def _stripped(pieces: tuple[Piece, ...]) -> list[Piece]:
    """The pieces without white space at both ends."""
    text = _text(pieces)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    kept = []
    at = 0
    for piece in pieces:
        start, end = max(first - at, 0), min(last - at, len(piece.text))
        if start < end:
            kept.append(Piece(piece.text[start:end], piece.node, piece.skip + start))
        at += len(piece.text)
    return kept


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of a table, those in content controls and tracked changes too; not those of tables in its cells."""
    for child in parent:
        if child.tag == W + "tr":
            yield child
        elif child.tag not in _SKIP and child.tag != W + "tbl":
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, those in content controls too."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(child)
