"""OFD (GB/T 33190-2016), the government's own format for fixed pages: a zip of XML with positioned text.

Own code because of the libraries for it one needs AGPL code, one does not import, and one is too young; the text of a page
is a list of ``TextObject`` with ``TextCode`` in it, each with the places of its characters (clause 11.3).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from scorer.errors import UnreadableError
from scorer.office import xml
from scorer.office.archive import Archive
from scorer.readers import MAX_TEXT, ocr, ofdlooks
from scorer.readers.base import Progress, Reading
from scorer.readers.glyphs import garbage, normal
from scorer.readers.lines import paragraphs
from scorer.readers.sheets import Run, Sheet

MAX_PAGES = 500
MAX_DEPTH = 40
MAX_REPEAT = 20_000
SMALLEST = 0.1
"""Millimetres: smaller print is not shown by any screen."""
_A4 = (210.0, 297.0)
_GAP = 0.6
_CELL = 1.5


class _Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def read(raw: bytes, progress: Progress | None = None) -> Reading:
    """The paragraphs with their pages. Template pages (letterheads, running heads), annotations and seals are not text of
    the report. Raises ``UnreadableError``."""
    archive = Archive(raw)
    root = _part(archive, "OFD.xml")
    if root is None:
        raise UnreadableError("OFD文件缺少入口，可能已损坏", remedy="请用OFD阅读器打开后另存一份再试")
    if root.get("DocType") not in (None, "OFD", "OFD-A", "OFDA"):
        raise UnreadableError("不是OFD文档", remedy="请检查文件是否正确")
    sheets: list[Sheet] = []
    pictures: dict[int, list[str]] = {}
    unseen: list[str] = []
    bodies = [_text(body, "DocRoot") for body in _all(root, "DocBody")]
    for place in bodies:
        _document(archive, place, sheets, pictures, unseen)
    if not sheets:
        raise UnreadableError("OFD文件里没有页面，可能已损坏", remedy="请用OFD阅读器打开后另存一份再试")
    warnings = []
    if len([body for body in bodies if body]) > 1:
        warnings.append(f"文件里有{len(bodies)}份文档，按先后接在一起检查。")
    if any(text.strip() for text in unseen):
        warnings.append("文件里有读者看不见的文字（如不显示、与底色相同、极小或在页面之外），没有读入。")
    letters = {sheet.number: sum(len(run.text) for run in sheet.runs) for sheet in sheets}
    bad = {sheet.number for sheet in sheets if garbage("".join(run.text for run in sheet.runs))}
    scanned = [number for number, count in letters.items() if (count < ocr.FEW and pictures.get(number)) or number in bad]
    if not any(letters.values()) and not scanned:
        raise UnreadableError("OFD文件里没有文字", remedy="请检查文件是否正确")
    scans = [number for number in scanned if pictures.get(number)]
    if scans and (len(scanned) == len(sheets) or ocr.installed()):
        images = [(number, lambda n=number: _image(archive, pictures[n])) for number in scans]
        found, confidence = ocr.sheets("OFD文件是扫描件（图片），没有文字", images, progress)
        recognised = {sheet.number: sheet for sheet in found}
        warnings.append(ocr.warning("全文" if len(scanned) == len(sheets) else ocr.which(scans), confidence))
        return Reading(paragraphs([recognised.get(s.number, s) for s in sheets], loose=ocr.LOOSE), "ofd", {}, warnings, confidence)
    if len(bad) == len(sheets):
        raise UnreadableError("OFD文件的文字是乱码（字体没有对照表）", remedy="请报送单位提供文字版")
    if scanned:
        warnings.append(f"{ocr.which(scanned)}是图片，没有读出文字；{ocr.INSTALL}可以识别。")
    return Reading(paragraphs([s._replace(runs=[]) if s.number in bad else s for s in sheets]), "ofd", {}, warnings)


def _image(archive: Archive, places: list[str]) -> ocr.Image:
    """The largest of the pictures on a page."""
    parts = [part for place in places[:20] if (part := archive.part(place)) is not None]
    if not parts:
        raise UnreadableError("OFD文件里的图片缺失，文件可能已损坏", remedy="请重新下载，或请报送单位提供文字版")
    return ocr.picture(max(parts, key=len))


def _document(archive: Archive, place: str, sheets: list[Sheet], pictures: dict[int, list[str]], unseen: list[str]) -> None:
    """The pages of one document of the package, appended to ``sheets``; what on them nobody sees is appended to ``unseen``."""
    root = _part(archive, place)
    if root is None:
        return
    folder = posixpath.dirname(place.lstrip("/"))
    common = next(_all(root, "PageArea"), None)
    media = _media(archive, root, folder)
    total = sum(len(run.text) for sheet in sheets for run in sheet.runs)
    for page in _all(root, "Page"):
        if len(sheets) >= MAX_PAGES:
            raise UnreadableError("页数过多，不像一份报告", remedy="请只提交报告正文")
        content = _part(archive, _resolve(folder, page.get("BaseLoc") or ""))
        if content is None:
            continue
        area = next(_all(content, "Area"), None)
        box = _box(area if area is not None else common)
        runs: list[Run] = []
        # A page's own content only: what a Template refers to repeats on every page.
        body = next((child for child in content if _name(child) == "Content"), None)
        if body is not None:
            objects = list(_objects(body, _Matrix(), 0))
            grounds = ofdlooks.grounds(item for item, _ in objects)
            for item, matrix in objects:
                if _name(item) == "TextObject":
                    total += len("".join(item.itertext()))
                    if total > MAX_TEXT:
                        raise UnreadableError("文字过多，不像一份报告", remedy="请只提交报告正文")
                    if ofdlooks.unseen(item, grounds):
                        unseen.append("".join(item.itertext()))
                        continue
                    for run in _runs(item, matrix):
                        if run.size < SMALLEST or not (run.x0 < box[0] and run.x1 > 0 and 0 < run.y < box[1] + run.size):
                            unseen.append(run.text)
                        else:
                            runs.append(run)
                elif _name(item) == "ImageObject" and media.get(item.get("ResourceID") or ""):
                    pictures.setdefault(len(sheets) + 1, []).append(media[item.get("ResourceID")])
        sheets.append(Sheet(len(sheets) + 1, box[0], box[1], [run for run in runs if run.text.strip()]))


def _media(archive: Archive, root: Any, folder: str) -> dict[str, str]:
    """Where the pictures of a document lie, by their ids."""
    found: dict[str, str] = {}
    for name in ("PublicRes", "DocumentRes"):
        place = _text(root, name)
        resources = _part(archive, _resolve(folder, place)) if place else None
        if resources is None:
            continue
        base = posixpath.join(posixpath.dirname(_resolve(folder, place)), resources.get("BaseLoc") or "")
        for media in _all(resources, "MultiMedia"):
            if media.get("ID") and (file := _text(media, "MediaFile")):
                found[media.get("ID")] = _resolve(base, file)
    return found


def _part(archive: Archive, place: str) -> Any | None:
    raw = archive.part(place.lstrip("/"))
    return xml.parse(raw) if raw is not None else None


def _resolve(folder: str, place: str) -> str:
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(root: Any, name: str) -> Iterator[Any]:
    """Elements by local name: files in the wild use the standard's namespace, an older one, or none."""
    return (element for element in root.iter() if _name(element) == name)


