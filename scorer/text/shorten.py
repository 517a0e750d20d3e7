"""Texts made fit to be shown: cut to a line, without what XML forbids."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_FIGURE = re.compile(
    "第?(?:[0-9０-９]{1,24}(?:[.,．，:：/〔〕-][0-9０-９]{1,24}){0,6}|[〇零一二两三四五六七八九十百千]{1,12})"
    "[多余]?[十百千万亿]{0,3}[多余]?"
    " ?(?:[%％‰]|个百分点|人次|平方[千公]?米|立方米|公里|公顷|[\u4e00-\u9fff])?"
)
"""A number with its unit, in digits or in words."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_POINTS = "，,、；;。"


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut in the middle; never inside a number or between it and its unit.

    A figure cut in half would be another figure (村级合同19份 … 9份), and so a false quotation.
    """
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    tail = len(line) - (limit - head - 2)
    for figure in _FIGURE.finditer(line):
        if figure.start() < head < figure.end():
            head = figure.start()
        if figure.start() < tail < figure.end():
            tail = figure.end()
    return f"{line[:head]}……{line[tail:].lstrip(_POINTS)}"


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, as office files must be."""
    return _UNFIT.sub("", text)


def unquoted(words: str) -> str:
    """Words that stood in quotation marks, on their own: the marks inside them become outer ones."""
    return words.replace("‘", "“").replace("’", "”")
