"""Labelled sentences: what people said of them, as a file and as data.

A file has one sentence a line, ``LABELS<TAB>SENTENCE``; ``LABELS`` is a comma list of ``ITEM=act``, ``ITEM=named`` (an outline
item without ``task.``) and of ``ROLES``. The list is complete: what it does not name does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scorer.document import fold
from scorer.errors import FazhiError

ROLES = ("shortcoming", "cause", "consequence", "arrangement", "principal", "principal-slogan", "body", "organ", "other")
ACT, ABOUT = "act:", "about:"
"""Beginnings of a label: the sentence tells of an act of the item; it is about the item at all."""
TAUGHT = ROLES[:-1]
MAX_LINES = 400_000
_ITEM = re.compile(r"(?:task\.)?([a-z]{1,40}(?:\.[a-z-]{1,40}){1,6})=(act|named)")


class Sample(NamedTuple):
    """One sentence (folded) with what is known of it: label -> whether it holds; labels not named are not known.

    ``source`` is the file or report it comes from: what is from one source is never both learned from and measured on.
    """

    text: str
    truth: Mapping[str, bool]
    source: str
    complete: bool
    """Whether all labels that ``truth`` does not name are known not to hold."""


def parsed(line: str, source: str) -> Sample | None:
    """A line of a file; None if it has not the form or a label is unknown."""
    labels, tab, sentence = line.partition("\t")
    text = fold(sentence)
    if not tab or not text or "\t" in sentence:
        return None
    truth: dict[str, bool] = {}
    for label in labels.split(","):
        item = _ITEM.fullmatch(label)
        if item:
            truth[ABOUT + item.group(1)] = True
            if item.group(2) == "act":
                truth[ACT + item.group(1)] = True
        elif label in ROLES:
            truth[label] = True
        else:
            return None
    if truth.pop("other", False) and truth:
        return None
    return Sample(text, truth, source, True)


def read_sentences(path: Path) -> tuple[list[Sample], list[int]]:
    """The sentences of a file, and the numbers of lines that have not the form. Raises ``FazhiError`` when it cannot be read."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FazhiError("读不到带标注的句子", where=str(path), remedy="应为 UTF-8 文本，每行“标注<Tab>句子”") from error
    if len(lines) > MAX_LINES:
        raise FazhiError(f"句子超过{MAX_LINES}行", where=str(path), remedy="请分成几个文件")
    found: list[Sample] = []
    wrong: list[int] = []
    for number, line in enumerate(lines, 1):
        sample = parsed(line, path.stem) if line.strip() else None
        if sample:
            found.append(sample)
        elif line.strip():
            wrong.append(number)
    return found, wrong
