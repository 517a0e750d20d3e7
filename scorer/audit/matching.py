"""Whose report a file is: its issuer, title and name against the names of the roster.

Three answers: sure, doubtful (a unit is proposed, a person must confirm), or nobody's. What only looks alike - the same
town name in two counties, a numbered branch, a bureau whose name is part of another's - is never sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from scorer.audit.model import Unit
from scorer.audit.organs import Name, Organs, ordinals, stem
from scorer.document import fold
from scorer.text.places import tier

SURE, DOUBT, NONE = "sure", "doubt", ""
NEAR = 72
"""From this similarity (0 to 100) two names of organs may be the same, misspelt or renamed."""
MOST_NAMED = 4
_TAIL = re.compile(
    r"(?:关于|呈报|报送|上报)?(?:开展|推进|做好|落实|加强)?(?:(?:19|20)\d\d|二[〇零○][一二三四五六七八九〇零○]{2})?年?度?"
    r"(?:推进|加强|开展)?(?:法治|依法行政|依法治|年度报告|年报|工作报告|工作总结|报告|总结|述法)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:\d{1,2}月)?(?:\d{1,2}日)?|二[〇零○][一二三四五六七八九〇零○]{2}年度?")
_NUMBER = re.compile(r"^(?:附件|附)?[\s(（]*[\d一二三四五六七八九十]{0,3}[\s)）]*[.、．:：_\-—\s]+|^附件\d*|^\d{1,3}(?=[一-鿿])")
_PIECES = re.compile(r"[\s_\-—–+()（）\[\]【】《》“”\"'.,，。、；;:：~]+|(?:19|20)\d\d(?:年度?)?")
_ABOUT = re.compile("^(?:关于|报送|呈报|上报)+")


class Match(NamedTuple):
    """The answer for one file: the unit's number (None for nobody), how sure, why it should be confirmed, and all units that
    come into question where none could be proposed."""

    unit: int | None
    sure: bool = False
    why: str = ""
    others: tuple[int, ...] = ()
    place: str = ""
    """The place that the file names, where the roster names none."""
    confirmed: bool = False
    """A person said so."""


class _Found(NamedTuple):
    """What one name said: units by strength. ``contrary`` is a name that clearly belongs to nobody in the roster."""

    sure: tuple[int, ...] = ()
    doubt: tuple[int, ...] = ()
    contrary: bool = False
    place: str = ""


class Matcher:
    """The roster, indexed. ``words`` is the section ``audit.organs`` of a pack."""

    def __init__(self, units: Sequence[Unit], words: Mapping[str, Any]) -> None:
        self.units = tuple(units)
        self.organs = Organs(words)
        self.names = [self.organs.parse(unit.name) for unit in units]
        self.by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_organ: dict[str, list[int]] = defaultdict(list)
        self.by_words: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            self.by_key[name.place, name.organ].append(number)
            if name.organ:
                self.by_organ[name.organ].append(number)
            for alias in {_bare(units[number].name), name.place + name.organ, stem(name.place) + name.organ}:
                if len(alias) >= 2:
                    self.by_words[alias].append(number)
        self.known = frozenset(self.by_organ) | frozenset(self.organs.full.values())
        self.by_stem: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            if name.places:
                self.by_stem[stem(name.place)].append(number)
        self._memo: dict[str, _Found] = {}
        self._alike: dict[str, list[tuple[float, str]]] = {}

    def match(self, path: str, issuer: str | None, title: str | None) -> Match:
        """The unit of a file, from its path in the folder (posix), and the issuer and title that its report names."""
        signed = [self.find(part) for part in (issuer or "").split("、") if part]
        titled = [self.find(part) for part in _heads(title or "")]
        named = self._in_path(path)
        own = [*signed, *titled]
        return self._weigh(own, named, issuer or title or "")

    def exact(self, name: str) -> int | None:
        """The unit of exactly this name, as in a confirmation by a person."""
        return next((number for number, unit in enumerate(self.units) if unit.name == name), None)

    def possible(self, unit: int, path: str, issuer: str | None, title: str | None, *, readable: bool) -> bool:
        """Whether a file that was not surely matched could be a unit's: it names the unit's place or organ, or nobody at all.

        ``readable`` is False for a file that is no report though it can be read: without a name it is a notice or the like.
        """
        words = fold(" ".join((path, issuer or "", title or "")))
        name = self.names[unit]
        signs = {_core(name.organ), *(short for short, full in self.organs.full.items() if full == name.organ)} if name.organ else set()
        if not name.organ or name.organ == "党委":
            signs = {stem(name.place) if len(stem(name.place)) > 1 else name.place} if name.places else {self.units[unit].name}
        if any(len(sign) >= 2 and sign in words for sign in signs):
            return True
        named = [*_heads(issuer or ""), *_heads(title or ""), *(piece for part in PurePosixPath(path).parts for piece in _heads(part))]
        return readable and not any(_speaks(self.organs.parse(piece), self.known) for piece in named)

    def find(self, words: str) -> _Found:
        """The units that a name may mean."""
        if words not in self._memo:
            self._memo[words] = self._find(words)
        return self._memo[words]

    # -- weighing what issuer, title and file name say

    def _weigh(self, own: Sequence[_Found], named: Sequence[_Found], shown: str) -> Match:
        sure = _all(found.sure for found in own)
        sure_named = _all(found.sure for found in named)
        place = next((found.place for found in (*own, *named) if found.place and found.sure), "")
        if len(sure) == 1:
            unit = sure[0]
            against = [other for other in sure_named if other != unit]
            if against and unit not in sure_named:
                return Match(unit, False, f"报告署名为“{shown}”，文件名却像“{self.units[against[0]].name}”", place=place)
            return Match(unit, True, place=place)
        if len(sure) > 1:
            both = [unit for unit in sure if unit in sure_named]
            if len(both) == 1:
                return Match(both[0], True, place=place)
            names = "”“".join(self.units[unit].name for unit in sure[:MOST_NAMED])
            return Match(sure[0], False, f"报告的署名和标题对得上几个单位：“{names}”", place=place)
        if len(sure_named) == 1:
            unit = sure_named[0]
            if any(found.contrary for found in own):
                return Match(unit, False, f"文件名像“{self.units[unit].name}”，报告署名却是“{shown}”", place=place)
            if any(found.doubt and unit not in found.doubt for found in own):
                return Match(unit, False, f"文件名像“{self.units[unit].name}”，报告署名“{shown}”对不上", place=place)
            return Match(unit, True, place=place)
        doubtful = _all(found.doubt for found in own) or sure_named or _all(found.doubt for found in named)
        agreed = [unit for unit in doubtful if any(unit in found.doubt for found in named)]
        if len(agreed) == 1:
            doubtful = agreed
        if len(doubtful) == 1:
            unit = doubtful[0]
            return Match(unit, False, f"名册写“{self.units[unit].name}”，报告写“{shown or '（没有署名）'}”，不完全相同", (unit,), place)
        if doubtful:
            names = "”“".join(self.units[unit].name for unit in doubtful[:MOST_NAMED])
            return Match(None, False, f"“{shown or '（没有署名）'}”可能是“{names}”，不能确定", tuple(doubtful), place)
        return Match(None)

    def _in_path(self, path: str) -> list[_Found]:
        """What the file's name says; the folders around it only speak where the name is silent."""
        parts = PurePosixPath(path).parts
        for part in (PurePosixPath(path).stem, *reversed(parts[:-1])):
            found = [result for piece in _heads(part) if (result := self.find(piece)) and (result.sure or result.doubt)]
            if any(result.sure for result in found):
                return [result for result in found if result.sure]
            if found:
                return found
        return []

    # -- one name

    def _find(self, words: str) -> _Found:
        exact = self.by_words.get(_bare(words), ())
        name = self.organs.parse(words)
        if name.empty:
            return _Found()
        found = self._structured(name)
        if not found.sure and not found.doubt and len(exact) == 1 and not name.places:
            return _Found(sure=(exact[0],))  # 平川司法局 for 平川县司法局
        if found.sure or found.doubt:
            return found
        near = self._near(name)
        return _Found(doubt=near, contrary=not near and _speaks(name, self.known))

    def _structured(self, name: Name) -> _Found:
        same = self.by_key.get((name.place, name.organ), []) if name.places else []
        fitting = [unit for unit in same if _agree(self.names[unit].places, name.places)]
        if fitting:
            # 城关镇 alone, where two counties have one, is either.
            return _Found(sure=tuple(fitting)) if len(fitting) == 1 else _Found(doubt=tuple(fitting))
        if same:
            return _Found(contrary=True)  # the same name in another county
        if not name.organ:
            return self._generic(name)
        everywhere = self.by_organ.get(name.organ, [])
        if name.places:
            bare = [unit for unit in everywhere if not self.names[unit].places]
            bare = [unit for unit in bare if not self.names[unit].generic or tier(name.place) == tier(self.names[unit].generic)]
            if len(bare) == 1 and tier(name.place) < 4:
                return _Found(sure=(bare[0],), place=name.place)
            return _Found(doubt=tuple(bare))
        if name.generic:
            ranked = [unit for unit in everywhere if tier(self._seat(unit)) in (0, tier(name.generic))]
            if not ranked:
                return _Found(doubt=tuple(everywhere))
            everywhere = ranked
        return _Found(sure=(everywhere[0],)) if len(everywhere) == 1 else _Found(doubt=tuple(everywhere))

    def _generic(self, name: Name) -> _Found:
        """县政府, in the report or in the roster: the one government of that tier."""
        if name.places:
            bare = [
                unit for unit, other in enumerate(self.names) if other.generic and not other.organ and name.place.endswith(other.generic)
            ]
            return _Found(sure=(bare[0],), place=name.place) if len(bare) == 1 else _Found(doubt=tuple(bare[:MOST_NAMED]))
        if not name.generic:
            return _Found()
        units = [unit for unit, other in enumerate(self.names) if not other.organ and self._seat(unit).endswith(name.generic)]
        return _Found(sure=(units[0],)) if len(units) == 1 else _Found(doubt=tuple(units[:MOST_NAMED]))

    def _seat(self, unit: int) -> str:
        return self.names[unit].place or self.names[unit].generic

    def _near(self, name: Name) -> tuple[int, ...]:
        """Units whose name is like it: renamed, misspelt, merged, or a town that was a township; the likest first."""
        scored: list[tuple[float, int]] = []
        if name.organ and name.organ != "党委":
            for score, organ in self._like(name.organ):
                for unit in self.by_organ[organ]:
                    other = self.names[unit]
                    if (name.place == other.place or not name.places or not other.places) and _agree(other.places, name.places):
                        scored.append((score, unit))
        if name.places and name.organ in ("", "党委"):
            for unit in self.by_stem.get(stem(name.place), ()):
                other = self.names[unit]
                if other.organ in ("", "党委") and _agree(other.places[:-1], name.places[:-1]):
                    # 青石乡 and 青石镇, 平川县 and 中共平川县委
                    scored.append((90.0 if name.place == other.place else 80.0, unit))
        if not name.places and name.organ:
            scored.extend((85.0, unit) for unit in self.by_stem.get(name.organ, ()) if not self.names[unit].organ)  # 青石 for 青石镇
        scored.sort(key=lambda item: (-item[0], item[1]))
        return tuple(unit for score, unit in scored if score >= scored[0][0] - 5)[:MOST_NAMED]

    def _like(self, organ: str) -> list[tuple[float, str]]:
        """The roster's organs that are like one: one name is the other with something more, or nearly the same letters."""
        if organ not in self._alike:
            from rapidfuzz import fuzz

            numbers = ordinals(organ)
            found = []
            for other in self.by_organ:
                if other == "党委" or not _same_kind(organ, other) or ordinals(other) != numbers:
                    continue
                score = 100.0 if _inside(organ, other) else fuzz.ratio(_core(organ), _core(other))
                if score >= NEAR:
                    found.append((score, other))
            self._alike[organ] = found
        return self._alike[organ]


