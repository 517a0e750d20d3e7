"""Who did it: the acts in a stretch of text, each with its actor (the principal person, the leading body, another organ).

The subject of a clause is the first name in it that no verb or preposition stands before; a clause without one goes on with
the subject of the clause before, as Chinese does. Where no name is said at all, the second reader is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scorer.checks.reading import Reading
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.text.sentences import POINT
from scorer.vocabulary import Actor, Level

PARTY, GOVERNMENT = "party", "government"
BOTH = frozenset({PARTY, GOVERNMENT})
TOLD = 0.5
"""The score from which the second reader's word is taken for who acted, where no name stands."""
CLEAR = 1.0
"""The score from which a sentence without any word of an act is taken for one."""
CONTRARY = 1.5
"""The score of an act of another organ from which the name of a body is doubted."""
_JOIN = re.compile(r"(?:[、和及与]|以及|)\Z")
_NAMES = (
    ("lexicon.principals", Actor.PRINCIPAL),
    ("lexicon.leading-bodies", Actor.BODY),
    ("lexicon.governing", Actor.BODY),
    ("lexicon.other-organs", Actor.ORGAN),
)
_OTHERS = re.compile(r"\d[余多]?[名位个家]\Z")
"""Right before a name it says that they are others' principals: 236名党政主要负责人."""
_LABELS = ((Actor.PRINCIPAL, "principal"), (Actor.BODY, "body"), (Actor.ORGAN, "organ"))


class Subject(NamedTuple):
    """Who acts, and whether for the party or the government (both where the name does not say)."""

    actor: Actor
    sides: frozenset[str]


class Deed(NamedTuple):
    """A clause that tells of a concrete act, its sentence, and who acted. ``sure`` is False where only one of the two readers
    takes it for an act of the person or the body."""

    span: Span
    sentence: Sentence
    subject: Subject
    sure: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is no act of another organ."""
        return self.subject.actor != Actor.ORGAN


NOBODY = Subject(Actor.UNNAMED, BOTH)


def deeds(report: Report, sentences: Sequence[Sentence], reading: Reading | None, lead: Subject = NOBODY) -> list[Deed]:
    """The concrete acts of sentences (in order), slogans left out; ``lead`` is the subject before a name is said."""
    found: list[Deed] = []
    own = lead
    now = lead
    owner: int | None = None
    last: Sentence | None = None
    for sentence in sentences:
        if sentence.heading or sentence.owner != owner:
            owner, own = sentence.owner, lead
            now = own
        if last is not None and (sentence.line != last.line or _point(report, sentence) or now.actor == Actor.ORGAN):
            now = own
        last = sentence
        told = _told(report, sentence)
        for clause in sentence.clauses:
            named = subject(report, clause)
            if named is not None:
                now = named
                if own.actor == Actor.UNNAMED and named.actor == Actor.PRINCIPAL:
                    own = named
            if sentence.heading or not any(clause.holds(place) for place in told) or _slogan(report, sentence, clause):
                continue
            if now.actor == Actor.UNNAMED:
                now = _by_act(report, clause)
            found.append(_deed(clause, sentence, now, reading))
        if reading is not None and sentence.past and not sentence.heading and (not found or found[-1].sentence is not sentence):
            found.extend(_meant(sentence, now, reading))
    return found


def lead_of(report: Report, sentences: Sequence[Sentence]) -> Subject:
    """Who is meant where a part of its own (its first sentence) names nobody: the person its heading names, if it does."""
    if not sentences or not sentences[0].heading:
        return NOBODY
    first = sentences[0].span
    named = [Span(*hit) for hit in report.hits.within("lexicon.principals", *first)]
    return Subject(Actor.PRINCIPAL, _sides(report, first)) if named else NOBODY


def subject(report: Report, clause: Span) -> Subject | None:
    """Who the clause names as acting, or None."""
    places = _names(report, clause)
    if not places or _governed(report, clause, places[0][0].start):
        return None
    chain = [places[0]]
    for place in places[1:]:
        if not _JOIN.match(report.text, chain[-1][0].end, place[0].start) and place[0].start > chain[-1][0].end:
            break
        chain.append(place)
    groups: list[list[Actor]] = [[chain[0][1]]]
    for before, (span, actor) in pairwise(chain):
        if span.start > before[0].end:
            groups.append([actor])
        else:
            groups[-1].append(actor)
    if _OTHERS.search(report.text, clause.start, chain[0][0].start):
        groups[0].append(Actor.ORGAN)
    actors = {_head(group) for group in groups}
    actor = next(kind for kind in (Actor.PRINCIPAL, Actor.BODY, Actor.ORGAN) if kind in actors)
    return Subject(actor, _sides(report, Span(chain[0][0].start, max(place.end for place, _ in chain))))


def _names(report: Report, clause: Span) -> list[tuple[Span, Actor]]:
    """The names in a clause in order, none inside another (副县长 holds 县长); the reporting organ is no other organ."""
    issuer = report.metadata.issuer.value if report.metadata.issuer else ""
    found = []
    for name, actor in _NAMES:
        for hit in report.hits.within(name, *clause):
            own = actor == Actor.ORGAN and report.text[hit.start : hit.end] in issuer
            found.append((Span(*hit), Actor.BODY if own else actor))
    found.sort(key=lambda place: (place[0].start, -place[0].end))
    kept: list[tuple[Span, Actor]] = []
    for span, actor in found:
        if not kept or span.end > max(other.end for other, _ in kept):
            kept.append((span, actor))
    return kept


def _head(actors: Sequence[Actor]) -> Actor:
    """The head of names that stand together: 县委办公室 is an organ, 各部门主要负责人 are others' principals."""
    if Actor.ORGAN in actors:
        return Actor.ORGAN
    return Actor.PRINCIPAL if Actor.PRINCIPAL in actors else Actor.BODY


