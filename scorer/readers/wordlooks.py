"""What of a Word document nobody sees on paper, and what of it is no text: hidden runs, and parts that are passed over.

A run is unseen when it is marked as hidden, written in white on white, or a point high at most, by itself or by its styles
(ECMA-376 part 1, 17.3.2). Where a shape, a shading or the style of a table may lie behind white letters they count as seen.
"""

from __future__ import annotations

import re
from typing import Any

from scorer.errors import UnreadableError
from scorer.office import xml
from scorer.office.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_DEPTH = 12
_PALE = 0xF0
TINY = 2
"""Half points: letters of so many are seen by nobody."""
_GROUNDS = ("tcPr", "tblPr", "pPr", "rPr")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")
MAX_PARTS, HEAD_MIN, SHOWN = 60, 4, 20
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
LARGE = (3_600_000, 1_800_000)
"""Width and height from which a picture may hold text, in 360,000ths of a centimetre."""


class Looks:
    """Tells of runs whether they are seen, with the document's styles; ``withheld`` once one with text was not."""

    def __init__(self, styles: Any) -> None:
        self.withheld = False
        self._styles = {s.get(W + "styleId"): s for s in styles.iter(W + "style")} if styles is not None else {}
        self._said: dict[str | None, dict[str, str | None]] = {}

    def unseen(self, run: Any) -> bool:
        """Whether nobody sees the run."""
        hidden = self._hidden(run)
        if hidden and any((text.text or "").strip() for text in run.iter(W + "t")):
            self.withheld = True
        return hidden

    def _hidden(self, run: Any) -> bool:
        own = _own(run.find(W + "rPr"))
        paragraph = run.getparent()
        while paragraph is not None and paragraph.tag != W + "p":
            paragraph = paragraph.getparent()
        properties = paragraph.find(W + "pPr") if paragraph is not None else None
        said = {**self._style(_named(properties, "pStyle")), **self._style(_named(run.find(W + "rPr"), "rStyle")), **own}
        if not said:
            return False
        if said.get("vanish") == "1":
            return True
        size = said.get("sz")
        if size is not None and size.isdigit() and int(size[:6]) <= TINY:
            return True
        return said.get("color") == "pale" and not said.get("ground") and not _grounded(run)

    def _style(self, name: str | None) -> dict[str, str | None]:
        """What a style and those it is based on say."""
        if name not in self._said:
            chain: list[Any] = []
            waiting = name
            while waiting in self._styles and len(chain) < _DEPTH:
                style = self._styles[waiting]
                chain.append(style)
                waiting = _named(style, "basedOn")
            said: dict[str, str | None] = {}
            for style in reversed(chain):
                said |= _own(style.find(W + "rPr"))
            self._said[name] = said
        return self._said[name]


def _named(properties: Any, name: str) -> str | None:
    element = properties.find(W + name) if properties is not None else None
    value: str | None = element.get(W + "val") if element is not None else None
    return value


def _own(properties: Any) -> dict[str, str | None]:
    """What bears on being seen in the properties of a run or style."""
    if properties is None:
        return {}
    said: dict[str, str | None] = {}
    vanish = properties.find(W + "vanish")
    if vanish is not None:
        said["vanish"] = "0" if vanish.get(W + "val") in _OFF else "1"
    if (size := _named(properties, "sz")) is not None:
        said["sz"] = size
    color = properties.find(W + "color")
    if color is not None:
        said["color"] = "pale" if _pale(color) else "dark"
    if properties.find(W + "highlight") is not None or _shaded(properties):
        said["ground"] = "1"
    return said


def _pale(color: Any) -> bool:
    value = color.get(W + "val") or ""
    if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return all(int(value[at : at + 2], 16) >= _PALE for at in (0, 2, 4))
    return color.get(W + "themeColor") in ("background1", "light1") and color.get(W + "themeShade") is None


def _shaded(properties: Any) -> bool:
    shade = properties.find(W + "shd")
    return shade is not None and (shade.get(W + "fill") or "auto").upper() not in ("AUTO", "FFFFFF")


def _grounded(run: Any) -> bool:
    """Whether something may lie behind a run: a shading around it, a table with a style, a shape."""
    element = run.getparent()
    while element is not None:
        if element.tag == W + "txbxContent":
            return True
        for name in _GROUNDS:
            properties = element.find(W + name)
            if properties is not None and (_shaded(properties) or properties.find(W + "tblStyle") is not None):
                return True
        element = element.getparent()
    return False


def passed_over(archive: Archive, body: Any) -> list[str]:
    """What of a document is no text and is not read, as sentences for the reader."""
    found = []
    if head := _heads(archive):
        found.append(f"页眉或页脚里有文字（如“{head}”），没有读入。")
    drawn = {element.get("uri") or "" for element in body.iter(f"{_DRAWN}main}}graphicData")}
    if any("chart" in uri or "diagram" in uri for uri in drawn) or any(True for _ in body.iter(_TEXT_PATH)):
        found.append("文档里有图表、SmartArt图形或艺术字，其中的文字没有读入。")
    if any(True for _ in body.iter(W + "object")):
        found.append("文档里嵌有对象（如Excel表格），其中的文字没有读入。")
    extents = [
        (_whole(e.get("cx")), _whole(e.get("cy")))
        for e in body.iter(_EXTENT)
        if any(True for _ in e.getparent().iter(f"{_DRAWN}main}}blip"))
    ]
    if large := sum(1 for wide, high in extents if wide >= LARGE[0] and high >= LARGE[1]):
        found.append(f"文档里有{large}张大图片，图片里如有文字，没有读入。")
    return found


def _heads(archive: Archive) -> str:
    """The first words of a head or foot of the pages that is more than a page number; empty where there is none."""
    for name in sorted(name for name in archive.names if _PARTS.fullmatch(name))[:MAX_PARTS]:
        try:
            root = xml.parse(archive.part(name) or b"<none/>")
        except UnreadableError:
            continue
        words = "".join(
            element.text or "" for element in root.iter() if isinstance(element.tag, str) and element.tag.endswith("}t")
        ).strip()
        if len(_HAN.findall(words)) >= HEAD_MIN:
            return words[:SHOWN]
    return ""


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdigit() and len(value) < 12 else 0