def _heads(words: str) -> list[str]:
    """The names that a title or a file name may contain."""
    text = _ABOUT.sub("", _NUMBER.sub("", fold(words).strip(), count=1))
    text = _ABOUT.sub("", _YEAR.sub("", text, count=1) if _YEAR.match(text) else text)
    tail = _TAIL.search(text)
    heads = [text[: tail.start()].strip(" -_—、,()")] if tail and tail.start() >= 2 else []
    if not heads:
        for piece in _PIECES.split(text):
            cut = _TAIL.search(piece)
            heads.append(piece[: cut.start()] if cut else piece)
    else:
        heads = [piece for head in heads for piece in _PIECES.split(head)]
    return [head for head in dict.fromkeys(heads) if len(head) >= 2]


def _bare(words: str) -> str:
    return re.sub(r"[\s\W_]+", "", fold(words))


def _all(groups: Any) -> list[int]:
    return list(dict.fromkeys(unit for group in groups for unit in group))


def _agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two chains of places can be the same: above what both end in, no tier at which they name different places."""
    if first and second and _same_place(first[-1], second[-1]):
        first, second = first[:-1], second[:-1]
    tiers: dict[int, list[str]] = defaultdict(list)
    for place in first:
        tiers[tier(place)].append(place)
    named = [(place, tiers[tier(place)]) for place in second if tier(place) in tiers]
    # 徐州市新沂市: two of one tier, of which one is enough.
    ranks = {tier(place) for place, _ in named}
    return all(any(_same_place(place, other) for place, others in named if tier(place) == rank for other in others) for rank in ranks)


def _same_place(first: str, second: str) -> bool:
    """徐州 and 徐州市, 恩施州 and 恩施土家族苗族自治州 are one; 东区 and 东山区 are not."""
    if first == second:
        return True
    if tier(first) != 2 or tier(second) != 2:
        return False
    short, long = sorted((_bare_city(first), _bare_city(second)), key=len)
    return short == long or (len(short) >= 3 and short.endswith("州") and len(stem(short)) >= 2 and long.startswith(stem(short)))


def _bare_city(place: str) -> str:
    """徐州 for 徐州市 and for 徐州; 恩施州 stays."""
    return stem(place) if place.endswith(("市", "盟", "地区", "自治州")) else place


def _core(organ: str) -> str:
    return re.sub(r"(?:委员会|管理局|办公室|局|委|办|厅|所|队|中心|院)$", "", organ)


def _inside(first: str, second: str) -> bool:
    """Whether one name is the other with something more: 教育局 and 教育和体育局."""
    short, long = sorted((_core(first), _core(second)), key=len)
    return len(short) >= 2 and long.startswith(short)


def _same_kind(first: str, second: str) -> bool:
    """A bureau is not the office, brigade or station under it."""
    kinds = [re.search(r"(?:所|大队|支队|分局|中心|站|院|校|学校|中学|小学|公司|法院|检察院)$", organ) for organ in (first, second)]
    return (kinds[0].group() if kinds[0] else "") == (kinds[1].group() if kinds[1] else "")


def _speaks(name: Name, known: frozenset[str]) -> bool:
    """Whether the words surely name an organ, so that its absence from the roster says something."""
    return bool(name.places) or name.organ in known or bool(re.search(r"(?:局|委员会|办公室|政府|办事处|党委|厅|院)$", name.organ))
