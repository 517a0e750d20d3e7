"""Word's automatic numbering: what stands before a paragraph without being typed (ECMA-376 part 1, 17.9).

No library recovers Chinese list numbers; headings of official documents are often numbered by Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scorer.text.numerals import chinese_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_STYLE_DEPTH = 12
_OUTLINE_LEVELS = frozenset("012345678")
_DEEPEST = 8
_LONGEST = 200
"""Characters of a level's text: Word keeps it shorter; each is looked at for every paragraph so numbered."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str = ""


class Numbering:
    """Counts through a document in order: ``of`` must be called once for each paragraph."""

    def __init__(self, styles: Any, numbers: Any) -> None:
        self._styles = {s.get(W + "styleId"): s for s in styles.iter(W + "style")} if styles is not None else {}
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._chains: dict[str | None, list[Any]] = {}
        self._of_styles: dict[tuple[str | None, str], list[Any]] = {}
        if numbers is not None:
            self._read(numbers)

    def contents(self, paragraph: Any) -> bool:
        """Whether the paragraph is a line of the table of contents, by its style."""
        style = self._styles.get(self._style_id(paragraph.find(W + "pPr")))
        name = style.find(W + "name") if style is not None else None
        return name is not None and bool(re.fullmatch(r"(?i)toc (?:\d|heading)", name.get(W + "val") or ""))

    def of(self, paragraph: Any, filled: bool) -> tuple[str, int | None]:
        """The number as shown before the text ("" for none), and the heading level (0 up) that the style states."""
        properties = paragraph.find(W + "pPr")
        style = self._style_id(properties)
        outline = self._inherited(properties, style, "outlineLvl")
        level = _number(outline, 0) + 1 if outline is not None and outline in _OUTLINE_LEVELS else None
        if outline is None:
            level = self._named(style)
        reference = self._reference(properties, style)
        if reference is None or not filled:
            return "", level
        number, depth = reference
        return self._next(number, depth), level

    def _named(self, style: str | None) -> int | None:
        """The level of a heading style that does not state it but has Word's name for it."""
        for element in self._chain(style):
            name = element.find(W + "name")
            match = re.fullmatch(r"(?i)(?:heading|标题) ?([1-9])", (name.get(W + "val") or "") if name is not None else "")
            if match:
                return int(match[1])
        return None

    def _style_id(self, properties: Any) -> str | None:
        element = properties.find(W + "pStyle") if properties is not None else None
        return element.get(W + "val") if element is not None else None

    def _chain(self, style: str | None) -> list[Any]:
        """The style and those it is based on; remembered, as are their properties: a document has few styles and many paragraphs."""
        if style in self._chains:
            return self._chains[style]
        first, found = style, list[Any]()
        while style in self._styles and len(found) < _STYLE_DEPTH:
            element = self._styles[style]
            found.append(element)
            base = element.find(W + "basedOn")
            style = base.get(W + "val") if base is not None else None
        self._chains[first] = found
        return found

    def _stated(self, properties: Any, style: str | None, name: str) -> Iterator[Any]:
        """The elements of this name in the properties of the paragraph, its style and those that is based on."""
        own = properties.find(W + name) if properties is not None else None
        if own is not None:
            yield own
        if (style, name) not in self._of_styles:
            places = [element.find(W + "pPr") for element in self._chain(style)]
            self._of_styles[style, name] = [e for place in places if place is not None and (e := place.find(W + name)) is not None]
        yield from self._of_styles[style, name]

    def _inherited(self, properties: Any, style: str | None, name: str) -> str | None:
        element = next(self._stated(properties, style, name), None)
        value: str | None = element.get(W + "val") if element is not None else None
        return value

    def _reference(self, properties: Any, style: str | None) -> tuple[str, int] | None:
        number: str | None = None
        depth: int | None = None
        for reference in self._stated(properties, style, "numPr"):
            for name in ("numId", "ilvl"):
                element = reference.find(W + name)
                value = element.get(W + "val") if element is not None else None
                if name == "numId" and number is None:
                    number = value
                elif name == "ilvl" and depth is None and value is not None:
                    depth = min(max(_number(value, 0), 0), _DEEPEST)
            if number is not None:
                break
        if number is None or number == "0" or number not in self._lists:
            return None
        if depth is None:  # a style without a level takes the one that names it
            names = {element.get(W + "styleId") for element in self._chain(style)}
            depth = next((n for n, level in self._lists[number][1].items() if level.style and level.style in names), 0)
        return number, depth

    def _read(self, numbers: Any) -> None:
        links: dict[str, str] = {}
        for abstract in numbers.iter(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId")
            link = abstract.find(W + "numStyleLink")
            if link is not None:
                links[key] = link.get(W + "val")
            self._abstract[key] = {depth: level for depth, level in map(_level, abstract.iter(W + "lvl")) if 0 <= depth <= _DEEPEST}
        by_style = {}
        for abstract in numbers.iter(W + "abstractNum"):
            style = abstract.find(W + "styleLink")
            if style is not None:
                by_style[style.get(W + "val")] = abstract.get(W + "abstractNumId")
        for num in numbers.iter(W + "num"):
            reference = num.find(W + "abstractNumId")
            key = reference.get(W + "val") if reference is not None else None
            if key in links and links[key] in by_style:
                key = by_style[links[key]]
            if key not in self._abstract:
                continue
            levels = dict(self._abstract[key])
            own = key
            for override in num.iter(W + "lvlOverride"):
                depth = _number(override.get(W + "ilvl"), -1)
                if not 0 <= depth <= _DEEPEST:
                    continue
                start = override.find(W + "startOverride")
                replaced = override.find(W + "lvl")
                if replaced is not None:
                    levels[depth] = _level(replaced)[1]
                if start is not None and depth in levels:
                    levels[depth] = replace(levels[depth], start=_number(start.get(W + "val"), 1))
                    own = f"num{num.get(W + 'numId')}"
            self._lists[num.get(W + "numId")] = (own, levels)

    def _next(self, number: str, depth: int) -> str:
        key, levels = self._lists[number]
        if depth not in levels:
            return ""
        counters = self._counters.setdefault(key, {})
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        if levels[depth].form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            wanted = int(match.group(1)) - 1
            level = levels.get(wanted)
            if level is None:
                return ""
            return _format(counters.get(wanted, level.start), level.form)

        return re.sub(r"%(\d)", shown, levels[depth].text)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _level(element: Any) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        child = element.find(W + name)
        found = child.get(W + "val") if child is not None else None
        return found if found is not None else default

    level = _Level(_number(value("start", "1"), 1), value("numFmt", "decimal"), value("lvlText", "")[:_LONGEST], value("pStyle", ""))
    return _number(element.get(W + "ilvl"), -1), level


def _format(value: int, form: str) -> str:
    if form.startswith(("chinese", "japanese", "ideograph", "taiwanese", "korean")) and form not in _OTHERS:
        return (
            "".join(_HAN[int(d)] for d in str(value))
            if form in ("ideographDigital", "japaneseDigitalTenThousand") and value > 10
            else chinese_numeral(value).replace("零", "〇")  # as Word writes it, unlike people
        )
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form in ("upperLetter", "lowerLetter") and value >= 1:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + (value - 1) % 26)
    if form in ("upperRoman", "lowerRoman") and 1 <= value < 4000:
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form == "ideographTraditional" and 1 <= value <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[value - 1]
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return (("一" if 10 <= value < 20 else "") + chinese_numeral(value)).translate(_LEGAL)
    if form == "decimalFullWidth":
        return str(value).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    if form == "decimalEnclosedParen":
        return f"（{value}）"
    if form == "decimalEnclosedFullstop":
        return f"{value}."
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)


_OTHERS = ("ideographTraditional", "ideographZodiac", "chineseLegalSimplified", "ideographLegalTraditional")
_LEGAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")


def _roman(value: int) -> str:
    letters = ""
    for amount, letter in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        letters += letter * (value // amount)
        value %= amount
    return letters
