"""A document read as an annual report: the one structure that checks look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from scorer.document import UNFILLED, Document, Quote, Span
from scorer.parsing import problems, roles
from scorer.parsing.headings import Heading, find_headings
from scorer.parsing.intrusion import intrusions
from scorer.parsing.metadata import Metadata, read_metadata
from scorer.parsing.page import Line, Page, read_page
from scorer.parsing.problems import Arrangement, Shortcoming
from scorer.parsing.roles import Section, Zone
from scorer.parsing.units import Sentence, sentences_of
from scorer.rulepack.model import Pack
from scorer.rulepack.phrases import Hits
from scorer.text.figures import quotations
from scorer.vocabulary import PAST

_TITLE = re.compile(r"《[^》]*》")
# Words right before an act by which it is not done yet, or only a purpose.
_NOT_DONE = re.compile(
    r"(?:未|没有|尚未|未能|要|将|拟|须|需|应当|应|必须|不得|以便|旨在|为了?|着力|努力|加快|致力|致力于|全力|大力|不断|继续|进一步|推动|引导|促进)$"
)


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
    sentences: tuple[Sentence, ...]
    shortcomings: tuple[Shortcoming, ...]
    arrangements: tuple[Arrangement, ...]
    intrusions: tuple[str, ...] = ()
    """Words of gambling and the like that do not belong to the page."""

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of the report itself."""
        return self.page.body

    @cached_property
    def past(self) -> tuple[Sentence, ...]:
        """The sentences about the past year, headings included."""
        return tuple(s for s in self.sentences if s.past)

    def has_role(self, role: str) -> bool:
        """Whether any part of the body has the role."""
        return any(zone.role == role for zone in self.zones)

    def quote(self, span: Span) -> Quote:
        """The exact original passage."""
        return self.document.quote(span.start, span.end)

    def within(self, name: str, span: Span) -> list[Span]:
        """The hits of a pack's set inside a range."""
        return [Span(a, b) for a, b in self.hits.within(name, span.start, span.end)]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence of the body in which a position stands; None in furniture, title and signature."""
        index = bisect_left(self._starts, position + 1) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        return sentence if sentence.span.start <= position < sentence.span.end else None

    def acts_in(self, sentence: Sentence) -> tuple[Span, ...]:
        """The completed acts a sentence tells of: words of the pack's ``acts`` that are done, not in a name or quotation."""
        key = sentence.span.start
        if key not in self._acts:
            self._acts[key] = tuple(
                act
                for act in self.within("lexicon.acts", sentence.span)
                if not self.is_name(sentence, act.start, act.end) and not _NOT_DONE.search(self.text, max(0, act.start - 4), act.start)
            )
        return self._acts[key]

    def is_name(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a range stands inside a title 《》 or a quotation of the sentence."""
        key = sentence.span.start
        if key not in self._names:
            titles = (match.span() for match in _TITLE.finditer(self.text, key, sentence.span.end))
            line = self.text.rfind("\n", 0, key) + 1
            self._names[key] = (*titles, *(span for span in quotations(self.text, line, sentence.span.end) if span[1] > key))
        return any(a <= start and end <= b for a, b in self._names[key])

    @cached_property
    def _acts(self) -> dict[int, tuple[Span, ...]]:
        return {}

    @cached_property
    def _names(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {}

    def sentences_with(self, name: str) -> list[Sentence]:
        """The sentences of the body in which a set of the pack has a hit, in order."""
        found: dict[int, Sentence] = {}
        for start, end in self.hits.get(name, ()):
            sentence = self.sentence_at(start)
            if sentence is not None and end <= sentence.span.end:
                found.setdefault(sentence.span.start, sentence)
        return list(found.values())

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of what is told of the past year, and few more (those across clauses)."""
        return frozenset(pairs_of("\n".join(self.text[s.span.start : s.span.end] for s in self.past if not s.heading)))

    def clauses_with(self, pair: str) -> tuple[Span, ...]:
        """The clauses about the past year in which a pair of characters stands, each once, in order.

        Looked up for the few pairs that are asked for; an index of all pairs took 6 ms of a report of 6,000 characters.
        """
        if pair not in self._with_pair:
            found: dict[Span, None] = {}
            at = self.text.find(pair)
            while at >= 0:
                index = bisect_left(self._clause_starts, at + 1) - 1
                if index >= 0 and at + len(pair) <= self._past_clauses[index].end:
                    found[self._past_clauses[index]] = None
                at = self.text.find(pair, at + 1)
            self._with_pair[pair] = tuple(found)
        return self._with_pair[pair]

    @cached_property
    def _with_pair(self) -> dict[str, tuple[Span, ...]]:
        return {}

    @cached_property
    def _past_clauses(self) -> list[Span]:
        return [clause for sentence in self.past if not sentence.heading for clause in sentence.clauses]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [clause.start for clause in self._past_clauses]

    def index_of(self, sentence: Sentence) -> int:
        """The place of a sentence among ``sentences``."""
        return bisect_left(self._starts, sentence.span.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def path_of(self, position: int) -> tuple[str, ...]:
        """The headings above a position, outermost first."""
        sentence = self.sentence_at(position)
        return () if sentence is None or sentence.owner is None else self._paths[sentence.owner]

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        """For each heading those above it and itself; a parent stands before its children."""
        paths: list[tuple[str, ...]] = []
        for heading in self.headings:
            above = () if heading.parent is None else paths[heading.parent]
            paths.append((*above, self.text[heading.span.start : heading.span.end].rstrip("。:")))
        return paths


def pairs_of(words: str) -> list[str]:
    """The pairs of neighbouring characters."""
    return list(map(str.__add__, words, words[1:]))


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
        sentences=sentences,
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
