"""Passages that reports share beyond what all reports share: between units, and with a unit's own report of last year.

Two steps. A sketch of every report (hashes of the 8-character runs that begin with one of certain characters, about one in
eight: the anchors of Manber 1994, found at the speed of an expression where hashing every run would take ten times as long)
finds in an inverted index which pairs share anything; only those pairs are laid side by side sentence by sentence. Runs that
stand in many reports of the audit are common phrases and count nowhere.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, groupby
from typing import NamedTuple

from scorer.audit.facts import Facts, Said
from scorer.audit.model import Likeness, SharedPassage
from scorer.vocabulary import Role

RUN = 8
ANCHOR = re.compile(b"[" + b"".join(b"\\x%02x" % low for low in range(6, 256, 8)) + b"]")
"""A run is kept when the low byte of its first character is one of these: 11 % of the characters of real reports; 0 and 某, which
stand for every number and name, are none."""
SHORT = 12
"""Shorter sentences say nothing about copying."""
MOST_HOLDERS = 40
PART_OF_HOLDERS = 0.1
"""A run in more reports than this part of all (at least 3, at most ``MOST_HOLDERS``) is a common phrase."""
SUSPECT = 0.06
"""Part of a sketch that a pair must share to be laid side by side."""
PARTNERS = 3
"""A report is laid beside the so many that share most with it."""
MOST_PAIRS = 250
MOST_SUSPECTS = 20_000
"""So many pairs are put in order."""
AT_ONCE = 200_000
"""So many kept runs are put in order at a time: some 15 MB."""
SIDES = 32
"""So many reports are held ready to be laid beside others."""
SHARE = 0.10
"""Smaller shares of a report are not worth a reader's time."""
LIKE = 82
"""From this similarity (0 to 100, normalised edit distance of the shapes) two sentences are one, edited."""
MOST_PASSAGES = 20
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


class Kept(NamedTuple):
    """One report of the audit for comparison; ``key`` finds its facts, ``sketch`` is that of ``fingerprint``, ``text`` a hash of
    its text (only needed to use what an earlier run found)."""

    unit: str
    key: str
    sketch: bytes
    text: str = ""


Found = dict[str, Likeness | None]
"""What came of pairs, by a key that names all it depends on."""


def fingerprint(facts: Facts) -> bytes:
    """The sketch of a report: sorted 4-byte hashes; empty for a text with nothing of its own."""
    return array("I", sorted({run for said in facts.said if _counts(said) for run in _runs(said.shape)})).tobytes()


def likenesses(
    kept: Sequence[Kept], load: Callable[[str], Facts], known: Mapping[str, Likeness | None] | None = None, found: Found | None = None
) -> tuple[Likeness, ...]:
    """The pairs of reports with shared passages, the largest share first; each pair once, named from the side that shares more.

    ``load`` gives the facts behind a key; it is called only for reports of suspicious pairs. What came of each pair that was laid
    side by side (None for nothing worth saying) goes into ``found``; given back as ``known``, it is not worked out again for
    the same texts, names and common phrases.
    """
    sketches = [array("I", item.sketch) for item in kept]
    holders = _Holders(sketches, min(max(3, int(len(kept) * PART_OF_HOLDERS)), MOST_HOLDERS))
    common = holders.common

    @lru_cache(maxsize=SIDES)
    def side(number: int) -> _Side:
        return _side(load(kept[number].key), kept[number].unit)

    def compared(first: int, second: int) -> Likeness | None:
        # The same passages are the larger share of the report with less text.
        smaller, larger = sorted((side(first), side(second)), key=lambda one: (one.size, one.unit))
        likeness = _compare(smaller, larger, common)
        return likeness if likeness.share >= SHARE else None

    result = []
    for first, second in sorted(_suspects(holders)):
        pair = _pair_key(kept[first], kept[second], common.intersection(sketches[first]), common.intersection(sketches[second]))
        likeness = known[pair] if known and pair in known else compared(first, second)
        if found is not None:
            found[pair] = likeness
        if likeness is not None:
            result.append(likeness)
    return tuple(sorted(result, key=lambda one: (-round(one.share, 6), one.unit, one.other)))


