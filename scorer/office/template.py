"""Word templates with words in double braces: taken apart once, filled many times.

A template is an ordinary Word document with words such as ``{{单位}}``. A paragraph that holds one list word alone becomes
numbered paragraphs of the same form, and a row of a table that holds words of a record becomes as many rows as there are
records; paragraphs and tables between ``{{若 修改}}`` and ``{{完}}`` stand only where the condition holds;
``{{序}}`` counts 一, 二, 三 down the document, ``{{次}}`` anew within each. Same values, same bytes.

Own code, because docxtpl is LGPL; and a body is copied for each letter with lxml, since opening the template with python-docx for each
takes some sixteen times as long (measured: 25 s against 1.5 s for 500 letters on a busy machine).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from scorer.errors import FazhiError
from scorer.text.shorten import xml_text

FIELD = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝\s]{1,12})\s*(?:\}\}|｝｝)")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MARK = re.compile(r"(?:\{\{|｛｛)\s*(?:若\s*([^{}｛｝\s]{1,12})|完)\s*(?:\}\}|｝｝)")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
# Zip entries carry this day: the same letter is the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)

Value = str | Sequence[str]
Record = Mapping[str, str]


class Language(NamedTuple):
    """What may stand in a template of one kind: its words, its conditions, and the words of its records, by the records' name."""

    words: tuple[str, ...]
    conditions: tuple[str, ...]
    records: Mapping[str, tuple[str, ...]] = {}


class _Block(NamedTuple):
    """A top-level piece of the body. ``single`` is the list word that it holds alone; ``inside`` are its sections' conditions."""

    element: Any
    inside: tuple[str, ...]
    fields: bool
    single: str


class Template:
    """A Word template, taken apart once: the parts that stay, and those that are filled for each letter."""

    def __init__(self, raw: bytes, language: Language) -> None:
        from scorer.office import xml
        from scorer.office.archive import Archive

        archive = Archive(raw)
        self.language = language
        self.parts = {name: data for name in sorted(archive.names) if (data := archive.part(name)) is not None}
        document = self.parts.get("word/document.xml")
        if document is None or "[Content_Types].xml" not in self.parts:
            raise FazhiError("模板不是Word文档（docx）", remedy="请用Word或WPS另存为docx格式后再试")
        self.root = xml.parse(document)
        self.margins = {}
        for name in self.parts:
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                root = xml.parse(self.parts[name])
                if self._check(root):
                    self.margins[name] = root
        body = self.root.find(f"{_W}body")
        if body is None:
            raise FazhiError("模板里没有正文", remedy="请用Word或WPS另存为docx格式后再试")
        self.blocks = self._blocks(list(body))
        self.sections = {name for block in self.blocks for name in block.inside}
        for child in list(body):
            body.remove(child)
        # The parts that stay are packed once; each letter only adds its own to a copy of the archive. Packing all of them
        # anew took most of the time of a letter.
        self.rest = zipped({name: data for name, data in self.parts.items() if name != "word/document.xml" and name not in self.margins})

    def _blocks(self, children: Sequence[Any]) -> list[_Block]:
        blocks, inside = [], list[str]()
        for child in children:
            text = _text(child).strip() if child.tag == f"{_W}p" else ""
            mark = _MARK.fullmatch(text)
            if mark and mark[1]:
                if mark[1] not in self.language.conditions:
                    raise FazhiError(f"模板里有认不出的条件“若{mark[1]}”", remedy=f"可用的条件：{'、'.join(self.language.conditions)}")
                inside.append(mark[1])
            elif mark:
                if not inside:
                    raise FazhiError("模板里多了一个“完”", remedy="每个“完”要有一个“若”在前面")
                inside.pop()
            else:
                only = FIELD.fullmatch(text)
                blocks.append(_Block(child, tuple(inside), self._check(child), only[1] if only else ""))
        if inside:
            raise FazhiError(f"模板里的“若{inside[-1]}”没有结束", remedy="请在这一节后面另起一段写 {{完}}")
        return blocks

    def _check(self, element: Any) -> bool:
        """Whether there are words to fill in. Raises ``FazhiError`` for one that nobody knows."""
        names = [name for paragraph in element.iter(f"{_W}p") for name in FIELD.findall(_text(paragraph))]
        known = {*self.language.words, *(name for own in self.language.records.values() for name in own)}
        for name in names:
            if name not in known:
                shown = "、".join([*self.language.words, *(name for own in self.language.records.values() for name in own)])
                raise FazhiError(f"模板里有认不出的词“{{{{{name}}}}}”", remedy=f"可用的词：{shown}")
        return bool(names)

    def fill(self, values: Mapping[str, Value], holds: set[str], records: Mapping[str, Sequence[Record]] = {}) -> bytes:
        """The document with the values in it and the sections whose conditions hold; ``records`` fill the rows of tables."""
        from lxml import etree

        root = deepcopy(self.root)
        body = root.find(f"{_W}body")
        order = _Order(values)
        for block in self.blocks:
            if not holds.issuperset(block.inside):
                continue
            items = values.get(block.single, "") if block.single else ""
            if block.single and not isinstance(items, str):
                for number, item in enumerate(items, 1):
                    paragraph = deepcopy(block.element)
                    _replace(paragraph, _Order({block.single: f"{number}. {item}"}))
                    body.append(paragraph)
            else:
                element = deepcopy(block.element)
                if block.fields:
                    # What a record says is printed as it is, also where it looks like a word of the template.
                    filled = self._rows(element, records, order)
                    for paragraph in element.iter(f"{_W}p"):
                        if paragraph not in filled:
                            _replace(paragraph, order)
                body.append(element)
        changed = {"word/document.xml": root}
        for name, margin in self.margins.items():
            changed[name] = deepcopy(margin)
            for paragraph in changed[name].iter(f"{_W}p"):
                _replace(paragraph, order)
        new = {name: etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True) for name, tree in changed.items()}
        return zipped(new, self.rest)

    def _rows(self, table: Any, records: Mapping[str, Sequence[Record]], order: _Order) -> set[Any]:
        """Each row that holds words of a record, as often as there are records; the paragraphs that were filled."""
        filled = set()
        for row in list(table.iter(f"{_W}tr")):
            names = {name for paragraph in row.iter(f"{_W}p") for name in FIELD.findall(_text(paragraph))}
            own = next((kind for kind, words in self.language.records.items() if names & set(words)), None)
            if own is None:
                continue
            for record in records.get(own, ()):
                copy = deepcopy(row)
                for paragraph in copy.iter(f"{_W}p"):
                    _replace(paragraph, _Either(record, order))
                    filled.add(paragraph)
                row.addprevious(copy)
            row.getparent().remove(row)
        return filled


