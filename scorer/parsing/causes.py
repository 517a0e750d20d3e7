"""The words of the problems part that say why: in the item of a shortcoming, or for all of them together."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.document import Span
from scorer.parsing.passages import Words, ends
from scorer.parsing.units import Sentence
from scorer.text.sentences import BREAKS, POINT

OPENING = 12
CAUSE_MIN = 4
ANNOUNCED_MAX = 6
"""Characters beside the words that announce a cause (of a phrase that is no longer than such words)."""


def collective_causes(sentences: Sequence[Sentence], words: Words) -> list[Span]:
    """Passages that give the causes of all shortcomings: a paragraph, sub-part or last sentences that open with such a phrase.

    A bare 究其原因 in mid-paragraph speaks for all only where it is the one of the part; several belong each to its item.
    """
    text = words.text
    bare = [s for s in sentences if words.hits.any("lexicon.bare-collective-cause", s.span.start, min(s.span.end, s.span.start + OPENING))]
    found = []
    seen = 0
    for index, sentence in enumerate(sentences):
        hits = words.hits.within("lexicon.collective-cause", *sentence.span)
        named = bool(hits) and hits[0].start - sentence.span.start <= OPENING
        opens = index == 0 or sentences[index - 1].line != sentence.line
        ends = not opens and text[sentence.span.start - 1] == "。" and len(bare) == 1 and seen >= 2 and _closes(sentences, index, words)
        if seen and (named or (sentence in bare and (opens or ends) and not POINT.match(text, sentence.span.start))):
            end = sentence.span.end
            for later in sentences[index + 1 :]:
                if later.owner != sentence.owner if sentence.heading else later.line != sentence.line and not _lists_on(text, sentence):
                    break
                end = later.span.end
            found.append(Span(sentence.span.start, end))
        seen += (not sentence.heading and words.deficiency(sentence.span)) or (sentence.heading and index > 0)
    return found


def _closes(sentences: Sequence[Sentence], index: int, words: Words) -> bool:
    """Whether a bare 究其原因 in mid-paragraph closes a paragraph of several shortcomings; in the paragraph of one, or before
    the next of them, it speaks for that one."""
    line = sentences[index].line
    own = [s for s in sentences if s.line == line]
    before = [s for s in own if s.span.start < sentences[index].span.start and not s.heading]
    points = sum(
        1 for s in before for m in POINT.finditer(words.text, *s.span) if m.start() == s.span.start or words.text[m.start() - 1] in BREAKS
    )
    several = points >= 2 or sum(words.deficiency(s.span) for s in before) >= 2
    goes_on = any(POINT.match(words.text, *s.span) for s in own if s.span.start > sentences[index].span.start)
    return several and not goes_on


def _lists_on(text: str, sentence: Sentence) -> bool:
    """Whether the sentence ends in a colon, so that the next paragraphs belong to it."""
    return text[sentence.span.end - 1] == ":" or text[sentence.span.end - 2 : sentence.span.end] == ":。"


def causes_in(part: Span, words: Words) -> list[Span]:
    """The clauses of a part that say why."""
    text = words.text
    found = []
    own = words.clauses(part)
    for hit in words.hits.within("lexicon.cause", *part):
        clause = next((c for c in own if c.start <= hit.start < c.end), None)
        if clause:
            # "究其原因，" alone says nothing: the clause after it does.
            following = next((c for c in own if c.start == clause.end), None)
            end = following.end if following and clause.end - hit.start <= 8 else clause.end
            if hit.end - hit.start > ANNOUNCED_MAX or _content(Span(clause.start, end), words) >= CAUSE_MIN:
                found.append(Span(clause.start, end))
            elif following is None and text[clause.start - 1] == ",":
                # 经费连年挤不出来，是主要原因。
                told = next((c for c in own if c.end == clause.start and c.end - c.start > CAUSE_MIN), None)
                found.extend([Span(told.start, end)] if told and not words.explains(told) else [])
    for hit in words.hits.within("lexicon.cause-before", *part):
        rest = Span(hit.end, part.end)
        follows = next(iter(words.clauses(rest)), rest)
        if not words.deficiency(follows) or words.hits.any("lexicon.consequence", *follows):
            continue
        before = [c for c in words.clauses(Span(part.start, hit.start)) if c.end - c.start >= 4]
        if before:
            found.append(Span(before[-1].start, hit.start))
    return [Span(*ends(text, span)) for span in found]


def _content(span: Span, words: Words) -> int:
    """How many characters of a passage are neither signs nor words that announce a cause."""
    told = [hit for hit in words.hits.within("lexicon.cause", *span) if hit.end - hit.start <= ANNOUNCED_MAX]
    return sum(1 for place in range(*span) if words.text[place] not in BREAKS and not any(hit.start <= place < hit.end for hit in told))
