"""A report's text beside an item: its paragraphs from the page that the audit wrote, and the places to be shown in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.store import CURRENT, FOLDER
from scorer.document import fold
from scorer.errors import FazhiError

LARGEST = 20_000_000
HERE, ALSO = "here", "also"
"""What an item rests on, and what else was looked at."""


class Part(NamedTuple):
    """A run of text; ``mark`` is empty, ``here`` or ``also``."""

    text: str
    mark: str = ""


class Paragraph(NamedTuple):
    """A paragraph cut at the borders of its marks; ``kind`` is its class on the page (empty, h, row, outside …)."""

    kind: str
    parts: tuple[Part, ...]


class Place(NamedTuple):
    """A passage to be shown: its text, the number of its paragraph (from 1; 0 where nobody knows), and how it is marked."""

    quote: str
    paragraph: int
    mark: str


def paragraphs_of(out: Path, report: str) -> list[tuple[str, str]]:
    """The paragraphs (class, text) of a report's page under ``reports/``. Raises ``FazhiError`` where it is not there."""
    from lxml import html

    path = out / "reports" / report
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST)
    except OSError as error:
        raise FazhiError("这份报告的网页不在了", where=str(path), remedy="请点“重新生成”") from error
    tree = html.document_fromstring(raw.decode("utf-8", "replace"), parser=html.HTMLParser(encoding=None, huge_tree=False))
    found = []
    for node in tree.xpath("//div[@class='paper']//p[not(@class='label')]"):
        for mark in node.xpath(".//sup"):
            mark.drop_tree()
        found.append((node.get("class") or "", node.text_content()))
    return found


def marked(lines: Sequence[tuple[str, str]], places: Iterable[Place]) -> tuple[Paragraph, ...]:
    """The paragraphs with the places in them; a place that is in none is left out, an overlap belongs to the one that came first."""
    runs: dict[int, list[tuple[int, int, str]]] = {}
    for place in places:
        for number, start, end in _find(lines, place):
            own = runs.setdefault(number, [])
            if not any(start < other_end and other_start < end for other_start, other_end, _ in own):
                own.append((start, end, place.mark))
    return tuple(Paragraph(kind, _cut(text, sorted(runs.get(number, ())))) for number, (kind, text) in enumerate(lines))


def _cut(text: str, runs: Sequence[tuple[int, int, str]]) -> tuple[Part, ...]:
    parts, at = [], 0
    for start, end, mark in runs:
        parts += [Part(text[at:start])] if start > at else []
        parts.append(Part(text[start:end], mark))
        at = end
    return (*parts, Part(text[at:])) if at < len(text) or not parts else tuple(parts)


def _find(lines: Sequence[tuple[str, str]], place: Place) -> list[tuple[int, int, int]]:
    """Where a passage stands: paragraph (from 0), start and end in it. One of several lines is found line by line."""
    found = []
    for piece in (one for line in place.quote.split("\n") for one in line.split("……")):
        if not (piece := piece.strip()):
            continue
        numbers = [place.paragraph - 1] if 0 < place.paragraph <= len(lines) else []
        numbers += [number for number in range(len(lines)) if number not in numbers]
        for number in numbers:
            start = lines[number][1].find(piece)
            if start >= 0:
                found.append((number, start, start + len(piece)))
                break
        else:
            found += _loose(lines, piece)
    return found


def _loose(lines: Sequence[tuple[str, str]], piece: str) -> list[tuple[int, int, int]]:
    """The whole paragraph in which a passage stands but for white space and width of characters."""
    folded = "".join(fold(piece).split())
    for number, (_, text) in enumerate(lines):
        if folded and folded in "".join(fold(text).split()):
            return [(number, 0, len(text))]
    return []


def result_of(out: Path, path: str) -> dict[str, Any]:
    """The result of one report as the audit keeps it; empty where it is not there."""
    import json
    import sqlite3
    import zlib
    from contextlib import closing

    store = out / FOLDER / "audit.sqlite"
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True, timeout=2)) as db:
            row = db.execute("SELECT line FROM parts WHERE side=? AND path=?", (CURRENT, path)).fetchone()
        data: dict[str, Any] = json.loads(zlib.decompress(row[0])) if row and row[0] else {}
        return data
    except (OSError, sqlite3.Error, ValueError, zlib.error):
        return {}


def places_of(finding: Mapping[str, Any]) -> list[Place]:
    """The places of a finding: what it rests on, then what else was looked at."""
    here = [_place(one, HERE) for one in finding.get("evidence", ())]
    here += [_place(one["evidence"], HERE) for one in finding.get("facets", ()) if one.get("evidence")]
    also = [_place(one, ALSO) for name in ("readers", "near") for one in finding.get(name, ())]
    return [*here, *also]


def _place(data: Mapping[str, Any], mark: str) -> Place:
    return Place(str(data.get("quote", "")), int(data.get("paragraph") or 0), mark)
