"""What no phrase can name but has a shape: blanks, personal data, punctuation. Each is a function by the name that the list
gives it; the words it needs stand in the list. Every expression is bounded, work is linear in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from scorer.document import Document, Quote

Found = Iterator[tuple[Quote, str]]
Shape = Callable[["Page"], Found]
SHAPES: dict[str, Shape] = {}


class Page(NamedTuple):
    """What shapes look at: the document, its folded text, the words of the list."""

    document: Document
    text: str
    words: Mapping[str, Any]

    def quote(self, start: int, end: int) -> Quote:
        """A passage of the original by its own offsets."""
        return Quote(self.document.text[start:end], start, end)

    def lines(self) -> Iterator[tuple[int, str]]:
        """The paragraphs of the original with their offsets."""
        for paragraph in self.document.paragraphs:
            yield paragraph.start, self.document.text[paragraph.start : paragraph.end]


def shape(name: str) -> Callable[[Shape], Shape]:
    """Gives a function its name in the list."""

    def known(function: Shape) -> Shape:
        SHAPES[name] = function
        return function

    return known
