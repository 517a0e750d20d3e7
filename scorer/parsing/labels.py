"""Labelled values of a page: what stands after 索引号, 发布日期, 来源 in header lines, index tables and the foot of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scorer.document import Document, Span
from scorer.parsing.lines import BRACKET, Line
from scorer.parsing.page import Page
from scorer.rulepack.phrases import Hits
from scorer.vocabulary import Place

_HAN = r"[^\W\da-zA-Z_]"
_JOINT = re.compile(rf"(?<=委员会)(?={_HAN}{{2,14}}(?:人民政府|政府)$)|(?<=委)(?={_HAN}{{2,12}}人民政府$)")
_NO_NAME = re.compile(r"[。;!?:|]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]")


class Datum(NamedTuple):
    """A value, where it stands in the folded text (None when it came from outside) and what kind of place that is."""

    value: str
    span: Span | None
    place: Place


class Labels:
    """A page with the hits of a pack in its folded text, and the ways to ask for what stands where."""

    def __init__(self, document: Document, page: Page, hits: Hits) -> None:
        self.document = document
        self.text = document.folded.text
        self.page = page
        self.hits = hits
        self.outside: tuple[Line, ...] = tuple(sorted({*page.header, *page.footer, *page.cover}, key=lambda line: line.number))

    def within(self, name: str, span: Span) -> list[Span]:
        """The hits of a set of the lexicon in a range."""
        return self.hits.within(f"lexicon.{name}", *span)

    def any(self, name: str, span: Span) -> bool:
        """Whether a set of the lexicon has a hit in a range."""
        return self.hits.any(f"lexicon.{name}", *span)

    def words(self, name: str) -> list[str]:
        """The phrases of a set of the lexicon, the longest first."""
        return sorted(self.hits.literals(f"lexicon.{name}"), key=len, reverse=True)

    def plain(self, start: int, end: int) -> str:
        """The original wording on one line, inner white space as one space."""
        return " ".join(_UNSEEN.sub("", self.document.quote(start, end).quote).split())

    def of(self, line: Line) -> list[Span]:
        """The labels of any kind in a line."""
        return [hit for hit, _ in self.hits.among("lexicon.label-", *line.span)]

    def ranges(self, name: str) -> Iterator[Span]:
        """For each label of the kind outside the body, the range after it up to the next label or the end of its cell."""
        for line in self.outside:
            labels = self.of(line)
            for start, end in self.within(name, line.span):
                # 日期 inside 成文日期 is no label of its own.
                if any(a <= start < b and (a, b) != (start, end) and (a < start or b > end) for a, b in labels):
                    continue
                stop = min((a for a, _ in labels if a >= end), default=line.span.end)
                begin = end
                while begin < stop and self.text[begin] in ":|·〕)]- ":
                    begin += 1
                if begin < stop and self.text[begin:stop].strip("|-:/ "):
                    yield Span(begin, stop)
                elif stop == line.span.end and (following := self._next(line)) and not self.of(following):
                    yield following.span

    def _next(self, line: Line) -> Line | None:
        following = line.number + 1
        return next((other for other in self.outside if other.number == following), None)

    def value(self, name: str, pattern: re.Pattern[str]) -> Datum | None:
        """The first text of a shape after a label of the kind."""
        for start, end in self.ranges(name):
            match = pattern.search(self.text, start, end)
            if match:
                return Datum(self.plain(match.start(), match.end()), Span(match.start(), match.end()), Place.HEADER)
        return None

    def under_title(self, line: Line, most: int) -> bool:
        """Whether a line stands at most so many lines below the title."""
        return bool(self.page.title) and 0 < line.number - self.page.title[-1].number <= most

    def organs(self, words: str) -> list[str]:
        """The organ names that a run of words consists of; none when anything else stands there."""
        suffixes = tuple(self.words("organ-suffix"))
        found: list[str] = []
        for piece in re.split(r"[\s、,/]+", words.strip()):
            bare = BRACKET.sub("", self.document.comparable(piece))
            if not bare:
                continue
            if not bare.endswith(suffixes) or _NO_NAME.search(bare):
                return []
            # The brackets of the original are as wide as those of the comparable form.
            found.extend(_split_joint(piece[: len(bare)]))
        return found


def _split_joint(words: str) -> list[str]:
    """中共甲县委员会甲县人民政府 -> the two organs."""
    return [part for part in _JOINT.split(words) if part] if words.startswith(("中共", "中国共产党")) else [words]
