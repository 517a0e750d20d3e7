"""The single shortcomings a report names, their causes, and the single arrangements of its plan."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scorer.document import Span
from scorer.parsing.headings import Heading
from scorer.parsing.roles import PLAN, PROBLEMS
from scorer.parsing.units import Sentence
from scorer.rulepack.phrases import Hits
from scorer.text.numerals import chinese_number

_ITEM = re.compile(r"(?:第?(?P<n>[一二三四五六七八九十]{1,2})(?:是|要|方面)|第(?P<m>[一二三四五六七八九十]{1,2})[,:、]|(?P<d>\d{1,2})[.、](?!\d)|\((?P<p>[一二三四五六七八九十\d]{1,2})\)|(?P<w>首先|其次|再次|再者|最后|此外|另外|同时|还有)[,:])")


@dataclass(frozen=True, slots=True)
class Cause:
    """The words that give a cause; ``collective`` when they speak for all shortcomings."""

    span: Span
    collective: bool


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One shortcoming: the words that name it, the item it stands in, its cause if one is given, its topics."""

    span: Span
    item: Span
    cause: Span | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One thing the plan announces. ``concrete`` is False for a bare declaration."""

    span: Span
    topics: tuple[str, ...]
    concrete: bool


class _Marks:
    def __init__(self, hits: Hits, topics: Sequence[str]) -> None:
        self._hits = hits
        self._topics = topics

    def within(self, name: str, span: Span) -> list[tuple[int, int]]:
        places = self._hits.get(name, ())
        index = bisect_left(places, (span.start, 0))
        found = []
        while index < len(places) and places[index][0] < span.end:
            if places[index][1] <= span.end:
                found.append(places[index])
            index += 1
        return found

    def deficiency(self, span: Span) -> list[tuple[int, int]]:
        """Words of shortcoming that are not part of a phrase meaning something else."""
        others = self.within("lexicon.not-deficiency", span)
        return [hit for hit in self.within("lexicon.deficiency", span) if not any(a <= hit[0] and hit[1] <= b for a, b in others)]

    def topics_in(self, span: Span) -> tuple[str, ...]:
        """The topics of a passage, the more specific ones first; a word inside a longer topic word does not count."""
        claimed: list[tuple[int, int]] = []
        found = []
        for topic in self._topics:
            places = [hit for hit in self.within(f"topic.{topic}", span) if not any(a <= hit[0] and hit[1] <= b and (a, b) != hit for a, b in claimed)]
            if places:
                found.append(topic)
                claimed.extend(places)
        return tuple(found)


def shortcomings(text: str, sentences: Sequence[Sentence], headings: Sequence[Heading], hits: Hits, topics: Sequence[str]) -> tuple[Shortcoming, ...]:
    """All shortcomings of the report's own work, in order, with their causes.

    Items come from sub-headings or 一是…二是… where there are such, else from the sentences and clauses that hold a word of
    shortcoming. A cause stands in the same item, or speaks for all in a passage of its own.
    """
    marks = _Marks(hits, topics)
    own = [s for s in sentences if s.role == PROBLEMS]
    items = _items(text, own, marks)
    collective = _collective(own, marks)
    found: list[Shortcoming] = []
    for item in items:
        parts = [part for part in item if not any(part in cause for cause in collective)]
        if not parts:
            continue
        found.extend(_of_item(text, parts, marks))
    if collective and found:
        found = [Shortcoming(s.span, s.item, s.cause or collective[0], s.topics) for s in found]
    return tuple(found)


def _items(text: str, sentences: Sequence[Sentence], marks: _Marks) -> list[list[Span]]:
    """Groups of spans (sentences or parts of them), one group an enumerated item; without enumeration one a sentence."""
    groups: list[list[Span]] = []
    enumerated = False
    owner: int | None = None
    for sentence in sentences:
        if sentence.heading and marks.within("roles.problems", sentence.span):
            owner = sentence.owner
            continue  # the heading of the part itself names no shortcoming
        spans = _cut_items(text, sentence)
        for number, (span, starts) in enumerate(spans):
            new_heading = sentence.heading and number == 0
            if starts or new_heading or not groups:
                groups.append([span])
                enumerated = enumerated or starts or (new_heading and sentence.owner != owner)
            elif enumerated and sentence.owner == owner:
                groups[-1].append(span)
            else:
                groups.append([span])
        owner = sentence.owner
    return groups


def _cut_items(text: str, sentence: Sentence) -> list[tuple[Span, bool]]:
    """A sentence cut where 一是, 二是 … begin; each part with whether it begins an item."""
    cuts = [sentence.span.start]
    for match in _ITEM.finditer(text, sentence.span.start, sentence.span.end):
        before = text[match.start() - 1] if match.start() > sentence.span.start else ","
        if before in ",:;。!?" or match.start() == sentence.span.start:
            if match["n"] and chinese_number(match["n"]) is None:
                continue
            if match.start() > sentence.span.start:
                cuts.append(match.start())
    result = []
    for start, end in zip(cuts, [*cuts[1:], sentence.span.end], strict=True):
        result.append((Span(start, end), bool(_ITEM.match(text, start, end))))
    return result


def _collective(sentences: Sequence[Sentence], marks: _Marks) -> list[Span]:
    """Passages that give the causes of the shortcomings together: from the phrase to the end of its paragraph or part."""
    found = []
    for index, sentence in enumerate(sentences):
        places = marks.within("lexicon.collective-cause", sentence.span)
        if not places:
            continue
        start = sentence.span.start if sentence.heading else places[0][0]
        # An item's own "主要原因是" is collective only when it opens a paragraph or names the problems.
        end = sentence.span.end
        for later in sentences[index + 1 :]:
            same = later.owner == sentence.owner if sentence.heading else later.line == sentence.line
            if not same:
                break
            end = later.span.end
        found.append(Span(start, end))
    return found


def _of_item(text: str, parts: Sequence[Span], marks: _Marks) -> list[Shortcoming]:
    whole = Span(parts[0].start, parts[-1].end)
    causes = [span for part in parts for span in _causes(text, part, marks)]
    named: list[Span] = []
    for part in parts:
        clauses = [c for c in _clauses(text, part) if marks.deficiency(c) and not any(c in cause for cause in causes)]
        clauses = [c for c in clauses if not marks.within("lexicon.others", c)]
        if clauses:
            named.append(Span(clauses[0].start, clauses[-1].end))
        elif not named and _lead(text, part) and causes:
            named.append(_lead_span(text, part))
    if not named:
        return []
    cause = causes[0] if causes else None
    if len(parts) > 1 or _ITEM.match(text, parts[0].start):
        # One enumerated item is one shortcoming: what follows its first sentence is detail or a further side of it.
        first = named[0]
        return [Shortcoming(_trim(text, first), whole, cause, marks.topics_in(whole))]
    found = []
    for span in _distinct(text, named[0], marks):
        found.append(Shortcoming(_trim(text, span), whole, cause, marks.topics_in(span)))
    return found


def _distinct(text: str, span: Span, marks: _Marks) -> list[Span]:
    """The clauses of a sentence that each name a shortcoming; one that speaks of the topic before it goes with it."""
    found: list[Span] = []
    for clause in _clauses(text, span):
        if not marks.deficiency(clause):
            continue
        if found and set(marks.topics_in(clause)) & set(marks.topics_in(found[-1])) and len(text[clause.start : clause.end]) < 60:
            found[-1] = Span(found[-1].start, clause.end)
        else:
            found.append(clause)
    return found


def _clauses(text: str, span: Span) -> list[Span]:
    from scorer.text.sentences import clauses

    return [Span(a, b) for a, b in clauses(text, span.start, span.end)]


def _causes(text: str, part: Span, marks: _Marks) -> list[Span]:
    """The clauses of a part that say why: with a connective of cause, or before 导致 when what follows is the shortcoming."""
    found = []
    for start, end in marks.within("lexicon.cause", part):
        clause = next((c for c in _clauses(text, part) if c.start <= start < c.end), None)
        if clause:
            found.append(Span(clause.start, clause.end))
    for start, end in marks.within("lexicon.cause-before", part):
        rest = Span(end, part.end)
        follows = next(iter(_clauses(text, rest)), rest)
        before = [c for c in _clauses(text, Span(part.start, start))]
        if not marks.deficiency(follows) or marks.within("lexicon.consequence", follows):
            continue
        lead = before[-1] if before else None
        if lead is not None and lead.end - lead.start >= 4:
            found.append(Span(lead.start, start))
    return found


def _lead(text: str, part: Span) -> bool:
    return part.end - part.start >= 6


def _lead_span(text: str, part: Span) -> Span:
    clauses = _clauses(text, part)
    return clauses[0] if clauses else part


def _trim(text: str, span: Span) -> Span:
    """Without the numbering before and the punctuation after it."""
    start, end = span.start, span.end
    match = _ITEM.match(text, start, end)
    if match:
        start = match.end()
    while end > start and text[end - 1] in ",。;:!?\n":
        end -= 1
    while start < end and text[start] in ",:;。":
        start += 1
    return Span(start, end)


def arrangements(text: str, sentences: Sequence[Sentence], hits: Hits, topics: Sequence[str]) -> tuple[Arrangement, ...]:
    """The single arrangements of the plan: its items and the clauses of its sentences that announce something to be done."""
    marks = _Marks(hits, topics)
    found = []
    for sentence in sentences:
        if sentence.role != PLAN:
            continue
        for span, _ in _cut_items(text, sentence):
            announced = marks.within("lexicon.arrangement", span)
            if not announced and not sentence.heading:
                continue
            if sentence.heading and not announced:
                continue
            concrete = bool(marks.topics_in(span)) or any(f.unit for f in sentence.figures)
            found.append(Arrangement(_trim(text, span), marks.topics_in(span), concrete))
    return tuple(found)
