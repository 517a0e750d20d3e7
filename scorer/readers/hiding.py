"""What of a page nobody sees: elements taken away by their style, and letters that cannot be told from their ground.

Only what the page itself says counts, in ``style`` attributes, old presentational attributes and style sheets inside the page;
of a sheet, selectors of tags, classes and ids, one inside another. Conditions (print, hover, other states) hide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Color = tuple[int, int, int]
WHITE: Color = (255, 255, 255)
MAX_SHEET, MAX_RULES, MAX_WORK = 200_000, 5_000, 2_000_000
"""Characters and rules of the sheets that are looked at, comparisons of elements with rules in one page."""
NEAR = 10
"""Two colours whose parts differ by no more cannot be told apart."""
TINY = 1.5
"""Letters of so many pixels are seen by nobody."""
_AT_RULE = re.compile(r"@[^{};@]*+(?:\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}|;)")
_COMPOUND = re.compile(r"([a-z][a-z0-9]{0,10})?((?:[.#][\w-]+)*)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|pt)")
_NOTHING = re.compile(r"[+-]?0*(?:\.0+)?(?:px|pt|r?em|%|vh|vw)?")
_SIZE = re.compile(r"(\d{0,6}(?:\.\d{0,6})?)(px|pt|r?em|%)?")
_HEX = re.compile(r"#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?)")
_RGB = re.compile(r"rgba?\((\d{1,3})[, ]+(\d{1,3})[, ]+(\d{1,3})(?:[,/ ]+([\d.]{1,6})%?)?\)")
_NAMED: Mapping[str, Color] = {"white": WHITE, "black": (0, 0, 0), "snow": WHITE, "ivory": WHITE, "whitesmoke": (245, 245, 245)}
_ABOUT = (
    "display",
    "visibility",
    "opacity",
    "font-size",
    "color",
    "background",
    "clip",
    "left",
    "top",
    "text-indent",
    "margin-left",
    "height",
    "width",
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class Look(NamedTuple):
    """How the letters of an element look: inherited by what stands in it. ``ground`` is None where a picture or a colour that
    is not known lies behind them."""

    visible: bool = True
    tiny: bool = False
    color: Color | None = None
    ground: Color | None = WHITE

    @property
    def seen(self) -> bool:
        """Whether a reader of the page can see them."""
        return (
            self.visible and not self.tiny and not (self.color is not None and self.ground is not None and _alike(self.color, self.ground))
        )


class _Part(NamedTuple):
    """One compound of a selector: ``div.a#b``."""

    tag: str
    names: frozenset[str]


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]
    last: _Part
    above: tuple[_Part, ...]
    said: Mapping[str, str]


class Sheet:
    """The rules of the style sheets in a page (an lxml tree) that bear on whether something is seen."""

    def __init__(self, root: Any) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._work = 0
        text = "".join(style.text or "" for style in root.iter("style"))[:MAX_SHEET].lower()
        if text:
            text = _AT_RULE.sub("", re.sub(r"/\*.*?(?:\*/|\Z)|<!--|-->", "", text, flags=re.DOTALL))
            self._read(text)

    def _read(self, text: str) -> None:
        count = 0
        for written in text.split("}"):
            selectors, brace, body = written.rpartition("{")
            said = declarations(body) if brace else {}
            if not said:
                continue
            for selector in selectors.split(","):
                count += 1
                if count > MAX_RULES:
                    return
                parts = [_part(word) for word in selector.replace(">", " ").split()]
                whole = [part for part in parts if part is not None]
                if not whole or len(whole) < len(parts):
                    continue  # a condition stands in it
                ids = sum(name[0] == "#" for part in whole for name in part.names)
                classes = sum(name[0] == "." for part in whole for name in part.names)
                rule = _Rule((ids, classes, sum(bool(p.tag) for p in whole), count), whole[-1], tuple(whole[:-1]), said)
                key = next(iter(sorted(rule.last.names)), rule.last.tag)
                self._rules.setdefault(key, []).append(rule)

    def of(self, element: Any) -> dict[str, str]:
        """What the sheets say of an element, the strongest last."""
        if not self._rules or self._work > MAX_WORK:
            return {}
        names = names_of(element)
        found = [rule for key in (*names, element.tag) for rule in self._rules.get(key, ()) if self._fits(rule, element, names)]
        said: dict[str, str] = {}
        for rule in sorted(found, key=lambda rule: rule.weight):
            said.update(rule.said)
        return said

    def _fits(self, rule: _Rule, element: Any, names: frozenset[str]) -> bool:
        self._work += 1
        if (rule.last.tag and rule.last.tag != element.tag) or not rule.last.names <= names:
            return False
        waiting = list(rule.above)
        ancestor = element.getparent() if waiting else None
        while waiting and ancestor is not None:
            self._work += 1
            part = waiting[-1]
            if (not part.tag or part.tag == ancestor.tag) and part.names <= names_of(ancestor):
                waiting.pop()
            ancestor = ancestor.getparent()
        return not waiting


