"""What the page says about the report: title, issuer, addressee, dates, numbers, report year and level.

Header lines and index tables are read by their labels; where labels are silent the title, the signature and the file's
own hints speak. Every value remembers where it comes from, because some elements are only met by certain places.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from scorer.document import Document, Span
from scorer.parsing.page import Line, Page
from scorer.rulepack.phrases import Hits
from scorer.text.dates import find_dates, parse_date
from scorer.text.numerals import chinese_number
from scorer.text.places import SUFFIX

_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)(?=年|度|-|法治|依法|$)?|(?P<cy>二[〇零○][一二三四五六七八九〇零○]{2})(?=年)")
_DOCUMENT_NUMBER = re.compile(r"[^\W\d_]{1,14}〔\d{4}〕(?:第)?\d+号|[^\W\da-zA-Z_]{2,10}\d{4}年第?\d+号")
# An index number has digits, and no run of words: what stands in the next cell after an empty one is none.
# Latin letters and digits before four Chinese characters or more (the next cell), or else anything with a digit and no run of words.
_INDEX = re.compile(
    r"(?=[A-Z/.-]*\d)[A-Za-z0-9][A-Za-z0-9/.-]{4,}[A-Za-z0-9](?=[^\W\da-zA-Z_]{4}|\||$)|(?=[^\s|]*\d)(?![^\s|]*[^\W\da-zA-Z_]{7})[\w(〔][\w\-/.()〔〕]{3,}"
)
_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_ADDRESSEE = re.compile(r"\d年|如下|现将|情况|方面|工作:|^[一二三四五六七八九十(]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]")
_ORGAN_TAIL = re.compile(r"(?:关于|(?:19|20)\d\d年|二[〇零○][一二三四五六七八九〇零○]{2}年|法治政府|依法行政|法治建设)")
_YEAR_FIRST = re.compile(r"^(?:(?:19|20)\d\d|二[〇零○O0][^年]{2})\s*年度?\s*")
_PLACE = re.compile(rf"(?P<place>[^\W\da-zA-Z_]{{1,12}}?(?:{SUFFIX}))$")


class Datum(NamedTuple):
    """A value, where it stands in the folded text (None when it came from outside) and what kind of place that is."""

    value: str
    span: Span | None
    place: str


@dataclass(frozen=True)
class Metadata:
    """The seven facts of the result, each a ``Datum`` or None, and the profile drawn from them.

    ``conflicts`` lists facts that the page gives twice with different values: (name, first, second).
    """

    title: Datum | None = None
    issuer: Datum | None = None
    addressee: Datum | None = None
    document_date: Datum | None = None
    publication_date: Datum | None = None
    index_number: Datum | None = None
    document_number: Datum | None = None
    report_year: int | None = None
    level: str | None = None
    publisher: Datum | None = None
    conflicts: tuple[tuple[str, Datum, Datum], ...] = field(default=())

    def date(self, name: str) -> datetime.date | None:
        """``document_date`` or ``publication_date`` as a date."""
        datum: Datum | None = getattr(self, name)
        return datetime.date.fromisoformat(datum.value) if datum else None


def read_metadata(document: Document, page: Page, hits: Hits) -> Metadata:
    """All metadata of a page. ``hits`` are the pack's phrases in ``document.folded.text``."""
    reader = _Reader(document, page, hits)
    title = reader.title()
    addressee = reader.addressee()
    document_date = reader.document_date()
    publication_date, other = reader.publication_date()
    header_issuer = reader.labelled_organ() or reader.hinted_organ()
    signature = reader.signature_organ()
    title_organ = reader.title_organ(title)
    place = reader.title_place(title)
    issuer = title_organ or signature or reader.government_of(place, header_issuer) or place or header_issuer
    if title_organ and signature and title_organ.value in signature.value:
        issuer = signature
    year = reader.year(title, document_date, publication_date)
    conflicts = [("publication_date", publication_date, other)] if publication_date and other else []
    conflicts += reader.other_document_date(document_date, publication_date)
    conflicts += reader.other_title(title, year)
    return Metadata(
        title=title,
        issuer=issuer,
        addressee=addressee,
        document_date=document_date,
        publication_date=publication_date,
        index_number=reader.labelled_value("label-index", _INDEX),
        document_number=reader.labelled_value("label-document-number", _DOCUMENT_NUMBER) or reader.own_number(),
        report_year=year,
        level=reader.level(issuer, title, addressee),
        publisher=signature or header_issuer,
        conflicts=tuple(conflicts),
    )


