"""Comments (批注) put into a Word document and nothing else of it changed.

Works on the parts of the package itself: python-docx adds styles and drops what it does not know when it saves, here every
part but the main text, the comments and their registration stays byte for byte. Source: ECMA-376 part 1, 17.13.4 (comments)
and 11.3.2 (comments part); the parts that newer Word adds beside it are [MS-DOCX] 2.5.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice, pairwise
from typing import Any, NamedTuple

from scorer.document import written_lines
from scorer.errors import UnreadableError
from scorer.office import xml
from scorer.readers.docx import STRICT, TRANSITIONAL, W, Word

AUTHOR = "法治政府建设报告检查"
INITIALS = "检查"
OWN = frozenset({AUTHOR, "fazhi"})
"""Whose comments are taken out by the next run: also those of earlier versions."""
SMALL = 5
"""A content control of up to so many paragraphs is commented as a whole, from outside: LibreOffice 7.4 drops the text that
stands before a comment inside one."""

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# Inside these a range may begin or end between two runs; any other wrapper (link, field, control, text box) is kept whole.
_OPEN = {W + "ins", W + "moveTo", W + "smartTag"}
_MARKS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    package = _Package(raw, word)
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
    return {W + "author": AUTHOR, **({W + "date": date.strftime(_MOMENT)} if date is not None else {})}


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


# -- the package ---------------------------------------------------------------------------------------------------------


class _Package:
    """The parts that carry comments; all others are copied as they are."""

    def __init__(self, raw: bytes, word: Word) -> None:
        self.raw = raw
        self.word = word
        self.strict = TRANSITIONAL not in (word.archive.part(word.name) or b"")
        self.changed: dict[str, bytes] = {}
        folder, _, file = word.name.rpartition("/")
        self.register = f"{folder}/_rels/{file}.rels"
        self.relations = self._parse(self.register)
        self.name, self.comments = self._comments()

    def _parse(self, name: str) -> Any:
        part = self.word.archive.part(name)
        return None if part is None else xml.parse(part.replace(STRICT, TRANSITIONAL))

    def _comments(self) -> tuple[str, Any]:
        for relation in () if self.relations is None else self.relations:
            if relation.get("Type") in (_RELATION, _STRICT_RELATION):
                target = relation.get("Target") or ""
                name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
                if (comments := self._parse(name)) is not None:
                    return name, comments
        return "", None

    def forget_own(self) -> None:
        """Take out the comments that an earlier run made, with their marks; answers of people to them stay."""
        if self.comments is None:
            return
        own = [comment for comment in self.comments if comment.get(W + "author") in OWN]
        numbers = {comment.get(W + "id") for comment in own}
        paragraphs = {p.get(_W14 + "paraId") for comment in own for p in comment.iter(W + "p")} - {None}
        for comment in own:
            self.comments.remove(comment)
        for mark in [mark for mark in self.word.root.iter(*_MARKS) if mark.get(W + "id") in numbers]:
            parent = mark.getparent()
            parent.remove(mark)
            if parent.tag == W + "r" and all(child.tag == W + "rPr" for child in parent):
                parent.getparent().remove(parent)
        if paragraphs:
            self._forget_elsewhere(paragraphs)

    def _forget_elsewhere(self, paragraphs: set[str]) -> None:
        """What newer Word keeps of a comment beside it: threads, lasting numbers, times."""
        lasting: set[str] = set()
        for name, key, gone in (
            ("word/commentsExtended.xml", "paraId", paragraphs),
            ("word/commentsIds.xml", "paraId", paragraphs),
            ("word/commentsExtensible.xml", "durableId", lasting),
        ):
            root = self._parse(name)
            if root is None:
                continue
            for entry in list(root):
                values = {attribute.rpartition("}")[2]: attribute for attribute in entry.attrib}
                if key in values and entry.get(values[key]) in gone:
                    if "durableId" in values:
                        lasting.add(entry.get(values["durableId"]))
                    root.remove(entry)
                elif "paraIdParent" in values and entry.get(values["paraIdParent"]) in gone:
                    del entry.attrib[values["paraIdParent"]]
            self._store(name, root)

    def comment(self, texts: Sequence[tuple[str, ...]], date: datetime.datetime | None) -> range:
        """Add comments with these lines; their numbers."""
        from lxml import etree

        if self.comments is None:
            self.comments = etree.Element(W + "comments", nsmap={"w": W.strip("{}")})
            self.name = next(
                name
                for n in range(len(self.word.archive.names) + 1)
                if (name := f"word/comments{n or ''}.xml") not in self.word.archive.names
            )
            self._register()
        first = max((int(number) for c in self.comments if re.fullmatch("[0-9]{1,9}", number := c.get(W + "id") or "")), default=-1) + 1
        for number, lines in enumerate(texts, first):
            comment = etree.SubElement(self.comments, W + "comment", {W + "id": str(number), W + "author": AUTHOR})
            if date is not None:
                comment.set(W + "date", date.strftime(_MOMENT))
            comment.set(W + "initials", INITIALS)
            comment.extend(etree.fromstring(_paragraph(line, index == 0)) for index, line in enumerate(lines or ("",)))
        return range(first, first + len(texts))

    def _register(self) -> None:
        from lxml import etree

        types = self._parse(_TYPES)
        if types is None:
            raise UnreadableError("Word文档缺少内容目录，可能已损坏", remedy="请用Word或WPS打开后另存一份再试")
        space = types.tag[: types.tag.find("}") + 1]
        etree.SubElement(types, space + "Override", {"PartName": f"/{self.name}", "ContentType": _KIND})
        self._store(_TYPES, types)
        relations = self.relations
        if relations is None:
            relations = etree.Element(_RELATIONSHIPS + "Relationships", nsmap={None: _RELATIONSHIPS.strip("{}")})
        taken = {relation.get("Id") for relation in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        kind = _STRICT_RELATION if self.strict else _RELATION
        target = self.name.removeprefix("word/")
        etree.SubElement(relations, _RELATIONSHIPS + "Relationship", {"Id": f"rId{number}", "Type": kind, "Target": target})
        self._store(self.register, relations)

    def _store(self, name: str, root: Any) -> None:
        from lxml import etree

        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.changed[name] = data.replace(TRANSITIONAL, STRICT) if self.strict else data

    def bytes(self) -> bytes:
        """The package with what was changed; the other parts in their order as they were."""
        self._store(self.word.name, self.word.root)
        self._store(self.name, self.comments)
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.raw)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.infolist():
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
                data = self.changed.pop(info.filename, None)
                target.writestr(entry, data if data is not None else self.word.archive.part(info.filename) or b"")
            for name, data in self.changed.items():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, data)
        return buffer.getvalue()


def _paragraph(line: str, bold: bool) -> str:
    """A paragraph of a comment; it sets what the draft's own default style (indents, large type) would bring in."""
    from xml.sax.saxutils import escape

    properties = (
        '<w:pPr><w:spacing w:before="0" w:beforeAutospacing="0" w:after="0" w:afterAutospacing="0" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:left="0" w:leftChars="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/></w:pPr>'
    )
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    look = f'<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>{weight}<w:i w:val="0"/><w:color w:val="auto"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
    mark = "<w:r><w:annotationRef/></w:r>" if bold else ""
    text = escape(_ILLEGAL.sub("�", line))
    space = W.strip("{}")
    return f'<w:p xmlns:w="{space}">{properties}{mark}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
