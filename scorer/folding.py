"""Text made comparable: half-width, without white space, one kind of quotation marks, simplified characters; and the way back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Folded:
    """A text made comparable, and the way back to the original.

    The text is made of runs, each copied from one place of the original: ``starts[i]`` is where run ``i`` begins here,
    ``origins[i]`` where it begins there. Within a run both go on character by character, except that one enclosed numeral
    (㈠) is one original character for three here.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    line_starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text behind the folded range ``start:end``."""
        if end <= start or not self.starts:
            at = self._at(start)
            return at, at
        return self._at(start), self._at(end - 1) + 1

    def _at(self, position: int) -> int:
        if not self.starts:
            return 0
        run = bisect_right(self.starts, position) - 1
        offset = position - self.starts[run]
        # A run of one original character (an enclosed numeral) may be longer here than there.
        length = self.origins[run + 1] - self.origins[run] if run + 1 < len(self.origins) else offset + 1
        return self.origins[run] + min(offset, max(length - 1, 0))

    def line_at(self, position: int) -> int:
        """The number (from 0) of the paragraph in which the folded position stands."""
        return bisect_right(self.line_starts, position) - 1

    @staticmethod
    def of(text: str, lines: Iterable[tuple[int, int]]) -> Folded:
        """Fold the given lines (offset ranges) of ``text``; they are joined by newlines."""
        translated = _one_for_one(text)
        out: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        line_starts: list[int] = []
        at = last_end = 0
        for first, last in lines:
            if line_starts:
                out.append("\n")
                starts.append(at)
                origins.append(last_end)
                at += 1
            line_starts.append(at)
            last_end = last
            line = translated[first:last]
            begin = 0
            # Most lines have nothing special; the plain class finds that out four times as fast as the named groups.
            for special in _SPECIAL.finditer(line) if _ANY_SPECIAL.search(line) else ():
                if special.start() > begin:
                    starts.append(at)
                    origins.append(first + begin)
                    out.append(line[begin : special.start()])
                    at += special.start() - begin
                begin = special.end()
                piece = special.group()
                if special.lastgroup == "wide":
                    kept = _expand(piece)
                elif (
                    piece.strip() != piece
                    and _WORD.fullmatch(line[special.start() - 1 : special.start()])
                    and _WORD.fullmatch(line[begin : begin + 1])
                ):
                    kept = " "  # between two Latin letters or digits: "OA 2" is not "OA2"
                else:
                    continue
                starts.append(at)
                origins.append(first + special.start())
                out.append(kept)
                at += len(kept)
            if begin < len(line):
                starts.append(at)
                origins.append(first + begin)
                out.append(line[begin:])
                at += len(line) - begin
        folded = _CHINESE_YEAR.sub(_year, _FULL_STOP.sub(_full_stop, "".join(out)))
        return Folded(folded, tuple(starts), tuple(origins), tuple(line_starts))


def fold(text: str) -> str:
    """The comparable form of a short text, for phrases of rule packs and for comparisons."""
    return Folded.of(text, [(0, len(text))]).text


# Frequent characters of official prose that simplified text never has.
TRADITIONAL = frozenset("關國發會與為對數據實務機構執開體報責領導這個來進設議審規範過時還後經應務單區縣鎮鄉廳況級總結點問題")


def simplify(text: str) -> str:
    """Traditional characters as simplified ones."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    """Made once: reading its dictionaries takes ten times as long as converting a report."""
    import opencc

    return opencc.OpenCC("t2s")


def _one_to_one() -> dict[str, str]:
    """Characters whose comparable form is one character: full-width ASCII, quotation marks, dashes."""
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for form, others in (('"', "“”„‟「」『』＂"), ("'", "‘’＇"), ("-", "—–―－‐‑−─━"), ("·", "•‧∙・●"), ("〔", "［【"), ("〕", "］】")):
        table.update(dict.fromkeys(others, form))
    return table


def _full_stop(match: re.Match[str]) -> str:
    """A half-width full stop between Chinese words ends a sentence; after the numeral that opens a line it numbers (二.标题)."""
    text = match.string
    head = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return "." if len(head) <= NUMERAL_MAX and all(c in _NUMERALS for c in head) else "。"


def _year(match: re.Match[str]) -> str:
    """二O二四 and 二0二四 are typings of 二〇二四."""
    return re.sub("[O0o○零Ｏ]", "〇", match.group())


def _one_for_one(text: str) -> str:
    """The text with full-width signs made half-width, and radicals and compatibility ideographs as the characters they look
    like (some PDFs write ⾏ for 行); every character stays one.

    Each of the some twenty that occur is replaced in the whole text: ``str.translate`` looks up every place of it and takes
    ten times as long.
    """
    occurring = set(_UNLIKE.findall(text))
    for character in occurring & _ONE_TO_ONE.keys():
        text = text.replace(character, _ONE_TO_ONE[character])
    for character in occurring - _ONE_TO_ONE.keys():
        if len(form := unicodedata.normalize("NFKC", character)) == 1:
            text = text.replace(character, form)
    return text


_ONE_TO_ONE = _one_to_one()
_UNLIKE = re.compile(f"[\u2e80-\u2fdf\uf900-\ufaff\ufe10-\ufe6f\uff01-\uff5e{''.join(c for c in _ONE_TO_ONE if not '！' <= c <= '～')}]")
# Enclosed numerals (㈠ ⑴) become several characters; other compatibility forms are left as they are.
_WIDE = "㈠-㈩⑴-⒇⒈-⒛㊀-㊉"
_INVISIBLE = "\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00a0\u3000"
_SPECIAL = re.compile(rf"(?P<space>[\s{_INVISIBLE}]+)|(?P<wide>[{_WIDE}])")
_ANY_SPECIAL = re.compile(rf"[\s{_INVISIBLE}{_WIDE}]")
_WORD = re.compile(r"[A-Za-z0-9]")
NUMERAL_MAX = 3
_NUMERALS = frozenset("一二三四五六七八九十")
_CHINESE_YEAR = re.compile("二[O0o○零〇][一二三四五六七八九O0o○零〇]{2}(?=年)")
# A half-width full stop between Chinese words ends a sentence. (What stands before it is looked at after it is found: a
# pattern that begins with a literal is searched ten times as fast.)
_FULL_STOP = re.compile(r"\.(?<=[^\x00-!#-(*-\x7f\n]\.)(?=[^\x00-!#-')-\x7f]|$)", re.MULTILINE)


def _expand(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    if "㊀" <= character <= "㊉":  # NFKC makes a bare numeral of these; as list marks they mean (一)
        return f"({form})"
    return form