def names_of(element: Any) -> frozenset[str]:
    """The classes (.x) and the id (#x) of an element."""
    classes, own = element.get("class"), element.get("id")
    if not classes and not own:
        return frozenset()
    found = {f".{name}" for name in (classes or "").lower().split()[:50]}
    return frozenset(found | {f"#{own.lower()}"} if own else found)


def declarations(style: str) -> dict[str, str]:
    """The declarations of a style that bear on whether something is seen, the last of each name."""
    found = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        name = name.strip()
        if colon and (name.startswith(_ABOUT) or name in ("overflow", "position", "font")):
            found[name] = " ".join(value.replace("!important", "").split())
    return found


def look(element: Any, above: Look, sheet: Sheet) -> Look | None:
    """How an element looks inside one that looks like ``above``; None where it is not there at all for a reader."""
    if element.get("hidden") is not None:
        return None
    said = sheet.of(element)
    style = element.get("style")
    if style:
        said |= declarations(style[:2000])
    if said and _gone(said):
        return None
    color, ground = element.get("color"), element.get("bgcolor")
    if not said and not color and not ground and element.get("background") is None:
        return above._replace(color=None) if element.tag in _HEADINGS and above.color is not None else above
    return _changed(element, above, said)


def _changed(element: Any, above: Look, said: Mapping[str, str]) -> Look:
    visible = {"hidden": False, "collapse": False, "visible": True}.get(said.get("visibility", ""), above.visible)
    tiny, color, ground = above.tiny, above.color, above.ground
    if size := said.get("font-size"):
        tiny = _tiny(size, above.tiny)
    elif "font" in said:
        tiny = False
    for value in (element.get("bgcolor"), said.get("background-color"), said.get("background")):
        if value:
            ground = _ground(value.lower(), ground)
    if element.get("background") is not None or "background-image" in said:
        ground = None
    for value in (element.get("color"), said.get("color")):
        if value:
            color = _color(value.lower().strip(), ground)
    if element.tag in _HEADINGS and ground == WHITE:
        color = None  # a title in white stands on a picture that only an outer sheet knows of
    return Look(visible, tiny, color, ground)


def _gone(said: Mapping[str, str]) -> bool:
    """Whether an element with all that stands in it is taken out of sight."""
    if said.get("display") == "none" or ((opacity := said.get("opacity")) and _number(opacity) <= 0.05):
        return True
    if any(_FAR.match(said.get(name, "")) for name in ("left", "top", "text-indent", "margin-left")):
        return True
    if said.get("overflow", "").startswith("hidden") and any(
        name in said and _NOTHING.fullmatch(said[name]) for name in ("height", "width", "max-height")
    ):
        return True
    clip = said.get("clip", "") or said.get("clip-path", "")
    return bool(re.fullmatch(r"rect\((?:[01](?:px)?[, ]*){4}\)|inset\((?:50|100)%\)", clip))


def _number(value: str) -> float:
    try:
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0


def _tiny(size: str, above: bool) -> bool:
    match = _SIZE.fullmatch(size)
    if not match or not match[1].strip("."):
        return False
    value = float(match[1])
    if match[2] in ("em", "rem", "%"):
        return value == 0 or (above and match[2] in ("em", "%"))
    return value <= TINY


def _ground(value: str, above: Color | None) -> Color | None:
    if "url(" in value or "gradient" in value:
        return None
    for word in _words(value):
        if word in ("transparent", "none", "inherit", "initial", "unset"):
            return above
        if (found := _plain_color(word)) is not None:
            return found
    return None if any(word.isalpha() for word in _words(value)) else above


def _color(value: str, ground: Color | None) -> Color | None:
    """The colour of letters; None for one that is not known. What is transparent has the colour of its ground."""
    rgb = _RGB.fullmatch(value)
    if value == "transparent" or (rgb and rgb[4] and _number(rgb[4]) <= 0.05):
        return ground
    return _plain_color(value)


def _plain_color(word: str) -> Color | None:
    if word in _NAMED:
        return _NAMED[word]
    if match := _HEX.fullmatch(word):
        parts = [part * 2 for part in match.groups()[:3]] if match[1] else list(match.groups()[3:])
        return int(parts[0], 16), int(parts[1], 16), int(parts[2], 16)
    if match := _RGB.fullmatch(word):
        return int(match[1]), int(match[2]), int(match[3])
    return None


def _words(value: str) -> Iterator[str]:
    return iter(re.findall(r"rgba?\([^)]{0,40}\)|[^\s()]+", value[:200]))


def _alike(one: Color, other: Color) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def _part(word: str) -> _Part | None:
    match = _COMPOUND.fullmatch(word)
    return _Part(match[1] or "", frozenset(re.findall(r"[.#][\w-]+", match[2]))) if match else None
