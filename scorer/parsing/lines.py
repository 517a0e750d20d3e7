"""The lines of a page, and what the pack's words say about each: label, organ, furniture, running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Document, Span
from scorer.rulepack.phrases import Hits
from scorer.text.sentences import SENTENCE_END

LONG_LINE = 45
LABEL_WITHIN = 40
ORGAN_MAX = 50
OWN_MIN = 3
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]部分|\d{1,2}(?:、|\.(?!\d)))"
)
"""How a numbered heading begins; 18.03.2025 is none."""
WHOLE_DATE = re.compile(
    r"[(〔]?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日?|[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})[)〕]?"
)
ABOUT = re.compile(r"关于|(?:19|20)\d\d年|(?:19|20)\d\d(?=法|依)")
BRACKET = re.compile(r"\([^()]{1,30}\)$")
"""What stands in brackets after the name of an organ: its second name, its seal."""


class Line(NamedTuple):
    """One line of the folded text. ``level`` is the heading level that the file format states, if any."""

    number: int
    span: Span
    text: str
    level: int | None
    outside: bool


def lines_of(document: Document) -> tuple[Line, ...]:
    """The folded lines of a document."""
    folded = document.folded
    result = []
    for number, (start, paragraph) in enumerate(zip(folded.line_starts, document.paragraphs, strict=True)):
        end = folded.line_starts[number + 1] - 1 if number + 1 < len(folded.line_starts) else len(folded.text)
        result.append(Line(number, Span(start, end), folded.text[start:end], paragraph.level, paragraph.outside))
    return tuple(result)


class Marks:
    """What the pack's words say about each line."""

    def __init__(self, lines: Sequence[Line], hits: Hits) -> None:
        self._hits = hits
        self._furniture: dict[Span, bool] = {}
        self.own = ""
        """The title, once it is found: the name at its head signs the report, be it an organ's or a place's."""
        self.labels: dict[int, int] = {}
        for line in lines:
            start, end = line.span
            count = sum(1 for hit, _ in hits.among("lexicon.label-", start, end) if hit.start - start <= LABEL_WITHIN)
            if count:
                self.labels[line.number] = count

    def has(self, line: Line, name: str) -> bool:
        """Whether a phrase of a set of the lexicon stands in the line."""
        return self._hits.any(f"lexicon.{name}", *line.span)

    def has_after(self, line: Line, name: str, offset: int) -> bool:
        """The same for what comes after so many characters of the line."""
        return self._hits.any(f"lexicon.{name}", line.span.start + offset, line.span.end)

    def _in(self, line: Line, name: str) -> list[Span]:
        return self._hits.within(f"lexicon.{name}", *line.span)

    def organ(self, line: Line) -> bool:
        """Whether the line is nothing but the name of one or more organs, or that at the head of the title."""
        if len(line.text) > ORGAN_MAX or SENTENCE_END.search(line.text):
            return False
        if len(line.text) >= OWN_MIN and self.own.startswith(line.text) and line.text != self.own:
            return True
        bracket = BRACKET.search(line.text)
        named = line.span.start + bracket.start() if bracket else line.span.end
        return named in [end for _, end in self._in(line, "organ-suffix")]

    def names(self, group: Sequence[Line], name: str) -> bool:
        """Whether a phrase of a set stands in some lines, even broken over two of them."""
        if any(self.has(line, name) for line in group):
            return True
        text = "".join(line.text for line in group) if len(group) > 1 else ""
        return any(word in text for word in self._hits.literals(f"lexicon.{name}")) if text else False

    def organ_before(self, group: tuple[Line, ...]) -> bool:
        """Whether the title begins with an organ: its name ends where 关于 or the year begins, or at the end of its line."""
        if len(group) > 1 and self.organ(group[0]):
            return True
        line = group[0]
        about = ABOUT.search(line.text)
        return about is not None and line.span.start + about.start() in [end for _, end in self._in(line, "organ-suffix")]

    def furniture(self, line: Line) -> bool:
        """A short line that belongs to the site: a tool, a counter, a breadcrumb."""
        known = self._furniture.get(line.span)
        if known is None:
            known = self._furniture[line.span] = self._of_the_site(line)
        return known

    def _of_the_site(self, line: Line) -> bool:
        if line.outside:
            return True
        if len(line.text) > 60 and SENTENCE_END.search(line.text):
            return False
        if self.has(line, "furniture") or self.has(line, "footer"):
            hits = (hit for name in ("furniture", "footer") for hit in self._in(line, name))
            covered = len({place for hit in hits for place in range(*hit)})
            if line.text.endswith("。") and not self.has(line, "site"):
                return covered * 2 >= len(line.text)  # a sentence may speak of 下载 and 承办单位
            return covered * 3 >= len(line.text) or len(line.text) <= 30
        if self.has(line, "spam") and not self.has(line, "spam-lawful"):
            covered = sum(end - start for start, end in self._in(line, "spam"))
            return covered * 3 >= len(line.text) or len(line.text) <= 20
        return line.text.count(">") >= 2 or not re.search(r"[^\Wa-zA-Z_]", line.text)


def prose(line: Line) -> bool:
    """Whether a line is running text."""
    return len(line.text) >= LONG_LINE and bool(SENTENCE_END.search(line.text))