class _Reader:
    def __init__(self, document: Document, page: Page, hits: Hits) -> None:
        self.document = document
        self.text = document.folded.text
        self.page = page
        self.hits = hits
        self.outside: tuple[Line, ...] = tuple(sorted((*page.header, *page.footer), key=lambda line: line.number))

    def _in(self, name: str, span: Span) -> list[Span]:
        return self.hits.within(f"lexicon.{name}", *span)

    def _plain(self, start: int, end: int) -> str:
        """The original wording on one line, inner white space as one space."""
        return " ".join(_UNSEEN.sub("", self.document.quote(start, end).quote).split())

    # -- title and organs

    def title(self) -> Datum | None:
        if not self.page.title:
            return None
        parts = []
        for line in self.page.title:
            start = line.span.start
            for first, last in self._in("label-title", line.span):
                if first == start:
                    start = last + (1 if self.text[last : last + 1] == ":" else 0)
            parts.append(self._plain(start, line.span.end))
        words = parts[0]
        for part in parts[1:]:
            # Organs of a joint report stay apart; the other lines of a broken title join without a gap.
            apart = not _ORGAN_TAIL.search(part) and self._organs(part) and self._organs(words.split(" ")[-1])
            words += (" " if apart else "") + part
        return Datum(words.strip("—-–·　 "), Span(self.page.title[0].span.start, self.page.title[-1].span.end), "title")

    def title_organ(self, title: Datum | None) -> Datum | None:
        if title is None or title.span is None:
            return None
        words = _YEAR_FIRST.sub("", title.value)
        cut = _ORGAN_TAIL.search(words)
        head = words[: cut.start()] if cut else words
        organs = self._organs(head)
        return Datum("、".join(organs), title.span, "title") if organs else None

    def title_place(self, title: Datum | None) -> Datum | None:
        if title is None:
            return None
        words = _YEAR_FIRST.sub("", title.value)
        cut = _ORGAN_TAIL.search(words)
        head = self.document.comparable(words[: cut.start()]) if cut else ""
        place = _PLACE.search(head)
        return Datum(place["place"], title.span, "title") if place else None

    def government_of(self, place: Datum | None, header: Datum | None) -> Datum | None:
        """The government of the place that the title names, where the page names it or its office as publisher."""
        if place is None or header is None or place.value not in header.value:
            return None
        name = re.sub(r"(?<=政府)办公[室厅]$", "", header.value)
        return Datum(name, header.span, "title") if name.endswith("政府") else None

    def _organs(self, words: str) -> list[str]:
        """The organ names that a run of words consists of; none when anything else stands there."""
        suffixes = tuple(self._suffixes())
        found = []
        for piece in re.split(r"[\s、,/]+", words.strip()):
            if not piece:
                continue
            if not self.document.comparable(piece).endswith(suffixes):
                return []
            found.extend(_split_joint(piece))
        return found

    def _suffixes(self) -> Iterable[str]:
        return sorted({self.text[a:b] for a, b in self.hits.get("lexicon.organ-suffix")}, key=len, reverse=True)

    def signature_organ(self) -> Datum | None:
        organs: list[str] = []
        span: Span | None = None
        for line in self.page.signature:
            words = self.document.quote(line.span.start, line.span.end).quote
            for found in find_dates(line.text):
                words = self.document.quote(line.span.start, line.span.start + found.start).quote
                break
            named = self._organs(words)
            if named:
                organs.extend(named)
                span = line.span if span is None else Span(span.start, line.span.end)
        return Datum("、".join(dict.fromkeys(organs)), span, "signature") if span else None

    def addressee(self) -> Datum | None:
        for line in self.page.body[:3]:
            if line.text.endswith(":") and len(line.text) <= 60 and self._in("superior", line.span) and not _NO_ADDRESSEE.search(line.text):
                return Datum(self._plain(line.span.start, line.span.end).rstrip("：:"), line.span, "body")
        return None

    # -- labelled values of header, index table and footer

    def _labelled(self, name: str) -> Iterable[tuple[int, int]]:
        """For each label of the kind outside the body, the range after it up to the next label or the end of its cell."""
        for line in self.outside:
            for start, end in self._in(name, line.span):
                # 日期 inside 成文日期 is no label of its own.
                if any(a <= start < b and (a, b) != (start, end) and (a < start or b > end) for a, b in self._labels(line)):
                    continue
                stop = min((a for a, _ in self._labels(line) if a >= end), default=line.span.end)
                begin = end
                while begin < stop and self.text[begin] in ":|·〕)]- ":
                    begin += 1
                if begin >= stop or not self.text[begin:stop].strip("|-:/ "):
                    if stop < line.span.end:
                        continue
                    following = self._next_line(line)
                    if following and not self._labels(following):
                        yield following.span.start, following.span.end
                    continue
                yield begin, stop

    def _labels(self, line: Line) -> list[Span]:
        """The labels of any kind in a line."""
        return [hit for hit, _ in self.hits.among("lexicon.label-", *line.span)]

    def _next_line(self, line: Line) -> Line | None:
        outside = {other.number: other for other in self.outside}
        return outside.get(line.number + 1)

    def labelled_value(self, name: str, pattern: re.Pattern[str]) -> Datum | None:
        for start, end in self._labelled(name):
            match = pattern.search(self.text, start, end)
            if match:
                return Datum(self._plain(match.start(), match.end()), Span(match.start(), match.end()), "header")
        return None

    def own_number(self) -> Datum | None:
        """A document number on a line of its own just above or below the title."""
        for line in (*self.page.header[-4:], *self.page.body[:1]):
            if _DOCUMENT_NUMBER.fullmatch(line.text):
                return Datum(self._plain(line.span.start, line.span.end), line.span, "header")
        return None

    def labelled_organ(self) -> Datum | None:
        for name in ("label-issuer", "label-source"):
            for start, end in self._labelled(name):
                words = self.document.quote(start, end).quote
                words = re.split(r"[|│]|\s{2,}|\s(?=[^\W\da-zA-Z_]{2,6}[:：])", words.strip())[0]
                cut = re.search(r"(?:字体|浏览|点击|访问|阅读|作者|时间|日期|\d{4}[-年])", words)
                words = words[: cut.start()].strip(" [(【") if cut else words
                if words and name == "label-issuer" and _PLACE.match(self.document.comparable(words)):
                    return Datum(words, Span(start, end), "header")
                if words and self._organs(words) and not self._in("not-organ", Span(start, end)):
                    return Datum("、".join(self._organs(words)), Span(start, end), "header")
        return None

    def hinted_organ(self) -> Datum | None:
        """The source that the file itself names (a meta tag)."""
        organs = self._organs(self.document.hints.get("source", ""))
        return Datum("、".join(organs), None, "file") if organs else None

    # -- dates

    def _labelled_date(self, name: str) -> Datum | None:
        return next(filter(None, (self._dates_after(start, end) for start, end in self._labelled(name))), None)

    def _dates_after(self, start: int, end: int) -> Datum | None:
        found = next(find_dates(self.text[start:end]), None)
        return Datum(found.iso, Span(start + found.start, start + found.end), "header") if found else None

    def _later(self, start: int) -> bool:
        """Whether a labelled date is that of an update, or stands below the report."""
        body = self.page.body[0].span.start if self.page.body else len(self.text)
        return start > body or bool(re.search(r"更新|录入|上传|上网|公示", self.text[max(0, start - 8) : start]))

    def document_date(self) -> Datum | None:
        for line in reversed(self.page.signature):
            for found in find_dates(line.text):
                return Datum(found.iso, Span(line.span.start + found.start, line.span.start + found.end), "signature")
        labelled = self._labelled_date("label-document-date")
        return labelled or next((self._date_in(line, "header") for line in self.page.header if self._under_title(line)), None)

    def _date_in(self, line: Line, place: str) -> Datum | None:
        found = next(find_dates(line.text), None)
        return Datum(found.iso, Span(line.span.start + found.start, line.span.start + found.end), place) if found else None

    def other_document_date(self, date: Datum | None, published: Datum | None) -> list[tuple[str, Datum, Datum]]:
        """A date of the document in the header that is not the one under the signature. Many sites put the day of publication
        there; that is no contradiction."""
        labelled = self._labelled_date("label-document-date") if date and date.place == "signature" else None
        if date is None or labelled is None or labelled.value in (date.value, published.value if published else ""):
            return []
        return [("document_date", date, labelled)]

    def other_title(self, title: Datum | None, year: int | None) -> list[tuple[str, Datum, Datum]]:
        """The same title with another year in the file's own description."""
        if title is None or year is None:
            return []
        for name in ("title", "page_title"):
            hint = self.document.comparable(self.document.hints.get(name, ""))
            bare = _DIGITS.sub("", self.document.comparable(title.value))
            years = {int(found) for found in _DIGITS.findall(hint)}
            if years and year not in years and bare in _DIGITS.sub("", hint):
                return [("title", title, Datum(self.document.hints[name], None, "file"))]
        return []

    def _under_title(self, line: Line) -> bool:
        """Whether a line is the date in brackets under the title: that of the document, not of its publication."""
        below = line.number - self.page.title[-1].number if self.page.title else 0
        return 0 < below <= 2 and line.text.startswith("(") and line.text.endswith("日)") and len(line.text) <= 20

    def publication_date(self) -> tuple[Datum | None, Datum | None]:
        """The publication date, and another one the page gives for it, if they differ."""
        labelled = self._labelled_date("label-publication-date")
        hint = parse_date(self.document.hints.get("publication_date", ""))
        if labelled:
            if hint and hint.isoformat() != labelled.value:
                return labelled, Datum(hint.isoformat(), None, "file")
            others = (self._dates_after(start, end) for start, end in self._labelled("label-publication-date") if not self._later(start))
            return labelled, next((other for other in others if other and other.value != labelled.value), None)
        if hint:
            return Datum(hint.isoformat(), None, "file"), None
        title_at = self.page.title[0].number if self.page.title else 0
        near = sorted(self.page.header, key=lambda line: (line.number < title_at, abs(line.number - title_at)))
        for line in near:
            if (
                line.number < title_at - 6
                or len(line.text) > 60
                or self._under_title(line)
                or any("日期" in self.text[a:b] or "时间" in self.text[a:b] for a, b in self._labels(line))
            ):
                continue
            if not re.search(r"星期|今天|现在", line.text) and (date := self._date_in(line, "header")):
                return date, None
        return None, None

    # -- year and level

    def year(self, title: Datum | None, document_date: Datum | None, publication_date: Datum | None) -> int | None:
        if title:
            for match in _YEAR.finditer(self.document.comparable(title.value)):
                value = int(match["y"]) if match["y"] else chinese_number(match["cy"])
                if value:
                    return value
        counts: dict[int, int] = {}
        for line in self.page.body:
            for match in re.finditer(r"(?<![\d〔(-])((?:20)\d\d)年(?=[,度来]|以来|[^\d]{0,2}[^\W\da-zA-Z_])", line.text[:400]):
                counts[int(match.group(1))] = counts.get(int(match.group(1)), 0) + (3 if match.start() < 3 else 1)
        if counts:
            dated = document_date or publication_date
            if dated:
                before = int(dated.value[:4]) - (1 if int(dated.value[5:7]) <= 9 else 0)
                if before in counts:
                    return before
            return max(counts, key=lambda y: (counts[y], -y))
        dated = document_date or publication_date
        return int(dated.value[:4]) - 1 if dated else None

    def level(self, issuer: Datum | None, title: Datum | None, addressee: Datum | None) -> str | None:
        name = self.document.comparable(issuer.value) if issuer else ""
        head = self.document.comparable(title.value) if title else ""
        for candidate in (name, head):
            level = self._level_of(candidate)
            if level == "city":
                return self._city_or_county(candidate, addressee)
            if level:
                return level
        return None

    def _level_of(self, words: str) -> str | None:
        """The level of the last organ in the words: a department's name ends in its own suffix, a government's in its place."""
        if not words:
            return None
        first = words.split("、")[-1]
        cut = _ORGAN_TAIL.search(first)
        first = first[: cut.start()] if cut else first
        sets = {
            level: {self.text[a:b] for a, b in self.hits.get(f"lexicon.level-{level}")}
            for level in ("department", "township", "county", "province", "city")
        }
        stripped = re.sub(r"(?:人民政府办公厅|人民政府办公室|人民政府|委员会|党工委|党委|政府)$", "", first)
        if first == stripped:
            for suffix in sorted(sets["department"], key=len, reverse=True):
                if first.endswith(suffix):
                    return "department"
        elif first.endswith("委员会") and not re.match(r"中共|中国共产党", first):
            for suffix in sets["department"]:
                if first.endswith(suffix):
                    return "department"
        for level in ("township", "county", "province", "city"):
            for suffix in sorted(sets[level], key=len, reverse=True):
                if first.endswith(suffix) or stripped.endswith(suffix):
                    return level
        return None

    def _city_or_county(self, name: str, addressee: Datum | None) -> str:
        """Whether a 市 is a prefecture-level city or a county-level one: by the addressee, then by what lies below it."""
        to = addressee.value if addressee else ""
        if re.search(r"省|自治区", to):
            return "city"
        if re.search(r"市|州|盟|地委|行署", to):
            return "county"
        city = len(self.hits.get("lexicon.city-signs"))
        county = len(self.hits.get("lexicon.county-signs"))
        return "county" if county > max(2 * city, 2) else "city"


def _split_joint(words: str) -> list[str]:
    """中共甲县委员会甲县人民政府 -> the two organs."""
    parts = re.split(r"(?<=委员会)(?=[^\W\da-zA-Z_]{2,14}(?:人民政府|政府)$)|(?<=委)(?=[^\W\da-zA-Z_]{2,12}人民政府$)", words)
    return [part for part in parts if part] if words.startswith(("中共", "中国共产党")) else [words]
