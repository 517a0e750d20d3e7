"""Which lines of a page are the report: title, header, body, signature; everything else is site furniture.

Published pages carry navigation before, tools and related links after, and sometimes counters inside the report.
Furniture is never evidence, so only the lines listed in ``Page.body`` are looked at by checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Document, Span
from scorer.rulepack.phrases import Hits
from scorer.text.dates import find_dates
from scorer.text.sentences import SENTENCE_END

LONG_LINE = 45
TITLE_MAX = 70
HEADER_LINES = 80
ANNEX_MIN = 200
"""Less text below a title is no document of its own."""
LABEL_WITHIN = 40
_BELOW = ("附件", "(此件", "联系人", "抄送", "(联系", "主送")
"""What offices write below the date."""
FULL_TITLE = 8
"""The score of a line that names subject, genre and year or organ: nothing but a title does."""
_ANNEX = re.compile(r"附(?:件|表|录)[\d一二三四五六七八九十]{0,2}:?")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]部分|\d{1,2}[、.])")
_WHOLE_DATE = re.compile(
    r"\(?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日?|[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})\)?"
)
_ABOUT = re.compile(r"关于|(?:19|20)\d\d年")


class Line(NamedTuple):
    """One line of the folded text. ``level`` is the heading level that the file format states, if any."""

    number: int
    span: Span
    text: str
    level: int | None
    outside: bool


class Page(NamedTuple):
    """The lines of a document by what they are for. ``title`` may stand over several lines; ``annex`` is the first line of
    another document in the same file (an annex, a second report), which is no part of the report."""

    lines: tuple[Line, ...]
    title: tuple[Line, ...]
    header: tuple[Line, ...]
    body: tuple[Line, ...]
    signature: tuple[Line, ...]
    footer: tuple[Line, ...]
    annex: Line | None = None


def lines_of(document: Document) -> tuple[Line, ...]:
    """The folded lines of a document."""
    folded = document.folded
    result = []
    for number, (start, paragraph) in enumerate(zip(folded.line_starts, document.paragraphs, strict=True)):
        end = folded.line_starts[number + 1] - 1 if number + 1 < len(folded.line_starts) else len(folded.text)
        result.append(Line(number, Span(start, end), folded.text[start:end], paragraph.level, paragraph.outside))
    return tuple(result)


def read_page(document: Document, hits: Hits) -> Page:
    """Part a document into title, header, body, signature and footer."""
    lines = lines_of(document)
    marks = _Marks(lines, hits)
    first_body = _first_body(lines, marks)
    title = _title(lines, marks, first_body)
    # A draft without a title may begin with its first heading.
    first_body = _first_body(lines, marks, title[-1].number + 1 if title else 0, titled=True)
    body_end = _body_end(lines, marks, first_body)
    told = [line for line in lines[first_body:body_end] if line not in title and (not marks.furniture(line) or _ANNEX.fullmatch(line.text))]
    annex = _annex(told, marks)
    inside = [line for line in told if not marks.furniture(line) and (annex is None or line.number < annex.number)]
    inside = _signed_off(inside, marks)
    signature = _signature(inside, marks)
    kept = inside[: len(inside) - len(signature)] if signature else inside
    chosen = {line.number for line in (*title, *inside)}
    header = tuple(line for line in lines[:first_body] if line.number not in chosen)
    footer = tuple(line for line in lines[first_body:] if line.number not in chosen)
    return Page(lines, title, header, tuple(kept), tuple(signature), footer, annex)


class _Marks:
    """What the pack's words say about each line."""

    def __init__(self, lines: Sequence[Line], hits: Hits) -> None:
        self._hits = hits
        self.labels: dict[int, int] = {}
        for line in lines:
            start, end = line.span
            count = sum(1 for hit, _ in hits.among("lexicon.label-", start, end) if hit.start - start <= LABEL_WITHIN)
            if count:
                self.labels[line.number] = count

    def has(self, line: Line, name: str) -> bool:
        return self._hits.any(f"lexicon.{name}", *line.span)

    def _in(self, line: Line, name: str) -> list[Span]:
        return self._hits.within(f"lexicon.{name}", *line.span)

    def organ(self, line: Line) -> bool:
        """Whether the line is nothing but the name of one or more organs."""
        ends = [end for _, end in self._in(line, "organ-suffix")]
        return bool(ends) and len(line.text) <= 50 and line.span.end in ends and not SENTENCE_END.search(line.text)

    def organ_before(self, group: tuple[Line, ...]) -> bool:
        """Whether the title begins with an organ: its name ends where 关于 or the year begins, or at the end of its line."""
        if len(group) > 1 and self.organ(group[0]):
            return True
        line = group[0]
        about = _ABOUT.search(line.text)
        return about is not None and line.span.start + about.start() in [end for _, end in self._in(line, "organ-suffix")]

    def furniture(self, line: Line) -> bool:
        """A short line that belongs to the site: a tool, a counter, a breadcrumb."""
        if line.outside:
            return True
        if len(line.text) > 60 and SENTENCE_END.search(line.text):
            return False
        if self.has(line, "furniture") or self.has(line, "footer"):
            hits = (hit for name in ("furniture", "footer") for hit in self._in(line, name))
            covered = len({place for hit in hits for place in range(*hit)})
            if line.text.endswith("。") and not self.has(line, "site"):
                return covered * 2 >= len(line.text)  # a sentence may speak of 下载 and 承办单位
            return covered * 3 >= len(line.text) or len(line.text) <= 30
        if self.has(line, "spam") and not self.has(line, "spam-lawful"):
            covered = sum(end - start for start, end in self._in(line, "spam"))
            return covered * 3 >= len(line.text) or len(line.text) <= 20
        return line.text.count(">") >= 2 or not re.search(r"[^\Wa-zA-Z_]", line.text)


