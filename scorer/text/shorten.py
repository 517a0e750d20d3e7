"""Texts made fit to be shown: cut to a line, without what XML forbids."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut in the middle."""
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    return f"{line[:head]}……{line[-(limit - head - 2) :]}"


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, as office files must be."""
    return _UNFIT.sub("", text)


def unquoted(words: str) -> str:
    """Words that stood in quotation marks, on their own: the marks inside them become outer ones."""
    return words.replace("‘", "“").replace("’", "”")
