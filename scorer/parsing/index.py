"""What is asked of a text again and again, worked out once when it is read: sentences, their acts, headings above, clauses.

Phrases are asked of ``Hits``; here they meet the sentences they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scorer.document import Span
from scorer.parsing.headings import Heading
from scorer.parsing.units import Sentence
from scorer.rulepack.phrases import Hits
from scorer.text.figures import Figure, quotations
from scorer.text.pairs import pairs_of

_TITLE = re.compile(r"《[^《》]{0,200}》")
BEFORE_ACT = 4
VERB_BEFORE = 16
NOUN_MAX = 8


@dataclass(frozen=True, eq=False)
class Index:
    """The sentences of a text and what stands in each; ranges are offsets of ``text``, the folded text.

    ``past`` are the sentences about the past year, headings included.
    """

    text: str
    hits: Hits
    sentences: tuple[Sentence, ...]
    past: tuple[Sentence, ...]
    _starts: list[int]
    _at: list[int]
    _paths: list[tuple[str, ...]]
    # Of the sentences that are asked about, by their places.
    _acts: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _names: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _with_pair: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @staticmethod
    def of(text: str, hits: Hits, sentences: Sequence[Sentence], headings: Sequence[Heading]) -> Index:
        """Put everything in order once; what few sentences are asked for is read when it is asked."""
        return Index(
            text,
            hits,
            tuple(sentences),
            tuple(sentence for sentence in sentences if sentence.past),
            [sentence.span.start for sentence in sentences],
            _numbers(len(text), sentences),
            _paths(text, headings),
        )

    @cached_property
    def past_pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of what is told of the past year, without headings (and few more, across sentences)."""
        return frozenset(pairs_of("\n".join(self.text[s.span.start : s.span.end] for s in self.past if not s.heading)))

    @cached_property
    def _clauses(self) -> list[Span]:
        return [clause for sentence in self.past if not sentence.heading for clause in sentence.clauses]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [clause.start for clause in self._clauses]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence of the body in which a position stands; None in furniture, title and signature."""
        at = self._at[position] if 0 <= position < len(self._at) else -1
        return self.sentences[at] if at >= 0 else None

    def place_of(self, sentence: Sentence) -> int:
        """The place of a sentence among ``sentences``."""
        return bisect_left(self._starts, sentence.span.start)

    def located(self, name: str) -> list[tuple[Sentence, Span]]:
        """The hits of a pack's set that stand in a sentence of the body, each with its sentence, in order."""
        at, sentences = self._at, self.sentences
        found = [(sentences[at[hit[0]]], hit) for hit in self.hits.get(name) if at[hit[0]] >= 0]
        return [(sentence, hit) for sentence, hit in found if hit[1] <= sentence[0][1]]

    def sentences_with(self, name: str) -> list[Sentence]:
        """The sentences of the body in which a set of the pack has a hit, in order."""
        return list({sentence.span: sentence for sentence, _ in self.located(name)}.values())

    def acts_in(self, sentence: Sentence) -> tuple[Span, ...]:
        """The completed acts a sentence tells of: words of the pack's ``acts`` that are done, not in a name or quotation."""
        place = self.place_of(sentence)
        acts = self._acts.get(place)
        if acts is None:
            acts = self._acts[place] = _acts_in(self.hits, sentence.span, self._names_of(place))
        return acts

    def results_in(self, sentence: Sentence) -> list[Figure]:
        """The figures of a sentence that report a result and are no part of a name."""
        if not sentence.results:
            return []
        names = self._names_of(self.place_of(sentence))
        return [f for f in sentence.results if not _inside(names, f.start, f.end)] if names else list(sentence.results)

    def _names_of(self, place: int) -> tuple[Span, ...]:
        names = self._names.get(place)
        if names is None:
            names = self._names[place] = _names_in(self.text, self.sentences[place].span)
        return names

    def path_of(self, position: int) -> tuple[str, ...]:
        """The headings above a position, outermost first."""
        sentence = self.sentence_at(position)
        return () if sentence is None or sentence.owner is None else self._paths[sentence.owner]

    def clauses_with(self, pair: str) -> tuple[Span, ...]:
        """The clauses about the past year in which a pair of characters stands, each once, in order.

        Looked up for the few pairs that are asked for; an index of all pairs took 6 ms of a report of 6,000 characters.
        """
        if pair not in self._with_pair:
            found: dict[Span, None] = {}
            at = self.text.find(pair)
            while at >= 0:
                place = bisect_right(self._clause_starts, at) - 1
                if place >= 0 and at + len(pair) <= self._clauses[place].end:
                    found[self._clauses[place]] = None
                at = self.text.find(pair, at + 1)
            self._with_pair[pair] = tuple(found)
        return self._with_pair[pair]


def _numbers(length: int, sentences: Sequence[Sentence]) -> list[int]:
    """For each place of a text the number of the sentence that it stands in, or -1."""
    numbers: list[int] = []
    for number, sentence in enumerate(sentences):
        start, end = sentence.span
        numbers.extend([-1] * (start - len(numbers)))
        numbers.extend([number] * (end - start))
    numbers.extend([-1] * (length - len(numbers)))
    return numbers


def _names_in(text: str, span: Span) -> tuple[Span, ...]:
    """The titles 《》 in a sentence, and the quotations that reach into it."""
    start, end = span
    titles = [Span(*match.span()) for match in _TITLE.finditer(text, start, end)] if text.find("《", start, end) >= 0 else []
    line = text.rfind("\n", 0, start) + 1
    return (*titles, *(Span(*quoted) for quoted in quotations(text, line, end) if quoted[1] > start))


def _acts_in(hits: Hits, span: Span, names: Sequence[Span]) -> tuple[Span, ...]:
    acts = hits.within("lexicon.acts", *span)
    return tuple(act for act in acts if not _inside(names, *act) and not _undone(hits, act.start) and not _nominal(hits, act, span))


def _nominal(hits: Hits, act: Span, sentence: Span) -> bool:
    """Whether the word of an act is only a name of work that is advanced or regulated: 加强文件制定和管理, 推进行政…."""
    begins = hits.within("lexicon.act-noun-after", act.end, min(act.end + NOUN_MAX, sentence.end))
    if not any(hit.start == act.end for hit in begins):
        return False
    start = max(sentence.start, act.start - VERB_BEFORE)
    return hits.any("lexicon.general-verbs", start, act.start)


def _undone(hits: Hits, start: int) -> bool:
    """Whether a word stands right before an act by which it is not done yet, or only a purpose."""
    return any(hit.end == start for hit in hits.within("lexicon.not-done", max(0, start - BEFORE_ACT), start))


def _inside(names: Sequence[Span], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in names)


def _paths(text: str, headings: Sequence[Heading]) -> list[tuple[str, ...]]:
    """For each heading those above it and itself; a parent stands before its children."""
    paths: list[tuple[str, ...]] = []
    for heading in headings:
        above = () if heading.parent is None else paths[heading.parent]
        paths.append((*above, text[heading.span.start : heading.span.end].rstrip("。:")))
    return paths
