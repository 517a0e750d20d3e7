"""The level of the reporting body, from the last words of its name."""

from __future__ import annotations

import re

from scorer.folding import TRADITIONAL, simplify
from scorer.parsing.labels import Datum, Labels
from scorer.parsing.lines import BRACKET
from scorer.parsing.organs import cut
from scorer.vocabulary import Level

_GOVERNMENT = re.compile(r"(?:人民政府|政府|党工委|工委|党委|党组|(?<=[省市县区州旗盟镇乡])委)$")
_PARTY_OF = re.compile(r"中共|中国共产党")
_PARTY = re.compile(r"^(?:中共|中国共产党).{0,20}委员会$")
_PLACE_OF = re.compile(r"([^\W\da-zA-Z_]{2,8}?市)(?:委|人民政府|政府|人大)")
# 新政函〔2024〕5号: the one-character name of a province and 政 with the kind of the letter.
_PROVINCE_NUMBER = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新](?:政|府)(?:发|函|报|字|呈|文|办)?[〔\[(]"
)
_PROVINCES = ("省", "自治区", "国务院")


def level_of(labels: Labels, issuer: Datum | None, title: Datum | None, addressee: Datum | None, number: Datum | None) -> Level | None:
    """The level of the issuer, else of the place that the title names, else of the document number."""

    def comparable(words: str) -> str:
        # Heads in traditional characters stand over simplified text too.
        made = labels.document.comparable(words)
        return made if TRADITIONAL.isdisjoint(made) else simplify(made)

    for name in (comparable(issuer.value) if issuer else "", comparable(cut(labels, comparable(title.value))) if title else ""):
        level = _by_suffix(labels, name)
        if level is Level.CITY:
            return _city_or_county(labels, name, comparable(addressee.value) if addressee else "")
        if level:
            return level
    return Level.PROVINCE if number and _PROVINCE_NUMBER.match(comparable(number.value)) else None


def _by_suffix(labels: Labels, words: str) -> Level | None:
    """The level whose word ends the last organ, the longest such word of all levels (自治区 and not 区). A government's level is
    that of its place; its office is a department."""
    name = BRACKET.sub("", words.split("、")[-1])
    if not name:
        return None
    place = _GOVERNMENT.sub("", name)
    place = re.sub(r"委员会$", "", place) if _PARTY.match(name) else place
    found: list[tuple[int, Level]] = []
    for level in Level:
        for suffix in labels.words(f"level-{level}"):
            if place.endswith(suffix) or (level is not Level.DEPARTMENT and name.endswith(suffix)):
                found.append((len(suffix), level))
                break
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _city_or_county(labels: Labels, name: str, to: str) -> Level:
    """Whether a 市 is a prefecture-level city or a county-level one: by the addressee, then by what lies below it.

    A city that reports to its own 市委 and 人大常委会 is a city; one that reports to a 市人民政府 has a city above it.
    """
    to = _PARTY_OF.sub("", to)
    if any(word in to for word in _PROVINCES):
        return Level.CITY
    others = {place for place in _PLACE_OF.findall(to) if place not in name}
    own = {place for place in _PLACE_OF.findall(to) if place in name}
    if own and not others:
        return Level.CITY
    if others or any(word in to for word in ("市政府", "市人民政府", "州", "盟", "地委", "行署", "行政公署")):
        return Level.COUNTY
    if not re.search(r"[自]治州|州|盟|地区", name[-3:]) and not _only_own(to):
        county, city = len(labels.hits.get("lexicon.county-signs")), len(labels.hits.get("lexicon.city-signs"))
        return Level.COUNTY if county > max(2 * city, 2) else Level.CITY
    return Level.CITY


def _only_own(to: str) -> bool:
    """市委、市人大常委会: what a city's government writes to at home."""
    return "人大" in to
