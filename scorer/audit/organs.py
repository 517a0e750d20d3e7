"""Names of organs, taken apart so that short and full names can be compared.

``东岭市平川县人民政府``, ``平川县政府`` and ``平川县`` are one unit; ``平川县司法局`` and ``县司法局`` may be. Which words are dropped
and which organs have several names stands in the pack (``audit.organs``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from scorer.document import fold
from scorer.text.places import LETTERS, SUFFIX, tier

# 局 and 厅 end organs: 公安局铜山 is no place. A suffix that another one follows belongs to the name: 徐州市, 新乡市, 沙市区, 梅县区;
# but 平川县市场监督管理局 is of 平川县.
_OWN = "(?:(?![局厅])[一-鿿])"
_WITHIN = "(?!(?<=[州乡镇市县])[市县区](?![场政容域直级乡属划委]))"
_PLACE = re.compile(
    f"(?P<stem>{_OWN}{{1,4}}?)(?P<tier>{SUFFIX}){_WITHIN}"
    f"|(?P<long>{_OWN}{{5,16}}?)(?P<high>自治区|自治州|自治县|自治旗|开发区|高新区|民族乡|新区|旗)"
)
_BRANCH = re.compile(r"(?P<organ>[一-鿿]{2,12})局(?P<seat>[一-鿿]{2,6}?)[市县区旗]?分局")
_JOINED = re.compile("(?<=.)[与和及](?=.)")
_BRACKETS = re.compile(r"[(〔\[【（][^()〔〕\[\]【】（）]*[)〕\]】）]")
_NOISE = re.compile(r"[\s\W_]+")
_GENERIC = re.compile(f"^[我本]?[{LETTERS}]")
_OF_GOVERNMENT = re.compile("人民政府|政府")
_ORDINAL = re.compile("第|[一二三四五六七八九十百\\d]+")


class Name(NamedTuple):
    """A name taken apart: ``places`` from the largest to the smallest (as written, with their suffix), ``organ`` in its full
    form (empty for a government, ``党委`` for a party committee), ``generic`` a bare 县 or 市 that stood for the place."""

    places: tuple[str, ...]
    organ: str
    generic: str = ""

    @property
    def place(self) -> str:
        """The smallest place; empty when none is named."""
        return self.places[-1] if self.places else ""

    @property
    def empty(self) -> bool:
        """Whether the words named nothing."""
        return not (self.places or self.organ or self.generic)


class Organs:
    """Takes names apart by the words of a pack. ``words`` is the section ``audit.organs``."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.dropped = tuple(sorted(words.get("dropped", ()), key=len, reverse=True))
        self.party = frozenset(words.get("party", ()))
        self.full: dict[str, str] = {short: same[0] for same in words.get("same", ()) for short in same}
        self.full |= {_JOINED.sub("", short): full for short, full in self.full.items()}
        self.leads = tuple(words.get("leads", ()))
        self.areas: dict[str, str] = {long: same[0] for same in words.get("areas", ()) for long in same[1:]}
        self.no_place = tuple(words.get("no-place", ()))

    def parse(self, words: str) -> Name:
        """A name taken apart; an empty ``Name`` for words without any letter."""
        rest = _NOISE.sub("", _BRACKETS.sub("", fold(words)))
        party = rest.startswith(("中共", "中国共产党"))
        rest = re.sub(f"^(?:中共|中国共产党)?[我本]?(?=[{LETTERS}])|^(?:中共|中国共产党)", "", rest)
        rest = next((rest.removeprefix(lead) for lead in self.leads if rest.startswith(lead) and rest != lead), rest)
        places: list[str] = []
        while rest and not self._known(rest):
            match = _PLACE.match(rest)
            if not match or rest.startswith(self.no_place):
                break
            places.append(self._area(match.group()))
            rest = rest[match.end() :]
            lower = _OF_GOVERNMENT.match(rest)
            if lower and _PLACE.match(rest, lower.end()):
                rest = rest[lower.end() :]  # 平川县人民政府柳河街道办事处
        generic = ""
        if not places and not self._known(rest) and not rest.startswith(self.no_place):
            bare = _GENERIC.match(rest)
            if bare and len(rest) > bare.end():
                generic, rest = bare.group()[-1], rest[bare.end() :]
        return _branch(Name(tuple(places), self._organ(rest, party, bool(places or generic)), generic))

    def _area(self, place: str) -> str:
        """高新技术产业开发区 is called 高新区."""
        long = max((name for name in self.areas if place.endswith(name)), key=len, default="")
        return place.removesuffix(long) + self.areas[long] if long else place

    def _known(self, words: str) -> bool:
        return words in self.full

    def _organ(self, rest: str, party: bool, placed: bool) -> str:
        if rest in self.full:
            return self.full[rest]
        if placed and (rest in self.party and (party or rest not in ("委员会",))):
            return "党委"
        for tail in self.dropped:
            if rest == tail:
                return ""
        if placed and rest.startswith("委") and len(rest) > 2 and not rest.startswith("委员会"):
            rest = rest[1:]  # 县委宣传部
        for lead in ("人民政府", "政府"):
            # 县人民政府办公室 keeps its own name (it is in the list of names); 县人民政府教育局 is the 教育局.
            if rest.startswith(lead) and rest.removeprefix(lead) in self.full:
                return self.full[rest.removeprefix(lead)]
        plain = _JOINED.sub("", rest)  # 海洋与渔业局, 海洋和渔业局, 海洋渔业局
        return self.full.get(plain, plain)


def _branch(name: Name) -> Name:
    """A branch named in one way: 徐州市公安局铜山分局, 铜山区公安分局 and 铜山公安分局 are one."""
    inside = _BRANCH.fullmatch(name.organ)
    if inside:
        return name._replace(organ=f"{inside['seat']}{inside['organ']}分局")
    if name.organ.endswith("分局") and len(name.organ) > 2 and name.places and tier(name.place) == 3:
        return name._replace(places=name.places[:-1], organ=stem(name.place) + name.organ)
    return name


def stem(place: str) -> str:
    """A place without its suffix: 平川县 -> 平川."""
    match = _PLACE.fullmatch(place)
    return (match["stem"] or match["long"]) if match else place


def ordinals(organ: str) -> frozenset[str]:
    """The numbers in an organ's name: two names that differ in them are two organs."""
    return frozenset(_ORDINAL.findall(organ.replace("第", "")))