class _Holders:
    """Which reports hold which runs: for each run held by two to ``limit`` reports its holders, ascending, all in one flat array."""

    def __init__(self, sketches: Sequence[array[int]], limit: int) -> None:
        self.members = array("I")
        self.ends = array("I")
        """Beside each member the end of its run's members."""
        self.places: list[array[int]] = [array("I") for _ in sketches]
        """For each report where it stands in ``members``, unless it stands last."""
        common: list[int] = []
        parts = 1 + sum(map(len, sketches)) // AT_ONCE
        for part in range(parts):
            # A run and its holder in one number: lists of pairs would take four times the room.
            postings = [run << 24 | number for number, sketch in enumerate(sketches) for run in sketch if run % parts == part]
            postings.sort()
            for run, group in groupby(postings, lambda posting: posting >> 24):
                numbers = [posting & 0xFFFFFF for posting in group]
                if len(numbers) > limit:
                    common.append(run)
                elif len(numbers) > 1:
                    self._add(numbers)
        self.common = frozenset(common)
        self.sizes = [len(sketch) for sketch in sketches]

    def _add(self, numbers: list[int]) -> None:
        start = len(self.members)
        self.members.extend(numbers)
        self.ends.extend([start + len(numbers)] * len(numbers))
        for place, number in enumerate(numbers[:-1], start):
            self.places[number].append(place)

    def later(self, number: int) -> Iterator[tuple[int, int]]:
        """The later reports that share runs with a report, and how many."""
        shared = Counter(chain.from_iterable(self.members[place + 1 : self.ends[place]] for place in self.places[number]))
        return iter(shared.items())


def _pair_key(first: Kept, second: Kept, *common: frozenset[int]) -> str:
    digest = hashlib.sha256(repr((first.unit, first.text, second.unit, second.text)).encode("utf-8", "surrogatepass"))
    for runs in common:
        digest.update(array("I", sorted(runs)).tobytes())
        digest.update(b"|")
    return digest.hexdigest()


def likeness_to_previous(current: Facts, previous: Facts, unit: str) -> Likeness | None:
    """How much of a report stands in the unit's own of last year; None when nothing worth saying."""
    likeness = _compare(_side(current, unit), _side(previous, unit), frozenset(), previous=True)
    return likeness if likeness.share >= SHARE or likeness.old_years else None


class _Side(NamedTuple):
    """A report ready to be laid beside others: the runs of each sentence that counts, and where each run and shape stands."""

    unit: str
    facts: Facts
    runs: dict[int, frozenset[int]]
    by_shape: dict[str, list[int]]
    by_run: dict[int, list[int]]
    size: int


def _side(facts: Facts, unit: str) -> _Side:
    runs = {number: frozenset(_runs(said.shape)) for number, said in enumerate(facts.said) if _counts(said)}
    by_shape: dict[str, list[int]] = defaultdict(list)
    by_run: dict[int, list[int]] = defaultdict(list)
    for number, found in runs.items():
        by_shape[facts.said[number].shape].append(number)
        for run in found:
            by_run[run].append(number)
    return _Side(unit, facts, runs, by_shape, by_run, sum(len(facts.said[number].shape) for number in runs))


def _compare(mine: _Side, theirs: _Side, common: frozenset[int], *, previous: bool = False) -> Likeness:
    """The passages of a report that stand in another one, neighbouring sentences joined; ``common`` runs do not count."""
    said = mine.facts.said
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    copied = 0
    for number, runs in mine.runs.items():
        if common and 2 * len(runs & common) > len(runs):
            continue
        shape = said[number].shape
        same = next((place for place in theirs.by_shape.get(shape, ()) if place not in taken), None)
        if same is None:
            same = _nearest(shape, runs, theirs, taken)
        if same is not None:
            taken.add(same)
            copied += len(shape)
            pairs.append((number, same))
    passages = sorted((_passage(mine.facts, theirs.facts, run) for run in _joined(pairs)), key=lambda shared: -len(shared.mine))
    old = _old_years(mine.facts, theirs.facts, pairs) if previous else ()
    # Of each report's whole text: where nearly all of it is common phrases, one sentence more is no copy of the report.
    of_mine = copied / mine.size if mine.size else 0.0
    of_theirs = sum(len(theirs.facts.said[same].shape) for _, same in pairs) / theirs.size if theirs.size else 0.0
    return Likeness(mine.unit, theirs.unit, of_mine, tuple(passages[:MOST_PASSAGES]), previous, old, of_theirs)


