"""What stands under a title to sign it: an organ, a date, or both on one line, in brackets or not."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.labels import Labels
from scorer.parsing.lines import WHOLE_DATE, Line
from scorer.text.dates import FoundDate, find_dates

NEAR, UNDER, LONG = 8, 6, 60
"""A session's date stands so many lines under the title at most, any other byline so many; longer lines are none."""
_WRAPPED = re.compile(r"\([^()]*\)$")
_EDGES = " \t()（）　—-·"


class Byline(NamedTuple):
    """The organs on a line (as written, joined by 、) and its date; ``sure`` when brackets or the words of a session set it apart
    from the line in which a site says who posted the page and when."""

    organs: str
    date: FoundDate | None
    sure: bool


def byline(labels: Labels, line: Line) -> Byline | None:
    """A line under the title that names an organ, a date or both and nothing else; None for any other line."""
    if is_session(labels, line):
        return Byline("", next(find_dates(line.text), None), True)
    text = line.text
    if not labels.under_title(line, UNDER) or len(text) > LONG or labels.of(line):
        return None
    date = next(find_dates(text), None)
    head = Span(line.span.start, line.span.start + date.start if date else line.span.end)
    if date and text[date.end :].strip(_EDGES):
        return None
    words = labels.plain(*head).strip(_EDGES)
    if not words:
        return Byline("", date, bool(_WRAPPED.match(text))) if date and WHOLE_DATE.fullmatch(text) else None
    organs = [] if re.search(r"[。;!?:|,]", words) else labels.organs(words)
    wrapped = bool(_WRAPPED.match(text)) or (date is not None and "(" in text[: date.start] and text.endswith(")"))
    # Where a label says when the page was posted, a date written out beside the organ is a signature.
    signed = date is not None and "年" in text[date.start : date.end] and _posted(labels)
    return Byline("、".join(organs), date, wrapped or signed) if organs else None


def _posted(labels: Labels) -> bool:
    ranges = labels.ranges("label-publication-date")
    return bool(labels.document.hints.get("publication_date")) or any(next(find_dates(labels.text[a:b]), None) for a, b in ranges)


def is_session(labels: Labels, line: Line) -> bool:
    """Whether a line under the title says when and in which session the report was given: (2025年5月28日在…会议上)."""
    found = next(find_dates(line.text), None)
    if found is None or found.start > 4 or labels.of(line) or not labels.under_title(line, NEAR):
        return False
    following = next((other for other in labels.page.lines if other.number == line.number + 1), None)
    span = Span(line.span.start + found.end, line.span.end)
    return labels.any("session", span) or (
        following is not None and line.text[found.end : found.end + 1] in ("在", "于") and labels.any("session", following.span)
    )


def signed_dates(labels: Labels) -> list[tuple[Line, FoundDate]]:
    """The lines under the title with the date of the document, in order: those set apart, and a date written out (年月日) under
    or beside the name of an organ, as a signature has it."""
    found: list[tuple[Line, FoundDate]] = []
    above: Byline | None = None
    for line in (*labels.page.header, *labels.page.body[:2]):
        here = byline(labels, line) if labels.under_title(line, NEAR) else None
        if here and here.date and (here.sure or (above and above.organs and not above.date and "年" in line.text)):
            found.append((line, here.date))
        above = here
    return found
