"""The title of a report: which lines it stands over, and the title that only the first sentence names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.parsing.lines import ABOUT, NUMBERED, WHOLE_DATE, Line, Marks
from scorer.text.sentences import SENTENCE_END

TITLE_MAX = 70
TITLE_LINES = 6
HEADER_LINES = 80
FULL_TITLE = 8
"""The score of a line that names subject, genre and year or organ: nothing but a title does."""
COLUMN = 3
"""The score of a line with the subject alone: the name of a column of the site, no title."""
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇零○]")
_GOES_ON = re.compile(r"[的和与及暨]|(?:报告|总结)$")
_TAG = re.compile(r"(?:[\[【〔][^\]】〕]{1,16}[\]】〕])+")
"""The tag of a column of the site before a title."""
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|rtf)$", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:[的和与及暨、]|关于)$")


def find_title(lines: Sequence[Line], marks: Marks, first_body: int) -> tuple[Line, ...]:
    """The lines of the title: the last candidate before the body, widened to the lines it is broken over."""
    limit = min(max(first_body + 1, 12), len(lines), HEADER_LINES + first_body)
    candidates: list[tuple[int, int, tuple[Line, ...]]] = []
    for index in range(limit):
        for width in range(1, TITLE_LINES + 1):
            group = tuple(lines[index : index + width])
            if len(group) < width or any(NUMBERED.match(line.text) and len(line.text) < 60 for line in group):
                continue
            score = title_score(group, marks)
            if score:
                candidates.append((score, index, group))
    candidates = [candidate for candidate in candidates if candidate[0] > COLUMN]
    if not candidates:
        return ()
    best = max(score for score, _, _ in candidates)
    # Of equals the last one before the body is the report's own; those above it are the browser's and the breadcrumb's.
    return max((c for c in candidates if c[0] == best), key=lambda c: (c[1] <= first_body, c[1], -len(c[2])))[2]


def title_score(group: tuple[Line, ...], marks: Marks) -> int:
    """How much speaks for some lines being the title, 0 for what is none: subject and genre 3 each, the year 2, 关于 and organs 1."""
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
    if any((marks.furniture(line) and not line.outside) or WHOLE_DATE.fullmatch(line.text) for line in group):
        return 0
    if any(marks.labels.get(line.number) and not marks.has(line, "label-title") for line in group):
        return 0
    subject = marks.names(group, "report-subject")
    if not subject or (len(group) > 1 and not _goes_on(group, marks)):
        return 0
    genre = marks.names(group, "report-genre")
    score = 3 * subject + 3 * genre + (2 if _YEAR.search(text) else 0) + (1 if "关于" in text else 0)
    if marks.organ_before(group):
        score += 1 + max(1, sum(1 for line in group if marks.organ(line)))
    return score - 1 if _UNFINISHED.search(text) or _FILE.search(text) else score


def _goes_on(group: tuple[Line, ...], marks: Marks) -> bool:
    """Whether a title goes on from one line to the next: only where a part of it is no title by itself."""
    for line in group[1:]:
        tag = _TAG.match(group[0].text)
        if marks.has(line, "report-subject") and marks.has_after(group[0], "report-subject", tag.end() if tag else 0):
            return False
    organs = next((i for i, line in enumerate(group) if not marks.organ(line)), len(group))
    if 0 < organs < len(group) and group[organs - 1].text[:2] == group[organs].text[:2]:
        return False  # the title names its organ itself; the line above is the name of the site
    if not (marks.organ(group[0]) or ABOUT.search(group[0].text)) or len(group[-1].text) > 40:
        return False
    # Where the first line alone names subject and genre it is a title by itself, unless the next goes on from it.
    return (
        bool(_GOES_ON.match(group[1].text))
        or marks.organ(group[0])
        or not (marks.has(group[0], "report-genre") and marks.has(group[0], "report-subject"))
    )