def _counts(said: Said) -> bool:
    return not said.stock and not said.heading and len(said.shape) >= SHORT


def _runs(shape: str) -> set[int]:
    """The hashes of a sentence's kept runs; at least one, so that no sentence is without."""
    raw = shape.encode("utf-16-le", "surrogatepass")
    last = max(len(raw) - 2 * RUN, 0)
    starts = [2 * match.start() for match in ANCHOR.finditer(raw[: last + 1 : 2])]
    if starts:
        return {zlib.crc32(raw[start : start + 2 * RUN]) for start in starts}
    return {min(zlib.crc32(raw[start : start + 2 * RUN]) for start in range(0, last + 1, 2))}


def _suspects(holders: _Holders) -> list[tuple[int, int]]:
    """The pairs worth laying side by side, those that share most first."""
    # Of 500 reports nearly all pairs share something; only those that share enough are put in order, and no report's partners
    # are held longer than its turn: all pairs of 3,000 reports would be half a gigabyte.
    sizes = holders.sizes
    parts = (
        (-count / min(sizes[a], sizes[b]), a, b)
        for a in range(len(sizes))
        for b, count in holders.later(a)
        if count >= SUSPECT * min(sizes[a], sizes[b])
    )
    partners: Counter[int] = Counter()
    chosen: list[tuple[int, int]] = []
    for _, a, b in nsmallest(MOST_SUSPECTS, parts):
        if len(chosen) == MOST_PAIRS:
            break
        if min(partners[a], partners[b]) < PARTNERS:
            partners.update((a, b))
            chosen.append((a, b))
    return chosen


def _nearest(shape: str, runs: frozenset[int], theirs: _Side, taken: set[int]) -> int | None:
    """The sentence that is the same but for some words; None when none comes near enough."""
    from rapidfuzz import fuzz

    seen = Counter(place for run in runs for place in theirs.by_run.get(run, ()) if place not in taken)
    best, nearest = 0.0, None
    for place, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:5]:
        ratio = fuzz.ratio(shape, theirs.facts.said[place].shape, score_cutoff=LIKE)
        if ratio > best:
            best, nearest = ratio, place
    return nearest


def _joined(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs of sentences that follow each other in both reports, as one passage."""
    runs: list[list[tuple[int, int]]] = []
    for number, same in pairs:
        if runs and runs[-1][-1] == (number - 1, same - 1):
            runs[-1].append((number, same))
        else:
            runs.append([(number, same)])
    return runs


def _passage(current: Facts, other: Facts, run: Sequence[tuple[int, int]]) -> SharedPassage:
    changed: list[tuple[str, str]] = []
    for number, same in run:
        mine, theirs = (_NUMBER.findall(text) for text in (current.said[number].text, other.said[same].text))
        if len(mine) == len(theirs):
            changed.extend((a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    return SharedPassage("".join(current.said[a].text for a, _ in run), "".join(other.said[b].text for _, b in run), tuple(changed))


_COMPARED = re.compile(r"(?:较|比|同比|相比|与|和|自|从|由|截至|起|以来|上年|去年)[^，,。；;]{0,6}$")
_NAMED = re.compile("《[^《》]{0,200}》|〔[^〔〕]{0,60}〕|“[^“”]{0,200}”|[(（][^()（）]{0,200}[)）]")


def _old_years(current: Facts, other: Facts, pairs: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Sentences taken over from last year's report in which its year was left standing as if it were this year.

    A year in a title, a document number or a bracket, one that is compared with, or the end of a span of years is no leftover.
    """
    year = other.report_year
    if year is None or current.report_year != year + 1:
        return ()
    written = re.compile(rf"(?<![\d—–-]){year}(?=年(?!以来|至|—|-|起))")
    found = []
    for number, same in pairs:
        mine, theirs = (_NAMED.sub("", facts.said[place].text) for facts, place in ((current, number), (other, same)))
        left = [match for match in written.finditer(mine) if not _COMPARED.search(mine, 0, match.start())]
        if left and written.search(theirs) and str(year + 1) not in mine and current.said[number].role != Role.PLAN:
            found.append(current.said[number].text)
        elif current.said[number].role == Role.PLAN and re.search(rf"(?<!\d){year + 1}年", mine) and str(year + 2) not in mine:
            # Last year's plan named this year; this year's must name the next.
            found.append(current.said[number].text)
    return tuple(found[:MOST_PASSAGES])
