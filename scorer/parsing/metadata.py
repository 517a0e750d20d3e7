"""What the page says about the report: title, issuer, addressee, dates, numbers, report year and level.

Header lines and index tables are read by their labels; where labels are silent the title, the signature and the file's
own hints speak. Every value remembers where it comes from, because some elements are only met by certain places.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from scorer.document import Document, Span
from scorer.parsing.labels import Datum, Labels
from scorer.parsing.mandate import mandate
from scorer.parsing.organs import is_place, issuer_of
from scorer.parsing.page import Page
from scorer.parsing.pagedates import document_date, other_document_date, publication_date
from scorer.parsing.tiers import level_of
from scorer.rulepack.phrases import Hits
from scorer.text.numerals import chinese_number
from scorer.vocabulary import Field, Level, Place

__all__ = ["Datum", "Metadata", "read_metadata"]

_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)|(?P<cy>二[〇零○][一二三四五六七八九〇零○]{2})(?=年)")
_NUMBER = r"[^\W\d_]{1,14}[〔\[(]\d{4}[〕\])]第?\d{1,6}号"
_DOCUMENT_NUMBER = re.compile(rf"{_NUMBER}|[^\W\da-zA-Z_]{{2,10}}\d{{4}}年第?\d{{1,6}}号")
# The number on its own line: after 文件, before the name of who signed.
_OWN_NUMBER = re.compile(rf"(?:[^\W\d_]{{2,30}}文件)?[(〔\[]?(?P<n>{_NUMBER})[)〕\]]?(?:签发人?:?\S{{0,12}})?")
_IN_TITLE = re.compile(rf"[(〔\[]?(?P<n>{_NUMBER})[)〕\]]?")
# Latin letters and digits before four Chinese characters or more (the next cell), or else anything with a digit and no run of words.
_INDEX = re.compile(
    r"(?=[A-Z/.-]{0,40}\d)[A-Za-z0-9][A-Za-z0-9/.-]{4,60}[A-Za-z0-9](?=[^\W\da-zA-Z_]{4}|\||$)|(?=[^\s|]{0,40}\d)(?![^\s|]{0,40}[^\W\da-zA-Z_]{7})[\w(〔][\w\-/.()〔〕]{3,60}"
)
_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED_TEXT = re.compile(r"\d年|^[一二三四五六七八九十(]")
# A column's tag before a title, in brackets.
_TAG = re.compile(r"^(?:[\[【〔［][^\]】〕］]{1,16}[\]】〕］]\s*)+(?=.{8})")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_FILE_NAME = re.compile(r"\.(?:docx?|wps|pdf|ofd|rtf|html?|txt)$", re.IGNORECASE)
_TAG_AFTER = re.compile(r"\s{0,8}[(（\[【［](?:图|附图|全文|公开稿|组图|置顶)[)）\]】］]$")
_SENT = re.compile(r"^.{0,30}《(?P<inner>[^《》]{8,70})》的?.{0,6}$")
_LEAD = re.compile(r"现(?:将|就)(?P<title>[^,。;:!?\n]{8,60}?(?:报告|总结))(?=如下|公布|公开|报告|汇报|予以|[,。:]|于下)")
_LEAD_YEAR = re.compile(r"(?<!\d)(20\d\d)年度?[^\d,。;]{0,20}$")
_BODY_YEAR = re.compile(r"(?<![\d〔(-])(20\d\d)年(?=[,度来]|以来|[^\d]{0,2}[^\W\da-zA-Z_])")
LEAD_LINES = 4
FIRST_LINES = 2
LEFT_OVER = 3
"""A template is so many years old at most."""
NUMBER_ABOVE = 6
"""A document number on its own line stands so many lines above the title at most."""


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
    submission_date: Datum | None = None
    """When it was handed in, as its receiver knows; never read from the page and no date of the document's own."""
    conflicts: tuple[tuple[str, Datum, Datum], ...] = field(default=())

    def date(self, name: str) -> datetime.date | None:
        """``document_date`` or ``publication_date`` as a date."""
        datum: Datum | None = getattr(self, name)
        return datetime.date.fromisoformat(datum.value) if datum else None


