"""The parts of a Word package that carry comments; every other part is copied byte for byte.

Source: ECMA-376 part 1, 11.3.2 (comments part); the parts that newer Word adds beside it are [MS-DOCX] 2.5.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from scorer.errors import UnreadableError
from scorer.office import xml
from scorer.readers.docx import STRICT, TRANSITIONAL, W, Word

AUTHOR = "法治政府建设报告检查"
INITIALS = "检查"
OWN = frozenset({AUTHOR, "fazhi"})
"""Whose comments are taken out by the next run: also those of earlier versions."""

MARKS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Package:
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
        for mark in [mark for mark in self.word.root.iter(*MARKS) if mark.get(W + "id") in numbers]:
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
                comment.set(W + "date", date.strftime(MOMENT))
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
