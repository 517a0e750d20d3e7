"""The check before publication: a document, the year of its report and what was recounted in, one list of alarms out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scorer.document import Document, Quote, Span
from scorer.publication import dictionary
from scorer.publication.model import UNLESS, WITHIN, WRONG, Alarm, Checklist, Entry, Hit
from scorer.publication.shapes import SHAPES, Page
from scorer.recount.model import Statement
from scorer.rulepack.phrases import Hits
from scorer.text.sentences import SENTENCE_END
from scorer.vocabulary import Arithmetic

MAX_ALARMS = 500
CONTEXT = 18
FIGURES = "figures"
"""The entry of contradictory figures, which are found elsewhere."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?")
BEFORE = 10
"""Within so many characters before an organ 原 makes it a former one."""
_FORMER = re.compile("(?<![草太中高平开三五还])(?:原|前身|时任|曾)(?![则因来料始有创生理])")


def check(document: Document, checklist: Checklist, year: int | None, statements: Iterable[Statement] = ()) -> tuple[Alarm, ...]:
    """All alarms in the order of the text, at most ``MAX_ALARMS``. ``year`` is that of the report; without one the year that the
    text names most. ``statements`` are the recomputed ones, of which those that contradict themselves are told."""
    text = document.folded.text
    hits = checklist.matcher.find(text)
    page = Page(document, text, checklist.shapes)
    found = [
        *_phrases(checklist, hits, text, year),
        *(Hit(*nearly) for nearly in checklist.nearly.find(text)),
        *_slips(checklist, hits, text),
    ]
    alarms = [_of_hit(document, checklist, hit) for hit in _settled(found)]
    for entry in checklist.entries.values():
        if entry.shape:
            alarms += [_of_quote(document, checklist, entry, quote, right) for quote, right in SHAPES[entry.shape](page)]
    figures = checklist.entries.get(FIGURES)
    if figures is not None:
        wrong = [s for s in statements if s.verdict == Arithmetic.INCONSISTENT]
        alarms += [
            _of_quote(document, checklist, figures, document.quote(*s.span), f"{s.computed}（{s.formula}）" if s.formula else s.computed)
            for s in wrong
        ]
    return tuple(sorted(_apart(alarms), key=lambda alarm: alarm.quote.start)[:MAX_ALARMS])


def main_year(text: str) -> int | None:
    """The year that a text names most; of several the latest."""
    years = Counter(int(found[1]) for found in _YEAR.finditer(text))
    return max(years, key=lambda year: (years[year], year), default=None)


def _phrases(checklist: Checklist, hits: Hits, text: str, year: int | None) -> Iterator[Hit]:
    likely = year or main_year(text)
    ends = [0, *(found.end() for found in SENTENCE_END.finditer(text)), len(text)]
    for entry in checklist.entries.values():
        for span in hits.get(f"{entry.id}/{WRONG}"):
            if not _dated(entry, year, likely):
                break
            at = bisect_right(ends, span.start)
            sentence = Span(ends[at - 1], ends[min(at, len(ends) - 1)])
            if _excused(checklist, entry, hits, text, span, sentence):
                continue
            if checklist.groups[entry.group].spelling and dictionary.parted(text, *span):
                continue
            yield Hit(entry.id, span)


def _slips(checklist: Checklist, hits: Hits, text: str) -> Iterator[Hit]:
    for entry, span, word in checklist.slips.find(text):
        if not any(other.holds(span) for other in hits.within(f"{entry}/{WITHIN}", max(span.start - 40, 0), span.end + 40)):
            yield Hit(entry, span, word)


def _dated(entry: Entry, year: int | None, likely: int | None) -> bool:
    """Whether the report's year is one in which the words are wrong: what came later is only looked for when the year is known,
    since a text on several years names the first of them most."""
    if entry.until is None and entry.since is None:
        return True
    if entry.until is not None:
        return likely is not None and likely > entry.until
    # The report on a year is written, and tells of what comes, in the next.
    return year is not None and entry.since is not None and year + 1 < entry.since


def _excused(checklist: Checklist, entry: Entry, hits: Hits, text: str, span: Span, sentence: Span) -> bool:
    """Whether the words are part of longer ones, or the sentence itself tells that this is past or what it is."""
    group = checklist.groups[entry.group]
    if entry.until is not None and _FORMER.search(text, max(sentence.start, span.start - BEFORE), span.start):
        return True
    for owner in (entry.id, f"group:{entry.group}"):
        if any(other.holds(span) for other in hits.within(f"{owner}/{WITHIN}", max(span.start - 40, 0), span.end + 40)):
            return True
    if entry.own and hits.any(f"{entry.id}/{UNLESS}", *sentence):
        return True
    if group.unless and hits.any(f"group:{group.id}/{UNLESS}", *sentence):
        return True
    if entry.until is None:
        return False
    return any(int(found[1]) <= entry.until for found in _YEAR.finditer(text, *sentence))


def _settled(found: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the longest."""
    chosen: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.span.start, -hit.span.end)):
        if chosen and hit.span.start < chosen[-1].span.end:
            continue
        chosen.append(hit)
    return chosen


def _of_hit(document: Document, checklist: Checklist, hit: Hit) -> Alarm:
    return _of_quote(document, checklist, checklist.entries[hit.entry], document.quote(*hit.span), hit.right)


def _of_quote(document: Document, checklist: Checklist, entry: Entry, quote: Quote, right: str) -> Alarm:
    paragraphs = document.paragraphs
    number = max(bisect_right(paragraphs, quote.start, key=lambda p: p.start) - 1, 0)
    line = paragraphs[number] if paragraphs else None
    low, high = (line.start, line.end) if line else (0, len(document.text))
    start, end = max(low, quote.start - CONTEXT), min(max(high, quote.end), quote.end + CONTEXT)
    context = f"{'…' if start > low else ''}{document.text[start:end]}{'…' if end < high else ''}"
    group = checklist.groups[entry.group]
    why = entry.why or group.why
    if entry.source:
        why = f"{why}（{entry.source}）"
    return Alarm(
        entry.id,
        group.id,
        group.title,
        quote,
        " ".join(context.split()),
        number + 1,
        line.page if line else None,
        right or entry.right,
        why,
    )


def _apart(alarms: Sequence[Alarm]) -> list[Alarm]:
    """No two alarms on one place."""
    chosen: list[Alarm] = []
    for alarm in sorted(alarms, key=lambda alarm: (alarm.quote.start, -alarm.quote.end)):
        if chosen and chosen[-1].quote.end > alarm.quote.start and chosen[-1].group != "figures" and alarm.group != "figures":
            continue
        chosen.append(alarm)
    return chosen