def read_metadata(document: Document, page: Page, hits: Hits) -> Metadata:
    """All metadata of a page. ``hits`` are the pack's phrases in ``document.folded.text``."""
    labels = Labels(document, page, hits)
    title = _title(labels) or _lead_title(labels)
    given = mandate(labels)
    addressee = _addressee(labels) or (given.to if given else None)
    written = document_date(labels)
    published, other = publication_date(labels)
    issuer, publisher = issuer_of(labels, title, given.organ if given else None)
    number = labels.value("label-document-number", _DOCUMENT_NUMBER) or _own_number(labels)
    year = _year(labels, title, written, published)
    conflicts: list[tuple[Field, Datum, Datum]] = []
    if published and other:
        conflicts.append((Field.PUBLICATION_DATE, published, other))
    conflicts += other_document_date(labels, written, published)
    conflicts += _other_title(labels, title, year)
    level: Level | None = level_of(labels, issuer, title, addressee, number)
    return Metadata(
        title=title,
        issuer=issuer,
        addressee=addressee,
        document_date=written,
        publication_date=published,
        index_number=labels.value("label-index", _INDEX),
        document_number=number,
        report_year=year,
        level=level,
        publisher=publisher,
        conflicts=tuple(conflicts),
    )


def _title(labels: Labels) -> Datum | None:
    """The title on one line, without its label, its column's tag and the document number; a title inside a title counts."""
    if not labels.page.title:
        return None
    parts = []
    for line in labels.page.title:
        start = line.span.start
        while start < line.span.end and labels.text[start] in "| ":
            start += 1
        for first, last in labels.within("label-title", line.span):
            if first == start:
                start = last + (1 if labels.text[last : last + 1] == ":" else 0)
        parts.append(labels.plain(start, line.span.end))
    words = parts[0]
    for part in parts[1:]:
        # Organs of a joint report stay apart; the other lines of a broken title join without a gap.
        apart = labels.organs(part) and labels.organs(words.split(" ")[-1])
        words += (" " if apart else "") + part
    words = _without_number(labels, words)
    words = _TAG_AFTER.sub("", _TAG.sub("", _FILE_NAME.sub("", words))).strip("—-–·　 |")
    sent = _SENT.match(words)
    if sent and any(word in labels.document.comparable(sent["inner"]) for word in labels.words("report-subject")):
        words = sent["inner"]
    return Datum(words.translate(_FULL_WIDTH), Span(labels.page.title[0].span.start, labels.page.title[-1].span.end), Place.TITLE)


def _without_number(labels: Labels, words: str) -> str:
    folded = labels.document.comparable(words)
    found = _IN_TITLE.search(folded)
    if not found:
        return words
    start, end = found.span("n")
    # A number has no spaces in it and its signs are as wide folded as they were: places are the same where no spaces are.
    if len(folded) != len(words):
        words = folded
    head, tail = words[: found.start()], words[found.end() :]
    # 甲山市人民政府甲政发〔2025〕7号关于…: the organ before the number is no part of it.
    organ = _organ_end(labels, _letters(folded[start:end]))
    return (head + folded[start : start + organ] + tail).strip()


def _letters(number: str) -> str:
    """What stands before the year of a document number."""
    return re.split(r"[〔\[(]", number)[0]


def _organ_end(labels: Labels, words: str) -> int:
    """How much at the head of the letters before a document number is the name of an organ."""
    return max((at + len(word) for word in labels.words("organ-suffix") if len(word) > 1 and (at := words.rfind(word)) >= 0), default=0)


def _lead_title(labels: Labels) -> Datum | None:
    """The title that only the first sentence names: 现将甲县人民政府2024年法治政府建设情况报告如下."""
    for line in labels.page.body[:LEAD_LINES]:
        found = _LEAD.search(line.text)
        if not found or not _YEAR.search(found["title"]):
            continue
        span = Span(line.span.start + found.start("title"), line.span.start + found.end("title"))
        head = _YEAR.split(found["title"])[0].removesuffix("关于")
        named = is_place(labels, head) or (labels.organs(head) and head not in labels.words("own-organ"))
        if labels.any("report-subject", span) and named and found["title"] != head:
            return Datum(labels.plain(*span), span, Place.BODY)
    return None


