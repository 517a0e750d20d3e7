"""Which lines of a page are the report: title, header, body, signature; everything else is site furniture.

Published pages carry navigation before, tools and related links after, and sometimes counters inside the report.
Furniture is never evidence, so only the lines listed in ``Page.body`` are looked at by checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Document
from scorer.parsing.lines import NUMBERED, WHOLE_DATE, Line, Marks, lines_of, prose
from scorer.parsing.titles import FULL_TITLE, TITLE_LINES, TITLE_MAX, find_title, title_score
from scorer.rulepack.phrases import Hits
from scorer.text.dates import find_dates
from scorer.text.sentences import SENTENCE_END

ANNEX_MIN = 200
"""Less text below a title is no document of its own."""
PREAMBLE_MIN = 10
LETTER_LINES, LETTER_MAX = 25, 800
"""A letter that sends a report is no longer."""
_BELOW = ("附件", "(此件", "联系人", "抄送", "(联系", "主送")
"""What offices write below the date."""
_ANNEX = re.compile(r"附(?:件|表|录)[\d一二三四五六七八九十]{0,2}:?")


class Page(NamedTuple):
    """The lines of a document by what they are for. ``title`` may stand over several lines; ``annex`` is the first line of
    another document in the same file (an annex, a second report), which is no part of the report. ``cover`` are the lines of a
    letter that sends the report: addressee, date and signature are the letter's, title and body those of its annex."""

    lines: tuple[Line, ...]
    title: tuple[Line, ...]
    header: tuple[Line, ...]
    body: tuple[Line, ...]
    signature: tuple[Line, ...]
    footer: tuple[Line, ...]
    annex: Line | None = None
    cover: tuple[Line, ...] = ()


def read_page(document: Document, hits: Hits) -> Page:
    """Part a document into title, header, body, signature and footer."""
    lines = lines_of(document)
    marks = Marks(lines, hits)
    first_body = _first_body(lines, marks)
    title = find_title(lines, marks, first_body)
    marks.own = "".join(line.text for line in title).removeprefix("关于")
    # A draft without a title may begin with its first heading.
    first_body = _first_body(lines, marks, title[-1].number + 1 if title else 0, titled=True)
    sent = _sent(lines, marks, first_body)
    letter: list[Line] = []
    if sent:
        letter = [line for line in lines[first_body : sent[0].number] if not marks.furniture(line)]
        title = sent
        first_body = _first_body(lines, marks, sent[-1].number + 1, titled=True)
    body_end = _body_end(lines, marks, first_body)
    told = [line for line in lines[first_body:body_end] if line not in title and (not marks.furniture(line) or _ANNEX.fullmatch(line.text))]
    annex = _annex(told, marks)
    inside = [line for line in told if not marks.furniture(line) and (annex is None or line.number < annex.number)]
    inside = _signed_off(inside, marks)
    signature = _signature(inside, marks)
    kept = inside[: len(inside) - len(signature)] if signature else inside
    signature = _signature(letter, marks) or signature
    chosen = {line.number for line in (*title, *inside, *signature)}
    header = tuple(line for line in lines[:first_body] if line.number not in chosen)
    footer = tuple(line for line in lines[first_body:] if line.number not in chosen)
    cover = tuple(line for line in letter if line.number not in chosen)
    return Page(lines, title, header, tuple(kept), tuple(signature), footer, annex, cover)


def _sent(lines: Sequence[Line], marks: Marks, first: int) -> tuple[Line, ...]:
    """The title of a report that a letter before it sends: below the letter's signature or the word 附件, with a text after it that
    is longer than the letter; empty where there is no letter."""
    length = 0
    for index in range(first, min(first + LETTER_LINES, len(lines))):
        line = lines[index]
        length += len(line.text)
        if length > LETTER_MAX or NUMBERED.match(line.text):
            break
        if index == first or (marks.furniture(line) and not _ANNEX.fullmatch(line.text)):
            continue
        begin = index + 1 if _ANNEX.fullmatch(line.text) else index
        if not _signed(lines[max(first, begin - 4) : begin], marks) or (begin == index and WHOLE_DATE.fullmatch(line.text)):
            continue
        groups = [tuple(lines[begin : begin + width]) for width in range(1, TITLE_LINES + 1)]
        best = max(groups, key=lambda group: (title_score(group, marks), -len(group)))
        if title_score(best, marks) < FULL_TITLE or best[0].text.startswith(_BELOW):
            continue
        after = sum(len(other.text) for other in lines[best[-1].number + 1 :] if not marks.furniture(other))
        return best if after >= max(2 * ANNEX_MIN, 2 * length) else ()
    return ()