class _Order:
    """Gives a word its value; ``序`` counts 一, 二, 三 down the document, ``次`` anew within each."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.counts = {"序": 0, "次": 0}

    def __call__(self, name: str) -> str:
        if name in self.counts:
            self.counts[name] += 1
            if name == "序":
                self.counts["次"] = 0
            return _NUMERALS[min(self.counts[name], len(_NUMERALS)) - 1]
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "；".join(item.rstrip("。；") for item in value)


class _Either:
    """Gives a word its value from a record, and what the record does not know from the whole."""

    def __init__(self, record: Record, order: _Order) -> None:
        self.record = record
        self.order = order

    def __call__(self, name: str) -> str:
        return self.record[name] if name in self.record else self.order(name)


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph itself, without those of paragraphs within it (text boxes)."""
    return [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in _texts(paragraph)) if paragraph.tag == f"{_W}p" else ""


def _replace(paragraph: Any, value: Callable[[str], str]) -> None:
    """Fill in the words of a paragraph, also those that Word has split over several runs: the first run takes the value."""
    nodes = _texts(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    found = [(match.span(), xml_text(value(match[1]))) for match in FIELD.finditer(whole)]
    for (start, end), text in reversed(found):
        at = 0
        for node in nodes:
            own = node.text or ""
            first, last = max(start - at, 0), min(end - at, len(own))
            if first < last:
                node.text = own[:first] + text + own[last:]
                node.set(_SPACE, "preserve")
                text = ""
            at += len(own)


def zipped(parts: Mapping[str, bytes], before: bytes = b"") -> bytes:
    """An archive of the parts, added to the archive ``before``; always the same bytes for the same parts."""
    buffer = io.BytesIO(before)
    with zipfile.ZipFile(buffer, "a" if before else "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            archive.writestr(zipfile.ZipInfo(name, _DAY), parts[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
