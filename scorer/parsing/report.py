"""A document read as an annual report: the one structure that checks look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scorer.document import UNFILLED, Document, Quote, Span
from scorer.parsing import problems, roles
from scorer.parsing.headings import Heading, find_headings
from scorer.parsing.index import Index
from scorer.parsing.intrusion import intrusions
from scorer.parsing.lines import Line
from scorer.parsing.metadata import Metadata, read_metadata
from scorer.parsing.page import Page, read_page
from scorer.parsing.problems import Arrangement, Shortcoming
from scorer.parsing.roles import Section, Zone
from scorer.parsing.units import Sentence, sentences_of
from scorer.rulepack.model import Pack
from scorer.rulepack.phrases import Hits
from scorer.vocabulary import PAST


@dataclass(frozen=True)
class Report:
    """Structure and findings of fact in a report; all ranges are offsets of ``text``, the folded text.

    ``quote`` leads back to the exact original wording.
    """

    document: Document
    text: str
    hits: Hits
    page: Page
    metadata: Metadata
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    zones: tuple[Zone, ...]
    index: Index
    shortcomings: tuple[Shortcoming, ...]
    arrangements: tuple[Arrangement, ...]
    intrusions: tuple[str, ...] = ()
    """Words of gambling and the like that do not belong to the page."""

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of the report itself."""
        return self.page.body

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body in order."""
        return self.index.sentences

    def has_role(self, role: str) -> bool:
        """Whether any part of the body has the role."""
        return any(zone.role == role for zone in self.zones)

    def quote(self, span: Span) -> Quote:
        """The exact original passage."""
        return self.document.quote(span.start, span.end)


def parse(document: Document, pack: Pack, *, year: int | None = None, level: str | None = None) -> Report:
    """Read a document as a report with the words of a pack; ``year`` and ``level`` overrule what the page says."""
    text = document.folded.text
    hits = pack.find(text)
    page = read_page(document, hits)
    metadata = read_metadata(document, page, hits)
    metadata = replace(metadata, report_year=year or metadata.report_year, level=level or metadata.level)
    headings = find_headings(page.body, roles.plain_titles(page.body, hits))
    metadata = _filled(metadata)
    sections, zones = roles.lay_out(text, page.body, headings, hits, metadata.report_year)
    sentences = sentences_of(text, page.body, zones, headings, hits)
    if UNFILLED in text:
        sentences = _written(text, sentences, headings)
    return Report(
        document=document,
        text=text,
        hits=hits,
        page=page,
        metadata=metadata,
        headings=headings,
        sections=sections,
        zones=zones,
        index=Index.of(text, hits, sentences, headings),
        shortcomings=problems.shortcomings(text, sentences, hits, pack.topics),
        arrangements=problems.arrangements(text, sentences, hits, pack.topics),
        intrusions=intrusions(document, page.lines, hits, pack.find),
    )


def _written(text: str, sentences: Sequence[Sentence], headings: Sequence[Heading]) -> tuple[Sentence, ...]:
    """The sentences without a blank; a sub-heading under which nothing but blanks stands goes with them."""
    done = [s for s in sentences if text.find(UNFILLED, s.span.start, s.span.end) < 0]
    told = {s.owner for s in done if not s.heading}
    bare = {s.owner for s in sentences if not s.heading and s.owner is not None} - told
    return tuple(
        s
        for s in done
        if not (s.heading and s.role in PAST and s.owner in bare and s.owner is not None and headings[s.owner].parent is not None)
    )


def _filled(metadata: Metadata) -> Metadata:
    """Without organs that still have a blank in them; a title is kept, it says that this is a report and of which year."""
    names = ("issuer", "publisher", "addressee", "index_number", "document_number")
    blank: dict[str, Any] = {name: None for name in names if (datum := getattr(metadata, name)) is not None and UNFILLED in datum.value}
    return replace(metadata, **blank) if blank else metadata