def _governed(report: Report, clause: Span, start: int) -> bool:
    """Whether a verb or preposition stands before a name in its clause, so that it is no subject."""
    point = POINT.match(report.text, *clause)
    begin = point.end() if point else clause.start
    return any(hit[1] <= start and hit[0] >= begin for hit in report.hits.within("lexicon.not-agent", begin, start))


def _sides(report: Report, span: Span) -> frozenset[str]:
    if report.metadata.level == Level.DEPARTMENT:
        return BOTH  # 局党组书记、局长: one person, and the party group is the leading body
    party = report.hits.any("lexicon.party-side", *span)
    government = report.hits.any("lexicon.government-side", *span)
    return BOTH if party == government else frozenset({PARTY if party else GOVERNMENT})


def _point(report: Report, sentence: Sentence) -> bool:
    return bool(POINT.match(report.text, *sentence.span))


def _told(report: Report, sentence: Sentence) -> list[Span]:
    """The acts and results in a sentence."""
    return [*report.index.acts_in(sentence), *(Span(f.start, f.end) for f in report.index.results_in(sentence))]


def _slogan(report: Report, sentence: Sentence, clause: Span) -> bool:
    """Whether a clause only declares: a set phrase of duty without a figure."""
    return report.hits.any("lexicon.duty-slogans", *clause) and not any(
        clause.start <= f.start < clause.end for f in report.index.results_in(sentence)
    )


def _by_act(report: Report, clause: Span) -> Subject:
    """Who acts where no name is said, by what only a person or a body does."""
    if report.hits.any("lexicon.person-acts", *clause):
        return Subject(Actor.PRINCIPAL, BOTH)
    if report.hits.any("lexicon.leading-bodies", *clause):
        return Subject(Actor.BODY, _sides(report, clause))
    return NOBODY


def _deed(clause: Span, sentence: Sentence, named: Subject, reading: Reading | None) -> Deed:
    """An act with who acted; where no name says it, by the second reader's word, and doubted where that one says the contrary."""
    if reading is None:
        return Deed(clause, sentence, named)
    score, actor = max((reading.score(sentence.span, label), actor) for actor, label in _LABELS)
    if named.actor == Actor.UNNAMED:
        return Deed(clause, sentence, Subject(actor, BOTH) if score >= TOLD else named, False)
    return Deed(clause, sentence, named, not (named.actor == Actor.BODY and actor == Actor.ORGAN and score >= CONTRARY))


def _meant(sentence: Sentence, now: Subject, reading: Reading) -> list[Deed]:
    """A sentence in which no phrase finds an act and the second reader hears one of the person or the body."""
    score, actor = max((reading.score(sentence.span, label), actor) for actor, label in _LABELS)
    if actor == Actor.ORGAN or score < CLEAR or reading.score(sentence.span, "principal-slogan") > 0:
        return []
    label = next(label for kind, label in _LABELS if kind == actor)
    return [Deed(reading.carried(sentence, label), sentence, Subject(actor, now.sides), False)]
