"""The single shortcomings a report names, their causes, and the single arrangements of its plan.

Both parts are first cut into items - sub-headings, 一是…二是…, or the parts of a list after a colon; else sentences.
An item of the problems part is one shortcoming; a sentence outside any list is one only with a word of shortcoming.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.causes import OPENING, causes_in, collective_causes
from scorer.parsing.passages import Words, ends
from scorer.parsing.spread import spread
from scorer.parsing.units import Sentence
from scorer.rulepack.phrases import Hits
from scorer.text.sentences import BREAKS, POINT
from scorer.vocabulary import Role

NAME_MAX = 60
MAX_NAMED = 200
MAX_SENTENCES = 600
"""More sentences of a part than any report has: bounds the time on hostile text."""


class Shortcoming(NamedTuple):
    """One shortcoming: the words that name it, the item it stands in, the words that give its cause, its topics.

    ``vague`` says that it only admits that there are shortcomings.
    """

    span: Span
    item: Span
    cause: Span | None
    topics: tuple[str, ...]
    vague: bool = False


class Arrangement(NamedTuple):
    """One clause of the plan that announces something; ``concrete`` is False for a bare declaration."""

    span: Span
    topics: tuple[str, ...]
    concrete: bool


class _Item(NamedTuple):
    parts: tuple[Span, ...]
    listed: bool
    heading: bool

    @property
    def span(self) -> Span:
        return Span(self.parts[0].start, self.parts[-1].end)


def shortcomings(text: str, sentences: Sequence[Sentence], hits: Hits, topics: Sequence[str]) -> tuple[Shortcoming, ...]:
    """All shortcomings of the reporting body in order, with their causes.

    A cause stands in the same item, or in a passage that speaks for all of them (上述问题的原因…).
    """
    words = Words(text, hits, topics)
    own = [s for s in sentences if s.role == Role.PROBLEMS][:MAX_SENTENCES]
    collective = collective_causes(own, words)
    told = [s for s in own if not any(s.span.overlaps(cause) and cause.start <= s.span.start for cause in collective)]
    found: list[Shortcoming] = []
    vague: list[Shortcoming] = []
    for item in _items(told, words, Role.PROBLEMS):
        if not item.listed and any(words.hits.any("lexicon.others", *part) for part in item.parts):
            continue
        causes = [cause for part in item.parts for cause in causes_in(part, words)]
        if not item.listed:  # of running text only what says why is joined to a shortcoming
            causes += [Span(*ends(text, part)) for part in item.parts[1:] if not any(part.overlaps(cause) for cause in causes)]
        cause = causes[0] if causes else None
        if item.listed:
            name = _name(item, causes, words)
            found.append(Shortcoming(name, item.span, cause, words.topics(name) or words.topics(item.span)))
            continue
        for span in _distinct(item.parts[0], causes, words):
            entry = Shortcoming(_trim(text, span), item.span, cause, words.topics(span), words.vague(span) and not words.topics(span))
            (vague if entry.vague else found).append(entry)
    # An admission in general words counts only where nothing more is said.
    result = (found or vague[:1])[:MAX_NAMED]
    if collective and result:
        single = spread(text, collective, [s.item for s in result], words.topics, words.explains)
        causes_of = dict.fromkeys(range(len(result)), collective[0]) if single is None else single
        result = [s._replace(cause=s.cause or causes_of.get(number)) for number, s in enumerate(result)]
    return tuple(result)


def arrangements(text: str, sentences: Sequence[Sentence], hits: Hits, topics: Sequence[str]) -> tuple[Arrangement, ...]:
    """The single arrangements of the plan in order."""
    words = Words(text, hits, topics)
    found = []
    own = [s for s in sentences if s.role == Role.PLAN][:MAX_SENTENCES]
    figures = [Span(f.start, f.end) for s in own for f in s.results]
    for item in _items(own, words, Role.PLAN):
        for part in item.parts:
            for clause in words.clauses(part):
                own_figures = any(clause.holds(figure) for figure in figures)
                named = words.topics(clause)
                if not (words.hits.any("lexicon.arrangement", *clause) or own_figures or (item.listed and named)):
                    continue
                task = own_figures or words.hits.any("lexicon.arrangement-task", *clause) or "《" in text[clause.start : clause.end]
                found.append(Arrangement(_trim(text, clause), named, bool(named) or task))
    return tuple(found[:MAX_NAMED])


def plan_points(text: str, sentences: Sequence[Sentence], hits: Hits) -> tuple[tuple[Span, tuple[Span, ...]], ...]:
    """The listed items of the plan (一是, 二是, （一） …) in order, each without its number, with its clauses."""
    words = Words(text, hits, ())
    own = [s for s in sentences if s.role == Role.PLAN][:MAX_SENTENCES]
    listed = [item for item in _items(own, words, Role.PLAN) if item.listed]
    found = ((_trim(text, item.span), tuple(_trim(text, c) for part in item.parts for c in words.clauses(part))) for item in listed)
    return tuple((span, tuple(c for c in clauses if c.end > c.start)) for span, clauses in found if span.end > span.start)[:MAX_NAMED]


def _items(sentences: Sequence[Sentence], words: Words, role: str) -> list[_Item]:
    """The part cut into items; see the module's docstring."""
    pieces: list[tuple[Span, bool, Sentence]] = []  # range, whether it begins a listed item, its sentence
    after_colon = False
    line = -1
    for sentence in sentences:
        if sentence.heading and _heads_part(sentence, sentences, words, role):
            continue  # the heading of the part itself
        if sentence.line != line:
            after_colon, line = False, sentence.line
        rest = sentence.span
        if not sentence.heading:
            intro = _intro(sentence, words)
            if intro is not None:
                if intro.end < sentence.span.end:
                    # Without 一是……, the parts of the list after the colon are its items.
                    after_colon = not POINT.match(words.text, intro.end, sentence.span.end)
                else:
                    pieces.append((intro, False, sentence))
                    continue
                rest = Span(intro.end, sentence.span.end)
        for number, part in enumerate(_cut(words.text, rest)):
            point = bool(POINT.match(words.text, part.start, part.end))
            pieces.append((part, point or (after_colon and number == 0) or (sentence.heading and number == 0), sentence))
    groups: list[tuple[list[Span], bool, bool, Sentence]] = []
    for span, starts, sentence in pieces:
        last = groups[-1] if groups else None
        joins = last is not None and not starts and last[3].owner == sentence.owner and (last[1] or _goes_on(last, span, sentence, words))
        if joins and last is not None:
            last[0].append(span)
        else:
            groups.append(([span], starts, sentence.heading, sentence))
    items = []
    for index, (spans, listed, heading, sentence) in enumerate(groups):
        following = groups[index + 1] if index + 1 < len(groups) else None
        only_title = (
            heading
            and len(spans) == 1
            and following is not None
            and following[1]
            and not following[2]
            and following[3].owner == sentence.owner
        )
        says = words.deficiency(spans[0]) if role == Role.PROBLEMS else words.hits.any("lexicon.arrangement", *spans[0])
        if only_title and not says:
            continue  # "（一）执法方面。一是……二是……": the points are the items
        items.append(_Item(tuple(spans), listed, heading))
    return items


