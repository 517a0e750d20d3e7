"""What the pack's words say of a passage of the parts on problems and plan."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.document import Span
from scorer.rulepack.phrases import Hits
from scorer.text.sentences import clauses


class Words:
    """What the pack's words say about a passage of a part."""

    def __init__(self, text: str, hits: Hits, topics: Sequence[str]) -> None:
        self.text = text
        self.hits = hits
        self._ranks = {f"topic.{topic}": (rank, topic) for rank, topic in enumerate(topics)}

    def deficiency(self, span: Span) -> bool:
        """A word of shortcoming that is not part of a phrase meaning something else."""
        lacking = self.hits.within("lexicon.deficiency", *span)
        others = self.hits.within("lexicon.not-deficiency", *span) if lacking else ()
        return any(not any(other.holds(hit) for other in others) for hit in lacking)

    def vague(self, span: Span) -> bool:
        """A general admission."""
        return self.hits.any("lexicon.vague-deficiency", *span)

    def explains(self, span: Span) -> bool:
        """A word by which a cause is told."""
        return self.hits.any("lexicon.cause", *span)

    def topics(self, span: Span) -> tuple[str, ...]:
        """The topics of a passage, the more specific ones first; a word inside a longer topic word does not count."""
        words: dict[tuple[int, str], list[Span]] = {}
        for hit, name in self.hits.among("topic.", *span):
            words.setdefault(self._ranks[name], []).append(hit)
        claimed: list[Span] = []
        found = []
        for rank, topic in sorted(words):
            places = [hit for hit in words[rank, topic] if not any(other.holds(hit) and hit != other for other in claimed)]
            if places:
                found.append(topic)
                claimed.extend(places)
        return tuple(found)

    def clauses(self, span: Span) -> list[Span]:
        """The clauses of a passage."""
        return [Span(a, b) for a, b in clauses(self.text, span.start, span.end)]


def ends(text: str, span: Span) -> tuple[int, int]:
    """A range without the signs and blanks at its ends."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in ",。;:!?\n":
        end -= 1
    while start < end and text[start] in ",:;。":
        start += 1
    return start, end
