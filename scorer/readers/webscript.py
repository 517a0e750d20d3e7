"""Articles that a page carries in its scripts: as JSON data of its framework, or as one string of markup.

No script is run. Only whole JSON and string literals are read, and only where a page shows no text of its own.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MAX_SCRIPT = 2_000_000
MAX_NODES = 100_000
LITTLE = 150
# An open string matches too, so that no part of a script is looked at twice; every quantifier is possessive.
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_TAG = re.compile(r"<[^>]{0,2000}>")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z$")
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


class Article(NamedTuple):
    """The markup of an article, its title, and what the data beside it say (keys as in the hints of a page)."""

    markup: str
    title: str = ""
    hints: Mapping[str, str] = {}


def article(root: Any) -> Article | None:
    """The longest running text in the scripts of a page (an lxml tree), if there is enough of it for a report."""
    found: list[Article] = []
    for script in root.iter("script", "textarea"):
        text = script.text or ""
        if not LITTLE <= len(text) <= MAX_SCRIPT:
            continue
        if script.tag == "textarea":
            found.append(Article(text))
        elif "json" in (script.get("type") or "") or text.lstrip()[:1] in ("{", "["):
            found.extend(_in_json(text))
        else:
            found.extend(_in_strings(text))
    best = max(found, key=lambda one: _prose(one.markup), default=None)
    return best if best is not None and _prose(best.markup) >= LITTLE else None


def local_date(value: str) -> str:
    """A time in UTC as the date in China, where all these pages are written; anything else as it is."""
    with contextlib.suppress(ValueError, OverflowError):  # no such day or hour
        if not _UTC.match(value):
            return value
        return datetime.datetime.fromisoformat(value[:-1].partition(".")[0] + "+00:00").astimezone(_BEIJING).date().isoformat()
    return value


def _prose(markup: str) -> int:
    """The Chinese characters of running text; 0 for what has no sentences."""
    words = _TAG.sub("", markup)
    return len(re.findall(r"[\u4e00-\u9fff]", words)) if words.count("。") >= 3 else 0


def _in_json(text: str) -> Iterator[Article]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    waiting: list[Any] = [data]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            texts = [value for value in node.values() if isinstance(value, str) and len(value) >= LITTLE]
            if texts:
                yield Article(
                    max(texts, key=_prose), _named(node, "title"), {"publication_date": _date(node), "source": _named(node, "source")}
                )
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, dict | list))


def _in_strings(script: str) -> Iterator[Article]:
    for match in _STRING.finditer(script):
        literal = match.group()
        if len(literal) >= LITTLE and literal[-1] == literal[0]:
            yield Article(_ESCAPE.sub(_unescape, literal[1:-1]))


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    character = chr(int(code, 16)) if code else _CONTROLS.get(match[3], match[3])
    return "" if "\ud800" <= character <= "\udfff" else character


def _named(node: Mapping[str, Any], name: str) -> str:
    value = next((v for key, v in node.items() if isinstance(v, str) and key.lower().endswith(name) and 0 < len(v) <= 200), "")
    return " ".join(_TAG.sub("", value).split())


def _date(node: Mapping[str, Any]) -> str:
    """The publication time among the data: a text, or milliseconds since 1970."""
    for key, value in node.items():
        if not re.search(r"pub|release|show", key.lower()) or not re.search(r"time|date", key.lower()):
            continue
        if isinstance(value, str) and re.match(r"(?:19|20)\d\d", value):
            return local_date(value[:40])
        if isinstance(value, int) and 946_684_800_000 < value < 4_102_444_800_000:
            return datetime.datetime.fromtimestamp(value / 1000, _BEIJING).date().isoformat()
    return ""