def _goes_on(last: tuple[list[Span], bool, bool, Sentence], span: Span, sentence: Sentence, words: Words) -> bool:
    """Whether a sentence of running text says why the shortcoming before it exists (…偏慢。主要是…); after a mere admission that
    there are shortcomings (存在一些不足。主要是…) it names them."""
    told = last[0][-1]
    opens = words.hits.first("lexicon.cause-opening", span.start, min(span.end, span.start + OPENING))
    return (
        sentence.role == Role.PROBLEMS
        and sentence.line == last[3].line
        and opens is not None
        and opens.start - span.start <= 1
        and words.deficiency(told)
        and not words.vague(told)
    )


def _heads_part(sentence: Sentence, sentences: Sequence[Sentence], words: Words, role: str) -> bool:
    """Whether a heading only says what the part is (三、存在的问题; （一）主要不足), and is no item of it."""
    hits = words.hits.within(f"roles.{role}", *sentence.span)
    if not hits:
        return False
    covered = sum(1 for place in range(sentence.span.start, sentence.span.end) if any(hit.start <= place < hit.end for hit in hits))
    return sentence is sentences[0] or covered * 2 >= sentence.span.end - sentence.span.start


def _intro(sentence: Sentence, words: Words) -> Span | None:
    """The opening of a sentence that only leads to a list: up to its colon, or all of it when it is vague."""
    text = words.text
    colon = text.find(":", sentence.span.start, sentence.span.end - 1)
    first_point = next(
        (
            m.start()
            for m in POINT.finditer(text, sentence.span.start, sentence.span.end)
            if m.start() > sentence.span.start and text[m.start() - 1] in BREAKS
        ),
        None,
    )
    if first_point is not None and (colon < 0 or first_point < colon):
        lead = Span(sentence.span.start, first_point)
        if not POINT.match(text, sentence.span.start) and (
            words.vague(lead) or words.hits.any("lexicon.problem-intro", *lead) or not words.deficiency(lead)
        ):
            return lead
        return None
    if colon > 0 and not POINT.match(text, sentence.span.start):
        lead = Span(sentence.span.start, colon + 1)
        if words.vague(lead) or words.hits.any("lexicon.problem-intro", *lead) or words.hits.any("lexicon.plan-intro", *lead):
            return lead
    return None


def _cut(text: str, span: Span) -> list[Span]:
    """A range cut where 一是, 二是 … begin."""
    cuts = [span.start]
    for match in POINT.finditer(text, span.start, span.end):
        if match.start() > span.start and text[match.start() - 1] in BREAKS:
            cuts.append(match.start())
    return [Span(a, b) for a, b in zip(cuts, [*cuts[1:], span.end], strict=True) if b > a]


def _name(item: _Item, causes: Sequence[Span], words: Words) -> Span:
    """The words that name a listed shortcoming: its heading or first clause, up to where the cause begins."""
    first = item.parts[0]
    own = words.clauses(first)
    kept = [c for c in own if not any(c.overlaps(cause) for cause in causes)] or own[:1]
    named = [c for c in kept if words.deficiency(c)] or kept[:1]
    end = named[0].end
    for clause in kept:
        if clause.start == end and clause.end - kept[0].start <= NAME_MAX and words.deficiency(clause):
            end = clause.end
    return _trim(words.text, Span(kept[0].start if named[0].start - kept[0].start <= NAME_MAX else named[0].start, end))


def _distinct(span: Span, causes: Sequence[Span], words: Words) -> list[Span]:
    """The clauses of running text that each name a shortcoming; one on the topic of the last goes with it."""
    found: list[Span] = []
    for clause in words.clauses(span):
        if not words.deficiency(clause) or any(clause.overlaps(cause) for cause in causes) or words.hits.any("lexicon.others", *clause):
            continue
        topics = words.topics(clause)
        same = found and found[-1].end == clause.start and (not topics or set(topics) & set(words.topics(found[-1])))
        if found and same and not words.vague(found[-1]):
            found[-1] = Span(found[-1].start, clause.end)
        else:
            found.append(clause)
    return found


def _trim(text: str, span: Span) -> Span:
    """Without the numbering before and the punctuation after it."""
    match = POINT.match(text, span.start, span.end)
    start, end = ends(text, Span(match.end() if match else span.start, span.end))
    return Span(start, end)
