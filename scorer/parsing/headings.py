"""The heading tree: 一、 / （一） / 1. / （1） / ①, headings without numbers, and run-in headings.

The order of levels is that of GB/T 9704 (一、（一）1.（1）); a style level of the file format counts where no number does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.lines import Line
from scorer.text.figures import find_figures, is_result
from scorer.text.numerals import chinese_number
from scorer.text.sentences import SENTENCE_END

HEADING_MAX = 60
LONG_HEADING_MAX = 100
"""The longest words of a section heading: those of the regulation itself have 46 characters, with a place and a year more."""
PLAIN_HEADING_MAX = 32
ALONE_MAX = 40
SAYING_MAX = 10
ARABIC = 3
MAX_HEADINGS = 1000
_CN = "[一二三四五六七八九十百]{1,4}"
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第(?P<n>{_CN})(?:部分|章)[、,:.]?")),
    (1, re.compile(rf"(?P<n>{_CN})[、.,:](?![是要])")),
    (2, re.compile(rf"[(〔]?(?P<n>{_CN})[)〕][、.,]?")),
    (3, re.compile(r"(?P<n>\d{1,2})(?:[.、,](?!\d)|\.(?=\d{4}年))")),
    (4, re.compile(r"[(〔](?P<n>\d{1,2})[)〕][、.,]?")),
    (5, re.compile(r"(?P<n>[①-⑳])")),
)
PLAIN_LEVEL = 1
_ENUMERATION = re.compile(rf"(?:第?{_CN}(?:是|要|方面[,:]?)|第{_CN}[,:、]|首先[,:]|其次[,:]|再次[,:]|最后[,:]|此外[,:]|同时[,:])")


class Heading(NamedTuple):
    """A heading. ``mark`` is its number as an integer (None without a number); ``title`` is the range of its words,
    ``extent`` reaches to the next heading of the same or a higher level; ``run_in`` says that text follows in the line."""

    number: int
    level: int
    mark: int | None
    span: Span
    title: Span
    extent: Span
    line: int
    run_in: bool
    parent: int | None


class _Found(NamedTuple):
    level: int
    mark: int | None
    span: Span
    title: Span
    line: Line
    run_in: bool


def number_mark(text: str) -> tuple[int, int, int] | None:
    """Level, number and length of the numbering at the start of a folded line, or None."""
    for level, pattern in _MARKS:
        match = pattern.match(text)
        if match:
            raw = match["n"]
            value = ord(raw) - ord("①") + 1 if level == 5 else int(raw) if raw.isdigit() else chinese_number(raw)
            if value:
                return level, value, match.end()
    return None


def find_headings(body: Sequence[Line], plain_titles: frozenset[int]) -> tuple[Heading, ...]:
    """The headings of a report in order, with parents and extents.

    ``plain_titles`` are the numbers of lines whose words are those of a section heading even without a number.
    """
    listed = _pasted(body, plain_titles)
    found = [heading for line in body if (heading := _heading(line, plain_titles, listed))][:MAX_HEADINGS]
    if not any(f.mark is not None for f in found):
        found = _with_plain(body, found)
    levels = [f.level for f in found if f.mark is not None]
    if levels and levels[0] == ARABIC and 2 in levels and not {0, 1} & set(levels):
        # 1. above （一）: unusual, but the report's own order.
        found = [f._replace(level=1) if f.level == ARABIC else f for f in found]
    end = body[-1].span.end if body else 0
    return _tree(found, end)


def _pasted(body: Sequence[Line], plain_titles: frozenset[int]) -> frozenset[int]:
    """The lines that end in a semicolon and are headings all the same, as where the list of what is asked was pasted in.

    Items of a list end so too: a heading has the words of a section, or more under it than the next item.
    """
    found: set[int] = set()
    marks = [number_mark(line.text) for line in body]
    top = min((mark[0] for mark in marks if mark), default=0)
    for line, mark, after in zip(body, marks, [*marks[1:], None], strict=False):
        ends = SENTENCE_END.search(line.text)
        if ends is None or ends.end() != len(line.text) or _ENUMERATION.match(line.text):
            continue
        if not line.text.endswith(";"):
            # The last of an unnumbered list ends in a full stop.
            if found and mark is None and line.number in plain_titles and len(line.text) <= PLAIN_HEADING_MAX:
                found.add(line.number)
            continue
        if (line.number in plain_titles and (mark is None or mark[0] == top)) or (
            mark and mark[0] == top <= PLAIN_LEVEL + 1 and len(line.text) <= ALONE_MAX and after is not None and after[0] > top
        ):
            found.add(line.number)
    return frozenset(found)


def _heading(line: Line, plain_titles: frozenset[int], listed: frozenset[int]) -> _Found | None:
    text = line.text
    numbered = number_mark(text)
    if numbered:
        level, mark, length = numbered
        start = line.span.start + length
        stop = SENTENCE_END.search(text, length)
        if line.number in listed:
            return _Found(level, mark, line.span, Span(start, line.span.end - 1), line, False)
        if stop is None:
            if len(text) <= HEADING_MAX * 2:
                colon = text.find(":", length)
                if 0 < colon < len(text) - 12 and not _saying(text, colon):
                    return _Found(
                        level, mark, Span(line.span.start, line.span.start + colon), Span(start, line.span.start + colon), line, True
                    )
                return _Found(level, mark, line.span, Span(start, line.span.end), line, False)
            return _Found(level, mark, Span(line.span.start, start), Span(start, start), line, True)
        titled = level <= PLAIN_LEVEL and line.number in plain_titles
        longest = LONG_HEADING_MAX if titled else HEADING_MAX
        if stop.start() - length <= longest and stop.group() == "。" and not _tells(text, length, stop, titled):
            title_end = line.span.start + stop.start()
            run_in = stop.end() < len(text)
            return _Found(level, mark, Span(line.span.start, title_end + 1), Span(start, title_end), line, run_in)
        colon = text.find(":", length)
        if 0 < colon - length <= 30:
            return _Found(level, mark, Span(line.span.start, line.span.start + colon), Span(start, line.span.start + colon), line, True)
        return _Found(level, mark, Span(line.span.start, start), Span(start, start), line, True)
    if line.level is not None and len(text) <= HEADING_MAX and not _ENUMERATION.match(text):
        return _Found(line.level, None, line.span, line.span, line, False)
    if line.number in listed:
        return _Found(PLAIN_LEVEL, None, line.span, Span(line.span.start, line.span.end - 1), line, False)
    if line.number in plain_titles and len(text) <= PLAIN_HEADING_MAX and not SENTENCE_END.search(text) and not _ENUMERATION.match(text):
        return _Found(PLAIN_LEVEL, None, line.span, line.span, line, False)
    return None


def _saying(text: str, colon: int) -> bool:
    """Whether a line goes on after its colon with a few words only: 领跑：党政主要负责人的答卷 is one heading."""
    rest = text[colon + 1 :]
    return colon <= SAYING_MAX and len(rest) <= PLAIN_HEADING_MAX and "," not in rest and not any(c.isdigit() for c in rest)


def _tells(text: str, start: int, stop: re.Match[str], titled: bool) -> bool:
    """Whether the first sentence of a numbered paragraph tells something already: a figure, a document issued, a long line
    (``titled``: whose words are not those of a section)."""
    alone = stop.end() == len(text)
    if alone and not titled and stop.start() - start > ALONE_MAX:
        return True
    if not any(c.isdigit() for c in text[start : stop.start()]):
        return "《" in text[start : stop.start()]
    return "《" in text[start : stop.start()] or any(is_result(figure) for figure in find_figures(text, start, stop.start()))


def _with_plain(body: Sequence[Line], found: list[_Found]) -> list[_Found]:
    """In a report without any numbering, short lines without a full stop before longer ones are its headings."""
    known = {f.line.number for f in found}
    for line, after in pairwise(body):
        text = line.text
        short = 4 <= len(text) <= PLAIN_HEADING_MAX and not text.endswith((",", ":")) and not SENTENCE_END.search(text)
        if line.number not in known and short and len(after.text) > len(text) * 2 and not _ENUMERATION.match(text):
            found.append(_Found(PLAIN_LEVEL, None, line.span, line.span, line, False))
    return sorted(found, key=lambda f: f.span.start)


def _tree(found: Sequence[_Found], end: int) -> tuple[Heading, ...]:
    headings = []
    for index, item in enumerate(found):
        parent = next((k for k in range(index - 1, -1, -1) if found[k].level < item.level), None)
        if parent is not None:
            # A heading of the same level in between closes the parent's claim only when it closes the parent too.
            closing = min((found[k].level for k in range(parent + 1, index)), default=item.level)
            if closing <= found[parent].level:
                parent = None
        last = next((other.span.start for other in found[index + 1 :] if other.level <= item.level), end)
        headings.append(
            Heading(index, item.level, item.mark, item.span, item.title, Span(item.span.start, last), item.line.number, item.run_in, parent)
        )
    return tuple(headings)