def prose(line: Line) -> bool:
    """Whether a line is running text."""
    return len(line.text) >= LONG_LINE and bool(SENTENCE_END.search(line.text))


def _first_body(lines: Sequence[Line], marks: _Marks, after: int = 0, *, titled: bool = False) -> int:
    """The first line of the report itself: an addressee, a numbered heading or a line of prose."""
    for index in range(after, len(lines)):
        line = lines[index]
        if line.outside or (marks.furniture(line) and not prose(line)):
            continue
        if line.text.endswith(":") and len(line.text) <= 60 and marks.has(line, "superior") and not marks.labels.get(line.number):
            return index
        if prose(line) and marks.labels.get(line.number, 0) < 2:
            return index
        if _NUMBERED.match(line.text) and titled and marks.labels.get(line.number, 0) == 0:
            return index
        if after and line.level is not None and len(line.text) <= TITLE_MAX and index > after:
            return index
        if after and len(line.text) >= 12 and SENTENCE_END.search(line.text) and not marks.labels.get(line.number):
            return index
    return after if after < len(lines) else len(lines)


def _title(lines: Sequence[Line], marks: _Marks, first_body: int) -> tuple[Line, ...]:
    """The lines of the title: the last candidate before the body, widened to the lines it is broken over."""
    limit = min(max(first_body + 1, 12), len(lines), HEADER_LINES + first_body)
    candidates: list[tuple[int, int, tuple[Line, ...]]] = []
    for index in range(limit):
        for width in (1, 2, 3, 4):
            group = tuple(lines[index : index + width])
            if len(group) < width or any(_NUMBERED.match(line.text) and len(line.text) < 60 for line in group):
                continue
            score = _title_score(group, marks)
            if score:
                candidates.append((score, index, group))
    if not candidates:
        return ()
    best = max(score for score, _, _ in candidates)
    # Of equals the last one before the body is the report's own; those above it are the browser's and the breadcrumb's.
    return max((c for c in candidates if c[0] == best), key=lambda c: (c[1] <= first_body, c[1], -len(c[2])))[2]


def _title_score(group: tuple[Line, ...], marks: _Marks) -> int:
    text = "".join(line.text for line in group)
    if (
        len(text) > TITLE_MAX
        or SENTENCE_END.search(text)
        or re.search(r"[,:]$|如下", text)
        or text.count(">")
        or text.startswith("《")
        or "..." in text
        or "…" in text
    ):
        return 0
    if any((marks.furniture(line) and not line.outside) or _WHOLE_DATE.fullmatch(line.text) for line in group):
        return 0
    if any(marks.labels.get(line.number) and not marks.has(line, "label-title") for line in group):
        return 0
    subject = any(marks.has(line, "report-subject") for line in group)
    genre = any(marks.has(line, "report-genre") for line in group)
    if not subject:
        return 0
    if len(group) > 1:
        # A title goes on from one line to the next only where a part of it is no title by itself.
        for line in group[1:]:
            if marks.has(line, "report-subject") and marks.has(group[0], "report-subject"):
                return 0
        organs = next((i for i, line in enumerate(group) if not marks.organ(line)), len(group))
        if 0 < organs < len(group) and group[organs - 1].text[:2] == group[organs].text[:2]:
            return 0  # the title names its organ itself; the line above is the name of the site
        if not (marks.organ(group[0]) or _ABOUT.search(group[0].text)) or len(group[-1].text) > 40:
            return 0
        if not marks.organ(group[0]) and marks.has(group[0], "report-genre") and marks.has(group[0], "report-subject"):
            return 0
    score = 3 * subject + 3 * genre + (2 if re.search(r"(?:19|20)\d\d|[二][〇零○]", text) else 0) + (1 if "关于" in text else 0)
    if marks.organ_before(group):
        score += 1 + max(1, sum(1 for line in group if marks.organ(line)))
    return score


