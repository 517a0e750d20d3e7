"""The dates of a page: of the document (signature, label, session, brackets under the title) and of its publication."""

from __future__ import annotations

import re

from scorer.document import Span
from scorer.parsing.bylines import LONG, signed_dates
from scorer.parsing.labels import Datum, Labels
from scorer.parsing.lines import Line
from scorer.text.dates import FoundDate, compact_date, find_dates, parse_date
from scorer.vocabulary import Field, Place

_CLOCK = re.compile(r"星期|今天|现在")
PUBLISHED = ("label-publication-date", "label-plain-date")
ABOVE = 6
"""A posting line stands so many lines above the title at most."""


def document_date(labels: Labels) -> Datum | None:
    """The date under the signature, else by its label, else that of the session or the one in brackets under the title."""
    for line in reversed(labels.page.signature):
        for found in find_dates(line.text):
            return _datum(line.span.start, found, Place.SIGNATURE)
    if labelled := _labelled(labels, "label-document-date"):
        return labelled
    return next((_datum(line.span.start, found, Place.HEADER) for line, found in signed_dates(labels)), None)


def publication_date(labels: Labels) -> tuple[Datum | None, Datum | None]:
    """The publication date, and another one the page gives for it, if they differ."""
    hint = parse_date(labels.document.hints.get("publication_date", ""))
    hinted = Datum(hint.isoformat(), None, Place.FILE) if hint else None
    for name in PUBLISHED:
        dates = [(span, date) for span in labels.ranges(name) if (date := _after(labels, span))]
        if dates:
            labelled = dates[0][1]
            if hinted and hinted.value != labelled.value:
                return labelled, hinted
            body = labels.page.body[0].span.start if labels.page.body else len(labels.text)
            return labelled, next((date for span, date in dates if date.value != labelled.value and span.start <= body), None)
    return hinted or _labelled(labels, "label-updated-date") or _posted(labels), None


def other_document_date(labels: Labels, date: Datum | None, published: Datum | None) -> list[tuple[Field, Datum, Datum]]:
    """A date of the document in the header that is not the one under the signature. Many sites put the day of publication
    there; that is no contradiction."""
    labelled = _labelled(labels, "label-document-date") if date and date.place is Place.SIGNATURE else None
    if date is None or labelled is None or labelled.value in (date.value, published.value if published else ""):
        return []
    return [(Field.DOCUMENT_DATE, date, labelled)]


def _datum(offset: int, found: FoundDate, place: Place) -> Datum:
    return Datum(found.iso, Span(offset + found.start, offset + found.end), place)


def _first(line: Line, place: Place) -> Datum | None:
    found = next(find_dates(line.text), None)
    return _datum(line.span.start, found, place) if found else None


def _labelled(labels: Labels, name: str) -> Datum | None:
    return next(filter(None, (_after(labels, span) for span in labels.ranges(name))), None)


def _after(labels: Labels, span: Span) -> Datum | None:
    text = labels.text[span.start : span.end]
    found = next(find_dates(text), None) or compact_date(text)
    return _datum(span.start, found, Place.HEADER) if found else None


def _posted(labels: Labels) -> Datum | None:
    """The bare date of the posting line, near the title."""
    title_at = labels.page.title[0].number if labels.page.title else 0
    own = {line.number for line, _ in signed_dates(labels)}
    for line in sorted(labels.page.header, key=lambda line: (line.number < title_at, abs(line.number - title_at))):
        if (
            line.number < title_at - ABOVE
            or len(line.text) > LONG
            or line.number in own
            or _dated(labels, line)
            or _CLOCK.search(line.text)
        ):
            continue
        if date := _first(line, Place.HEADER):
            return date
    return None


def _dated(labels: Labels, line: Line) -> bool:
    """Whether a label of a date stands in the line: then what it dates is not the page."""
    return any("日期" in labels.text[a:b] or "时间" in labels.text[a:b] for a, b in labels.of(line))
