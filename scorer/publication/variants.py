"""How a word is written wrongly: with a character of the same sound or shape, two characters in each other's place, one
left out, one twice. Only for words of a list, so that their number is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import ahocorasick

from scorer.document import Span
from scorer.publication import dictionary

SHORT = 2
SHORTEST_SWAP, SHORTEST_LOSS = 3, 5


def alike_of(groups: Iterable[str]) -> dict[str, str]:
    """For each character those that are taken for it; ``groups`` are strings of characters that are alike."""
    alike: dict[str, dict[str, None]] = {}
    for group in groups:
        for character in group:
            alike.setdefault(character, {}).update(dict.fromkeys(group))
    return {character: "".join(other for other in others if other != character) for character, others in alike.items()}


def variants(word: str, alike: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The wrong forms of a word, each perhaps more than once, each with the character that makes it wrong."""
    length = len(word)
    for at, character in enumerate(word):
        for other in alike.get(character, ""):
            yield f"{word[:at]}{other}{word[at + 1 :]}", other
        if length >= SHORTEST_SWAP and at + 1 < length:
            yield f"{word[:at]}{word[at + 1]}{character}{word[at + 2 :]}", ""
        if length >= SHORTEST_LOSS and 0 < at < length - 1:
            yield word[:at] + word[at + 1 :], ""
        yield word[: at + 1] + word[at:], character


class Slips:
    """Finds the wrong forms of words in one pass over a text."""

    def __init__(
        self, words: Mapping[str, str], alike: Mapping[str, str], right: frozenset[str], others: frozenset[str], alone: frozenset[str]
    ) -> None:
        """``words`` says for each word whose entry it belongs to; forms in ``right`` and ``others`` are none.
        Characters of ``alone`` are words by themselves: a form of two characters with one of them is doubtful."""
        self.right = right
        """The right forms."""
        self._automaton = ahocorasick.Automaton()
        for word, entry in words.items():
            for form, wrong in variants(word, alike):
                if form in right or form in others or form in self._automaton or (wrong in alone and len(form) > len(word) == SHORT):
                    continue
                self._automaton.add_word(form, (entry, word, len(form), wrong in alone))
        self._any = bool(len(self._automaton))
        if self._any:
            self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[str, Span, str]]:
        """Entry, range and the word that is meant, for each wrong form in a folded text that belongs to no two right words."""
        for last, (entry, word, length, alone) in self._automaton.iter(text) if self._any else ():
            start, end = last + 1 - length, last + 1
            if length == len(word) == SHORT:
                wrong = dictionary.loose(text, start, end, self.right, doubtful=alone)
            else:
                wrong = not dictionary.parted(text, start, end, self.right)
            if wrong:
                yield entry, Span(start, end), word