def _first_body(lines: Sequence[Line], marks: Marks, after: int = 0, *, titled: bool = False) -> int:
    """The first line of the report itself: an addressee, a numbered heading or a line of prose."""
    for index in range(after, len(lines)):
        line = lines[index]
        if line.outside or (marks.furniture(line) and not prose(line)):
            continue
        if line.text.endswith(":") and len(line.text) <= 60 and marks.has(line, "superior") and not marks.labels.get(line.number):
            return index
        if prose(line) and marks.labels.get(line.number, 0) < 2:
            return index
        if len(line.text) >= PREAMBLE_MIN and marks.has(line, "preamble-end") and not marks.labels.get(line.number):
            return index  # one sentence that ends in 报告如下, whatever its sign
        if NUMBERED.match(line.text) and titled and marks.labels.get(line.number, 0) == 0:
            return index
        if after and line.level is not None and len(line.text) <= TITLE_MAX and index > after:
            return index
        if after and len(line.text) >= 12 and SENTENCE_END.search(line.text) and not marks.labels.get(line.number):
            return index
    return after if after < len(lines) else len(lines)


def _body_end(lines: Sequence[Line], marks: Marks, first: int) -> int:
    """One past the last line of the report: a footer mark after which no more of the report comes."""
    ends = [i for i in range(first, len(lines)) if lines[i].outside or (marks.has(lines[i], "footer") and marks.furniture(lines[i]))]
    # From the end upwards: what of the report comes after each mark.
    found, last = len(lines), len(lines)
    more = numbered = length = 0
    for index in reversed(ends):
        for other in lines[index + 1 : last]:
            if not marks.furniture(other):
                more += prose(other)
                numbered += bool(NUMBERED.match(other.text)) and len(other.text) > 12
                length += len(other.text)
        last = index + 1
        # An annex in full, not the list of files to fetch.
        annex = length >= ANNEX_MIN and _ANNEX.fullmatch(lines[index].text) and _signed(lines[max(first, index - 3) : index], marks)
        if more < 2 and numbered < 2 and not (more and numbered) and not annex:
            found = index
    return found


def _annex(body: Sequence[Line], marks: Marks) -> Line | None:
    """Where another document begins: a title of this kind or 附件 on a line of its own, below a signature or far down, with
    enough text after it to be a document."""
    rest = sum(len(line.text) for line in body[4:])
    for index, line in enumerate(body[4:], 4):
        text = line.text
        rest -= len(text)
        if rest < ANNEX_MIN:
            return None
        if len(text) > TITLE_MAX or SENTENCE_END.search(text) or NUMBERED.match(text) or WHOLE_DATE.fullmatch(text):
            continue
        signed = _signed(body[index - 3 : index], marks)
        titled = title_score((line,), marks) >= FULL_TITLE or title_score(tuple(body[index : index + 2]), marks) >= FULL_TITLE
        if (signed and (titled or _ANNEX.fullmatch(text))) or (titled and re.search(r"(?:19|20)\d\d", text)):
            return line
    return None


def _signed(above: Sequence[Line], marks: Marks) -> bool:
    """Whether one of the lines is that of a signature: a date or an organ, and nothing else."""
    return any(WHOLE_DATE.fullmatch(line.text) or marks.organ(line) for line in above)


def _signed_off(body: Sequence[Line], marks: Marks) -> list[Line]:
    """The lines up to organ and date, where nothing of a report comes after them: links to other pages stand there."""
    for index in range(len(body) - 1, 2, -1):
        line = body[index]
        if prose(line) or NUMBERED.match(line.text):
            break
        if WHOLE_DATE.fullmatch(line.text) and marks.organ(body[index - 1]):
            below = [other for other in body[index + 1 :] if other.text.startswith(_BELOW)]
            return [*body[: index + 1], *below]
    return list(body)


def _signature(body: Sequence[Line], marks: Marks) -> list[Line]:
    """The organ and date lines that end the report."""
    tail: list[Line] = []
    dated = False
    for line in reversed(body[-8:]):
        text = line.text
        date = next(iter(find_dates(text)), None)
        if WHOLE_DATE.fullmatch(text) or (
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