def _body_end(lines: Sequence[Line], marks: _Marks, first: int) -> int:
    """One past the last line of the report: a footer mark after which no more of the report comes."""
    ends = [i for i in range(first, len(lines)) if lines[i].outside or (marks.has(lines[i], "footer") and marks.furniture(lines[i]))]
    # From the end upwards: what of the report comes after each mark.
    found, last = len(lines), len(lines)
    more = numbered = length = 0
    for index in reversed(ends):
        for other in lines[index + 1 : last]:
            if not marks.furniture(other):
                more += prose(other)
                numbered += bool(_NUMBERED.match(other.text)) and len(other.text) > 12
                length += len(other.text)
        last = index + 1
        # An annex in full, not the list of files to fetch.
        annex = length >= ANNEX_MIN and _ANNEX.fullmatch(lines[index].text) and _signed(lines[max(first, index - 3) : index], marks)
        if more < 2 and numbered < 2 and not (more and numbered) and not annex:
            found = index
    return found


def _annex(body: Sequence[Line], marks: _Marks) -> Line | None:
    """Where another document begins: a title of this kind or 附件 on a line of its own, below a signature or far down, with
    enough text after it to be a document."""
    rest = sum(len(line.text) for line in body[4:])
    for index, line in enumerate(body[4:], 4):
        text = line.text
        rest -= len(text)
        if rest < ANNEX_MIN:
            return None
        if len(text) > TITLE_MAX or SENTENCE_END.search(text) or _NUMBERED.match(text) or _WHOLE_DATE.fullmatch(text):
            continue
        signed = _signed(body[index - 3 : index], marks)
        titled = _title_score((line,), marks) >= FULL_TITLE or _title_score(tuple(body[index : index + 2]), marks) >= FULL_TITLE
        if (signed and (titled or _ANNEX.fullmatch(text))) or (titled and re.search(r"(?:19|20)\d\d", text)):
            return line
    return None


def _signed(above: Sequence[Line], marks: _Marks) -> bool:
    """Whether one of the lines is that of a signature: a date or an organ, and nothing else."""
    return any(_WHOLE_DATE.fullmatch(line.text) or marks.organ(line) for line in above)


def _signed_off(body: Sequence[Line], marks: _Marks) -> list[Line]:
    """The lines up to organ and date, where nothing of a report comes after them: links to other pages stand there."""
    for index in range(len(body) - 1, 2, -1):
        line = body[index]
        if prose(line) or _NUMBERED.match(line.text):
            break
        if _WHOLE_DATE.fullmatch(line.text) and marks.organ(body[index - 1]):
            below = [other for other in body[index + 1 :] if other.text.startswith(_BELOW)]
            return [*body[: index + 1], *below]
    return list(body)


def _signature(body: Sequence[Line], marks: _Marks) -> list[Line]:
    """The organ and date lines that end the report."""
    tail: list[Line] = []
    dated = False
    for line in reversed(body[-8:]):
        text = line.text
        date = next(iter(find_dates(text)), None)
        if _WHOLE_DATE.fullmatch(text) or (
            date and len(text) - (date.end - date.start) <= 30 and not SENTENCE_END.search(text) and not marks.labels.get(line.number)
        ):
            if dated:
                break
            dated = True
            tail.insert(0, line)
        elif (
            marks.organ(line)
            or (len(text) <= 3 and not SENTENCE_END.search(text))
            or (tail and tail[0].number == line.number + 1 and text.startswith(("附件", "(此件", "联系人")))
        ):
            tail.insert(0, line)
        elif not dated and (text.startswith(_BELOW) or (len(text) < 12 and not SENTENCE_END.search(text))):
            tail.insert(0, line)  # what stands below the date: contact, copies, annexes
        else:
            break
    useful = any(marks.organ(line) or next(iter(find_dates(line.text)), None) for line in tail)
    return tail if useful else []
