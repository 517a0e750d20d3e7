"""Words of gambling and the like that someone has put into a page of a government site: told to the office, never read as report.

What counts as such a word, and beside which words it is lawful talk (of fighting gambling), stands in the pack's lexicon as
``spam`` and ``spam-lawful``. Where nobody sees them - in hidden text, in the page's title, keywords and description - one
such word is enough; in visible lines two are, and in running text three.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from scorer.document import Document
from scorer.parsing.lines import Line, prose
from scorer.rulepack.phrases import Hits

UNSEEN = ("hidden", "page_title", "title", "keywords", "description")
BEFORE, AFTER = 20, 12
SHOWN = 24


def intrusions(document: Document, lines: Sequence[Line], hits: Hits, find: Callable[[str], Hits]) -> tuple[str, ...]:
    """The foreign words of a page, as short quotes in order, none twice; empty for a page as it should be.

    ``find`` gives the hits of the pack's phrases in a folded text.
    """
    unseen: list[str] = []
    for name in UNSEEN:
        text = document.comparable(document.hints.get(name, "")).replace("\n", " ")
        unseen += [text[a:b] for a, b in foreign(text, find(text))] if text else []
    starts = [line.span.start for line in lines]
    by_line: dict[int, list[str]] = {}
    for start, end in foreign(document.folded.text, hits):
        by_line.setdefault(bisect_right(starts, start) - 1, []).append(document.folded.text[start:end])
    seen: list[str] = []
    for number, words in by_line.items():
        if not prose(lines[number]) or len(set(words)) >= 3:
            seen += words
    alone = any(2 * len(words[0]) >= len(lines[number].text) for number, words in by_line.items())
    found = [*unseen, *(seen if unseen or alone or len(set(seen)) >= 2 else ())]
    return tuple(dict.fromkeys(word[:SHOWN] for word in found))


def foreign(text: str, hits: Hits) -> list[tuple[int, int]]:
    """The ranges of such words in a folded text, without those in lawful talk, of overlapping ones the longest."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(hits.get("lexicon.spam"), key=lambda place: (place[0], -place[1])):
        if found and start < found[-1][1]:
            continue
        line, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        around = max(line, start - BEFORE), min(len(text) if stop < 0 else stop, end + AFTER)
        if not hits.any("lexicon.spam-lawful", *around):
            found.append((start, end))
    return found