def _addressee(labels: Labels) -> Datum | None:
    for line in (*labels.page.cover, *labels.page.body[:3]):
        if (
            line.text.endswith(":")
            and len(line.text) <= 60
            and labels.any("superior", line.span)
            and not labels.any("not-addressee", line.span)
            and not _DATED_TEXT.search(line.text)
        ):
            return Datum(labels.plain(*line.span).rstrip("：:"), line.span, Place.BODY)
    return None


def _own_number(labels: Labels) -> Datum | None:
    """A document number on a line of its own above or below the title, or in the title."""
    first = (*labels.page.cover, *labels.page.title)[:1]
    near = first[0].number - NUMBER_ABOVE if first else 0
    for line in (*(line for line in labels.page.header if line.number >= near), *labels.page.cover, *labels.page.body[:1]):
        if found := _OWN_NUMBER.fullmatch(line.text):
            start = found.start("n")
            return _number(labels, Span(line.span.start + start, line.span.start + found.end("n")))
    for line in labels.page.title:
        if found := _IN_TITLE.search(line.text):
            start = found.start("n") + _organ_end(labels, _letters(found["n"]))
            return _number(labels, Span(line.span.start + start, line.span.start + found.end("n")))
    return None


def _number(labels: Labels, span: Span) -> Datum:
    return Datum(labels.plain(*span), span, Place.HEADER)


def _other_title(labels: Labels, title: Datum | None, year: int | None) -> list[tuple[Field, Datum, Datum]]:
    """The same title with another year in the file's own description."""
    if title is None or year is None:
        return []
    document = labels.document
    for name in ("title", "page_title"):
        hint = document.comparable(document.hints.get(name, ""))
        bare = _DIGITS.sub("", document.comparable(title.value))
        years = {int(found) for found in _DIGITS.findall(hint)}
        if years and year not in years and bare in _DIGITS.sub("", hint):
            return [(Field.TITLE, title, Datum(document.hints[name], None, Place.FILE))]
    return []


def _year(labels: Labels, title: Datum | None, written: Datum | None, published: Datum | None) -> int | None:
    """The year of the title, else of the sentence that announces the report, else the one its parts speak of.

    A title left over from another year does not make all that is told belong to that one: where the report was written in the
    year after another, and its parts speak of that one throughout, the title is what is wrong.
    """
    dated = written or published
    before = int(dated.value[:4]) - (1 if int(dated.value[5:7]) <= 9 else 0) if dated else None
    if title:
        for match in _YEAR.finditer(labels.document.comparable(title.value)):
            value = int(match["y"]) if match["y"] else chinese_number(match["cy"])
            if value:
                return before if before and 0 < abs(before - value) <= LEFT_OVER and _told_of(labels, before, value) else value
    for line in labels.page.body[:LEAD_LINES]:
        for subject in labels.within("report-subject", line.span):
            told = _LEAD_YEAR.search(line.text[max(0, subject.start - line.span.start - 24) : subject.start - line.span.start])
            if told and labels.any("preamble-end", line.span):
                return int(told[1])
    counts = _counted(labels)
    if counts:
        if before in counts:
            return before
        return max(counts, key=lambda year: (counts[year], -year))
    return int(dated.value[:4]) - 1 if dated else None


def _counted(labels: Labels) -> dict[int, int]:
    """How often the body speaks of each year; where a line begins with one, it counts three times."""
    counts: dict[int, int] = {}
    for line in labels.page.body:
        for match in _BODY_YEAR.finditer(line.text[:400]):
            counts[int(match[1])] = counts.get(int(match[1]), 0) + (3 if match.start() < 3 else 1)
    return counts


def _told_of(labels: Labels, year: int, title: int) -> bool:
    """Whether the report tells of a year and not of the one of its title: in its first lines, and all in all."""
    first = {int(match[1]) for line in labels.page.body[:FIRST_LINES] for match in _BODY_YEAR.finditer(line.text[:400])}
    counts = _counted(labels)
    return year in first and title not in first and counts[year] > counts.get(title, 0)