def _text(root: Any, name: str) -> str:
    element = next(_all(root, name), None)
    return (element.text or "").strip() if element is not None else ""


def _numbers(text: str | None, count: int = 0) -> list[float]:
    """The numbers of an attribute; all 0 when they are not ``count`` numbers."""
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not abs(value) < 1e6:  # NaN and infinity too
            break
        found.append(value)
    return found if not count or len(found) == count else [0.0] * count


def _box(area: Any | None) -> tuple[float, float]:
    if area is not None:
        for name in ("PhysicalBox", "ApplicationBox", "CropBox"):
            _, _, width, height = _numbers(_text(area, name), 4)
            if width > 0 and height > 0:
                return width, height
    return _A4


def _objects(parent: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    """Text and image objects of the layers and blocks of a page."""
    if depth > MAX_DEPTH:
        raise UnreadableError("文档嵌套层次过深", remedy="请用OFD阅读器另存一份再试")
    for child in parent:
        name = _name(child)
        if name in ("TextObject", "ImageObject", "PathObject"):
            yield child, matrix
        elif name in ("Layer", "PageBlock"):
            yield from _objects(child, matrix, depth + 1)


def _runs(item: Any, outer: _Matrix) -> Iterator[Run]:
    """The characters of a text object as runs. Places in it count from its boundary (clause 8.5)."""
    left, top, _, _ = _numbers(item.get("Boundary"), 4)
    own = _Matrix(*_numbers(item.get("CTM"), 6)) if item.get("CTM") and any(_numbers(item.get("CTM"), 6)) else _Matrix()
    size = (_numbers(item.get("Size")) or [4.0])[0] or 4.0
    if abs(own.b) > abs(own.a) or _numbers(item.get("ReadDirection")) not in ([], [0.0]):
        return  # turned text: watermarks
    scale = abs(own.a) or 1.0
    stretch = (_numbers(item.get("HScale")) or [1.0])[0] or 1.0
    em = abs(size) * scale * min(max(stretch, 0.1), 10)
    if em <= 0:
        return
    x = y = 0.0
    for code in item:
        if _name(code) != "TextCode":
            continue
        text = code.text or ""
        if not text:
            continue
        x = (_numbers(code.get("X")) or [x])[0]
        y = (_numbers(code.get("Y")) or [y])[0]
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        places: list[tuple[str, float, float]] = []
        for index, character in enumerate(text):
            shown = own.at(x, y)
            places.append((character, *outer.at(left + shown[0], top + shown[1])))
            x += across[index] if index < len(across) else size * stretch * (0.5 if character.isascii() else 1.0)
            y += down[index] if index < len(down) else 0.0
        yield from _cut(places, em)


def _cut(places: list[tuple[str, float, float]], em: float) -> Iterator[Run]:
    """Characters as runs: a new one on another line and after a wide gap."""
    pieces: list[str] = []
    start = end = y = 0.0
    for character, at, below in places:
        if character.isspace():
            continue
        width = em * (0.5 if character.isascii() else 1.0)
        gap = at - end
        if pieces and (abs(below - y) > 0.4 * em or gap > _CELL * em or gap < -1.5 * em):
            yield Run(normal("".join(pieces)), start, end, y, em)
            pieces = []
        if not pieces:
            start, y = at, below
        elif gap > _GAP * em:
            pieces.append("　")
        elif gap > 0.2 * em and pieces[-1][-1:].isascii() and character.isascii():
            pieces.append(" ")
        pieces.append(character)
        end = at + width
    if pieces:
        yield Run(normal("".join(pieces)), start, end, y, em)


def _deltas(text: str | None) -> list[float]:
    """``3 g 4 5 6`` is 3, four times 5, 6 (clause 11.3: g, count, value)."""
    result: list[float] = []
    words = re.split(r"[\s,]+", (text or "").strip())
    index = 0
    while index < len(words) and len(result) < MAX_REPEAT:
        if words[index] == "g" and index + 2 < len(words):
            count, value = _numbers(words[index + 1]), _numbers(words[index + 2])
            if not count or not value:
                break
            result.extend([value[0]] * min(max(int(count[0]), 0), MAX_REPEAT))
            index += 3
            continue
        value = _numbers(words[index])
        if not value:
            break
        result.append(value[0])
        index += 1
    return result
