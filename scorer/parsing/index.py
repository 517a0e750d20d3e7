"""What is asked of a text again and again, worked out once when it is read: sentences, their acts, headings above, clauses.

Phrases are asked of ``Hits``; here they meet the sentences they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

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

    ``past`` are the sentences about the past year, headings included; ``past_pairs`` the pairs of neighbouring characters of
    what they tell without headings (and few more, across sentences).
    """

    text: str
    hits: Hits
    sentences: tuple[Sentence, ...]
    past: tuple[Sentence, ...]
    past_pairs: frozenset[str]
    _starts: list[int]
    _at: list[int]
    _acts: list[tuple[Span, ...]]
    _names: list[tuple[Span, ...]]
    _paths: list[tuple[str, ...]]
    _clauses: list[Span]
    _clause_starts: list[int]
    _with_pair: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @staticmethod
    def of(text: str, hits: Hits, sentences: Sequence[Sentence], headings: Sequence[Heading]) -> Index:
        """Read everything once."""
        past = tuple(sentence for sentence in sentences if sentence.past)
        told = [sentence for sentence in past if not sentence.heading]
        names = [_names_in(text, sentence.span) for sentence in sentences]
        clauses = [clause for sentence in told for clause in sentence.clauses]
        return Index(
            text,
            hits,
            tuple(sentences),
            past,
            frozenset(pairs_of("\n".join(text[s.span.start : s.span.end] for s in told))),
            [sentence.span.start for sentence in sentences],
            _numbers(len(text), sentences),
            [_acts_in(hits, sentence.span, own) for sentence, own in zip(sentences, names, strict=True)],
            names,
            _paths(text, headings),
            clauses,
            [clause.start for clause in clauses],
        )

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
        return self._acts[self.place_of(sentence)]

    def results_in(self, sentence: Sentence) -> list[Figure]:
        """The figures of a sentence that report a result and are no part of a name."""
        names = self._names[self.place_of(sentence)]
        return [f for f in sentence.results if not _inside(names, f.start, f.end)] if names else list(sentence.results)

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
