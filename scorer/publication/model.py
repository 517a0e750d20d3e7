"""What a checked list for publication is, and what it finds: frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from scorer.document import Quote, Span
from scorer.publication.nearly import Nearly
from scorer.publication.variants import Slips
from scorer.rulepack.matcher import Matcher

WRONG, UNLESS, WITHIN = "wrong", "unless", "within"
"""The sets of phrases of an entry: what is wrong, what makes a sentence say it rightly, longer words in which it is right."""


class Group(NamedTuple):
    """Entries of one sort: ``title`` heads them for the reader, ``why`` says what is wrong with all of them."""

    id: str
    title: str
    why: str
    unless: bool
    spelling: bool
    """Whether its words may be the ends of two right words side by side, which must be ruled out."""


class Entry(NamedTuple):
    """One thing to look for. ``right`` is what to write instead, ``until`` the last year whose report may say it, ``since`` the
    first (None: any), ``source`` where the date comes from, in words."""

    id: str
    group: str
    right: str
    why: str
    until: int | None
    since: int | None
    source: str
    shape: str
    own: bool
    """Whether it has phrases that silence it, beside those of its group."""


@dataclass(frozen=True)
class Checklist:
    """All entries, with their phrases in one automaton."""

    id: str
    title: str
    version: str
    sha256: str
    groups: Mapping[str, Group]
    entries: Mapping[str, Entry]
    matcher: Matcher
    """Sets of phrases by ``entry/wrong`` and the like, those of groups by ``group:id/unless``."""
    slips: Slips
    nearly: Nearly
    shapes: Mapping[str, Any]
    """The words that shapes need: surnames, units, and so on."""


class Hit(NamedTuple):
    """A place of the folded text where an entry holds; ``right`` overrules what the entry says."""

    entry: str
    span: Span
    right: str = ""


class Alarm(NamedTuple):
    """One line of the list for the reader: what stands there, where (paragraph from 1, page where there are pages), what to
    write instead, and why."""

    entry: str
    group: str
    title: str
    quote: Quote
    context: str
    paragraph: int
    page: int | None
    right: str
    why: str
