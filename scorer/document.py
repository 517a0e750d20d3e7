"""The text of a report, once, with every place in it a character offset.

A ``Document`` knows nothing of formats or rules. Two texts live in it: ``text`` is what was read, to be quoted
exactly; ``folded`` is the same text made comparable (half-width, no white space, one kind of quotation marks), to be
searched. All parsing and checking happens in folded offsets; ``Document.quote`` leads back to the exact original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from scorer.folding import TRADITIONAL, Folded, simplify
from scorer.folding import fold as fold


class Span(NamedTuple):
    """A half-open range of characters, ``start`` to ``end``."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other range lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end


class Quote(NamedTuple):
    """A passage of the original text: ``document.text[start:end] == quote``."""

    quote: str
    start: int
    end: int


class Block(NamedTuple):
    """What a reader delivers: one paragraph of text.

    ``level`` is the heading level when the format itself says so (Word style, h1-h6), else None.
    ``table`` marks a row of a table, ``outside`` a line that the format shows to be no part of the main text;
    ``page`` is the page (from 1) on which it begins, where the format has pages.
    """

    text: str
    level: int | None = None
    table: bool = False
    outside: bool = False
    page: int | None = None


class Paragraph(NamedTuple):
    """One non-empty line of the document, in offsets of ``Document.text``."""

    start: int
    end: int
    level: int | None = None
    table: bool = False
    outside: bool = False
    page: int | None = None


BLANK = "____"
"""What outlines leave for the drafter to fill in."""
UNFILLED = "__"
"""Words with this in them are not written yet: they are no fact, whatever stands around the blank."""
LOST_NUMBERS = "自动编号"
"""A warning with this word says that numbers made by the word processor were lost in reading."""
HINT = "〔提示〕"
"""How a paragraph begins that an outline puts in for the drafter; it is no part of the report."""


@dataclass(frozen=True)
class Document:
    """A text, its paragraphs and what is known of where it came from.

    ``hints`` are statements of the file itself about title, date or source (HTML meta tags, Word properties);
    ``warnings`` say in Chinese what was lost or doubtful in reading. ``recognised`` is the mean confidence (0 to 1) where
    text was recognised in images, None where it was read.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    format: str = "text"
    path: str = ""
    sha256: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    recognised: float | None = None

    @cached_property
    def folded(self) -> Folded:
        """The comparable form of the text, one line a paragraph; traditional characters become simplified ones."""
        folded = Folded.of(self.text, [(p.start, p.end) for p in self.paragraphs])
        if not self.traditional:
            return folded
        simplified = simplify(folded.text)
        # Offsets only hold where each character became one character.
        return replace(folded, text=simplified) if len(simplified) == len(folded.text) else folded

    def comparable(self, words: str) -> str:
        """Words of this document in the form of its folded text."""
        folded = fold(words)
        return simplify(folded) if self.traditional else folded

    @cached_property
    def traditional(self) -> bool:
        """Whether the text is written in traditional characters."""
        sample = self.text[:3000]
        return sum(map(sample.count, TRADITIONAL)) > max(8, len(sample) // 50)

    def quote(self, start: int, end: int) -> Quote:
        """The exact original passage behind the folded range."""
        first, last = self.folded.original(start, end)
        return Quote(self.text[first:last], first, last)

    @staticmethod
    def from_blocks(
        blocks: Iterable[Block],
        *,
        format: str = "text",
        path: str = "",
        sha256: str = "",
        hints: Mapping[str, str] | None = None,
        warnings: Iterable[str] = (),
        recognised: float | None = None,
    ) -> Document:
        """Join blocks, one line each, into a document; empty blocks are dropped."""
        parts: list[str] = []
        paragraphs: list[Paragraph] = []
        at = 0
        for block in blocks:
            for _, line in written_lines(block.text):
                body = len(line) - len(line.lstrip())
                if line.startswith(HINT, body):
                    parts.append(line)
                    at += len(line) + 1
                    continue
                paragraphs.append(Paragraph(at + body, at + len(line), block.level, block.table, block.outside, block.page))
                parts.append(line)
                at += len(line) + 1
        text = "\n".join(parts)
        paragraphs = [part for paragraph in paragraphs for part in _parted(text, paragraph)]
        return Document(text, tuple(paragraphs), format, path, sha256, dict(hints or {}), tuple(warnings), recognised)

    @staticmethod
    def from_text(text: str, *, path: str = "", sha256: str = "", warnings: Iterable[str] = ()) -> Document:
        """A document over plain text, which is kept character for character; every non-empty line is a paragraph."""
        paragraphs = [
            part
            for match in _LINE.finditer(text)
            if not text.startswith(HINT, match.start())
            for part in _parted(text, _unmarked(text, match.start(), match.end()))
        ]
        return Document(text, tuple(paragraphs), "text", path, sha256, {}, tuple(warnings))


def written_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a block as ``Document.text`` has them, one after the other, each with its offset in the block: without
    white space at the end, empty ones left out."""
    at = 0
    for line in text.split("\n"):
        written = line.rstrip()
        if written:
            yield at, written
        at += len(line) + 1


def _unmarked(text: str, start: int, end: int) -> Paragraph:
    """A line without the marks that Markdown puts around headings (## 一、…, **一、…**)."""
    mark = _MARKDOWN.match(text, start, end)
    if mark and mark.end() < end:
        start = mark.end()
        while text.endswith("*", start, end) and end - start > 1:
            end -= 1
    return Paragraph(start, end)


def _parted(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A report pasted into one line, cut before its numbered headings; a title or an addressee cut from the text glued to it; any
    other paragraph as it is."""
    glued = _GLUED.match(text, paragraph.start, paragraph.end)
    if glued:
        return [paragraph._replace(end=glued.end("head" if glued["head"] else "to")), *_parted(text, paragraph._replace(start=glued.end()))]
    if paragraph.end - paragraph.start < ONE_LINE or not _SECOND.search(text, paragraph.start, paragraph.end):
        return [paragraph]
    cuts = [paragraph.start, *(m.end() for m in _HEADED.finditer(text, paragraph.start, paragraph.end)), paragraph.end]
    return [paragraph._replace(start=a, end=b) for a, b in pairwise(cuts) if b > a]


ONE_LINE = 600
# A title that ends in 报告 before a gap or a year, an addressee that ends in a colon before a gap; behind either more text.
_GLUED = re.compile(
    r"(?P<head>[^。，；：！？,;:!?\n]{10,60}(?:[报報]告|[总總][结結]))(?:[ \u3000\t\xa0]{1,20}|(?=20\d\d ?年[，,]))(?=\S[^\n]{23})"
    r"|(?P<to>[^。；！？;!?:：\n]{2,40}[：:])[ \u3000\xa0]{2,20}(?=[^ \n：:]{24})"
)
_SECOND = re.compile("[。：:；]\\s*二、")
_HEADED = re.compile("[。：:；]\\s*(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_MARKDOWN = re.compile("(?:#{1,6}[ \\t]+)?(?:\\*\\*)?")
_LINE = re.compile(r"[^\s\ufeff](?:[^\n\r\u2028\u2029]*[^\s])?")
