"""Dates in every form that Chinese official pages write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from scorer.text.numerals import chinese_number

_CN = "[〇零○一二三四五六七八九十]"
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?|(?P<s>[-/.])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2}))(?!\d)"
    rf"|(?P<cy>[一二]{_CN}{{3}})年(?P<cm>{_CN}{{1,2}}|\d{{1,2}})月(?P<cd>{_CN}{{1,3}}|\d{{1,2}})日"
    r"|(?<![\d./-])(?P<d3>\d{1,2})(?P<s3>[./-])(?P<m3>\d{1,2})(?P=s3)(?P<y3>(?:19|20)\d\d)(?![\d./-])"
)
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")


class FoundDate(NamedTuple):
    """A date and its place in the text it was found in."""

    start: int
    end: int
    value: datetime.date

    @property
    def iso(self) -> str:
        """YYYY-MM-DD."""
        return self.value.isoformat()


def find_dates(text: str) -> Iterator[FoundDate]:
    """All full dates (year, month, day) of a folded text, in order; impossible ones are passed over."""
    for match in _DATE.finditer(text):
        g = match.groupdict()
        if g["cy"]:
            parts = [int(g[k]) if g[k].isdigit() else chinese_number(g[k]) for k in ("cy", "cm", "cd")]
        else:
            parts = [int(g["y"] or g["y3"]), int(g["m1"] or g["m2"] or g["m3"]), int(g["d1"] or g["d2"] or g["d3"])]
        try:
            value = datetime.date(*[int(p) for p in parts if p is not None])
        except (ValueError, TypeError):
            continue
        yield FoundDate(match.start(), match.end(), value)


def compact_date(text: str) -> FoundDate | None:
    """The first date without any sign between (20250318), which only a label makes one."""
    for match in _COMPACT.finditer(text):
        try:
            return FoundDate(match.start(), match.end(), datetime.date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return None


def parse_date(text: str) -> datetime.date | None:
    """The first date in a short text, or None."""
    return next((found.value for found in find_dates(text)), None)
