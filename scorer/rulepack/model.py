"""What a checked and merged rule pack is: frozen data that parsing and checks read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from scorer.document import fold
from scorer.rulepack.matcher import Matcher
from scorer.rulepack.phrases import Hits, Table
from scorer.vocabulary import Level, Severity

PHRASE_PARAMETERS = {"coverage": ("terms", "proof", "weak", "exclude"), "title": ("subject", "older-subject", "genre")}
"""The parameters of each check that are lists of phrases."""


class Years(NamedTuple):
    """A range of report years; both ends belong to it."""

    first: int
    last: int

    def holds(self, year: int) -> bool:
        """Whether the year is one of them."""
        return self.first <= year <= self.last

    @staticmethod
    def parse(value: str | int | None) -> Years:
        """``2022``, ``"2021-"``, ``"-2020"``, ``"2016-2020"``; None is any year."""
        if value is None:
            return Years(0, 9999)
        text = str(value)
        if "-" not in text:
            return Years(int(text), int(text))
        first, _, last = text.partition("-")
        return Years(int(first or 0), int(last or 9999))


class Basis(NamedTuple):
    """The instrument a rule stands on, with its number and the clause in words."""

    source: str
    number: str
    clause: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One element that is asked for. ``params`` are the parameters of its check; phrase lists among them are
    compiled into the pack's matcher under ``key + "/" + parameter``."""

    id: str
    key: str
    title: str
    category: str
    severity: Severity
    weight: float
    basis: tuple[Basis, ...]
    check: str
    params: Mapping[str, Any]
    years: Years
    levels: tuple[str, ...]
    why: str
    fix: str
    off: str
    pack: str
    classes: tuple[str, ...] = ()
    """The classes of units that it speaks for; empty for all."""
    gap: str = ""
    """What a gap of it is called otherwise: ``late`` (nothing that is written mends it) or ``contrary`` (two places contradict)."""
    needs: str = ""
    """What must stand in the passages a verdict rests on: ``figure`` (an amount with its unit), or nothing more."""
    fixes: Mapping[str, str] = field(default_factory=dict)
    """The advice for single levels, where it differs from ``fix``."""

    def asked_of(self, level: str | None, unit_class: str | None) -> bool:
        """Whether it speaks for a unit; an unknown level is in all levels, an unknown class in none."""
        return (level is None or level in self.levels) and (not self.classes or unit_class in self.classes)

    def advice(self, level: str | None) -> str:
        """How it is mended, in words that fit the level: a town has no 常务会议, a department no 乡镇."""
        return self.fixes.get(level or "", self.fix)

    def set(self, parameter: str) -> str:
        """The name under which a phrase list of this rule is found in the hits of a text."""
        return f"{self.key}/{parameter}"


class UnitClass(NamedTuple):
    """A class of units of one level that are asked more, less or otherwise than the others: those whose names end in one of
    ``names`` (folded), as 公安局 for departments that enforce."""

    id: str
    title: str
    level: str
    names: tuple[str, ...]


class Category(NamedTuple):
    """A group of rules; ``weight`` is its share of 100 points."""

    id: str
    title: str
    weight: float


class Grade(NamedTuple):
    """A band of the score: ``name`` holds from ``floor`` points up."""

    name: str
    floor: float


class Note(NamedTuple):
    """What the reader must know about judging reports of certain years by this pack."""

    years: Years
    text: str


class Instrument(NamedTuple):
    """An instrument that is cited with the years it covers: its ``names`` (folded) and all ranges that are right."""

    names: tuple[str, ...]
    years: tuple[tuple[int, int], ...]


class Part(NamedTuple):
    """One part of the skeleton of a report. ``text`` is by level, ``default`` for the others; ``rules`` are ids, or the
    beginnings of ids that end in ``.*``; ``previous`` names what of last year's report is to be accounted for in it."""

    id: str
    heading: str
    text: Mapping[str, str]
    hints: tuple[str, ...]
    rules: tuple[str, ...]
    levels: tuple[str, ...]
    previous: str
    rest: bool
    parts: tuple[Part, ...]

    def holds(self, rule_id: str) -> bool:
        """Whether the rule is written down in this very part."""
        return any(rule_id == name or (name.endswith(".*") and rule_id.startswith(name[:-1])) for name in self.rules)


@dataclass(frozen=True)
class Skeleton:
    """The parts of a report in order, and where each rule belongs among them."""

    parts: tuple[Part, ...] = ()

    def place(self, rule_id: str) -> tuple[str, ...]:
        """The ids of the parts around a rule, outermost first; those of the part for the rest if no part names it."""
        if rule_id not in self._places:
            held = (path for path, part in self._paths if part.holds(rule_id))
            self._places[rule_id] = next(held, next((path for path, part in self._paths if part.rest), ()))
        return self._places[rule_id]

    @cached_property
    def _places(self) -> dict[str, tuple[str, ...]]:
        """Those asked for before: the same in every report."""
        return {}

    @cached_property
    def _paths(self) -> tuple[tuple[tuple[str, ...], Part], ...]:
        def walk(parts: tuple[Part, ...], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Part]]:
            for part in parts:
                yield (*above, part.id), part
                yield from walk(part.parts, (*above, part.id))

        return tuple(walk(self.parts, ()))


@dataclass(frozen=True)
class Pack:
    """A complete set of rules, merged from all the packs it extends."""

    id: str
    title: str
    version: str
    sha256: str
    rules: tuple[Rule, ...]
    categories: tuple[Category, ...]
    grades: tuple[Grade, ...]
    cap: tuple[str, str] | None
    notes: tuple[Note, ...]
    matcher: Matcher
    """All phrases of the pack in one automaton."""
    topics: tuple[str, ...]
    instruments: tuple[Instrument, ...] = ()
    skeleton: Skeleton = Skeleton()
    model: str = ""
    """The file of the classifier that reads beside the phrases; empty for the shipped one."""
    audit: Mapping[str, Any] = field(default_factory=dict)
    """The pack's words for audits of many reports (gate, heads of a roster, names of organs); empty when it has none."""
    classes: tuple[UnitClass, ...] = ()

    @staticmethod
    def of(data: Mapping[str, Any], matcher: Matcher) -> Pack:
        """The pack of what ``merge`` made, plain data, with its phrases compiled."""
        rules = tuple(
            Rule(
                **{
                    **rule,
                    "years": Years(*rule["years"]),
                    "levels": tuple(rule["levels"]),
                    "classes": tuple(rule["classes"]),
                    "basis": tuple(Basis(*b) for b in rule["basis"]),
                    "why": rule["why"].strip(),
                    "fix": rule["fix"].strip(),
                    "fixes": {level: fix.strip() for level, fix in rule["fixes"].items()},
                }
            )
            for rule in data["rules"]
        )
        return Pack(
            id=data["id"],
            title=data["title"],
            version=data["version"],
            sha256=data["sha256"],
            rules=rules,
            categories=tuple(Category(c["id"], c["title"], c["weight"]) for c in data["categories"]),
            grades=tuple(sorted((Grade(g["name"], g["from"]) for g in data["grades"]), key=lambda g: -g.floor)),
            cap=(data["cap"]["grade"], data["cap"]["why"]) if data["cap"] else None,
            notes=tuple(Note(Years.parse(n["years"]), n["text"]) for n in data["notes"]),
            matcher=matcher,
            topics=tuple(data["topics"]),
            instruments=tuple(
                Instrument(tuple(names), tuple((first, last) for first, last in years)) for names, years in data["instruments"]
            ),
            skeleton=Skeleton(tuple(_part(part) for part in data["skeleton"])),
            model=data["model"],
            audit=data["audit"],
            classes=tuple(UnitClass(c["id"], c["title"], c["level"], tuple(c["names"])) for c in data["classes"]),
        )

    @property
    def table(self) -> Table:
        """The phrases of the pack, expanded."""
        return self.matcher.table

    def find(self, folded: str) -> Hits:
        """All phrases of the pack in a folded text: set name -> (start, end) ranges."""
        return self.matcher.find(folded)

    def ids(self) -> tuple[str, ...]:
        """The ids of all rules, each once, in the order of the packs."""
        return tuple(dict.fromkeys(rule.id for rule in self.rules))

    @cached_property
    def _variants(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules of each id, in the order of ``ids``."""
        variants: dict[str, list[Rule]] = {}
        for rule in self.rules:
            variants.setdefault(rule.id, []).append(rule)
        return tuple(map(tuple, variants.values()))

    def class_of(self, unit: str | None, level: str | None) -> str | None:
        """The class of a unit by its name, the first that fits; None when it is of none, or its name or level is unknown."""
        name = fold(unit or "")
        return next((c.id for c in self.classes if c.level == level and name.endswith(c.names)), None) if name else None

    def applicable(self, year: int | None, level: str | None, unit: str | None = None) -> tuple[tuple[Rule, bool], ...]:
        """For each id the rule that speaks for the year and the unit (by its name), and whether it is asked of them.

        Without a known year the newest rule of an id speaks; without a known level no rule is left out for it; a rule for a
        class of units goes before the one for all.
        """
        unit_class = self.class_of(unit, level)
        chosen = []
        for variants in self._variants:
            fitting = [rule for rule in variants if year is None or rule.years.holds(year)]
            rule = max(fitting or variants, key=lambda v: (v.asked_of(level, unit_class), v.years.first, len(v.classes) > 0, len(v.levels)))
            chosen.append((rule, bool(fitting) and not rule.off and rule.asked_of(level, unit_class)))
        return tuple(chosen)


def _part(data: dict[str, Any]) -> Part:
    text = data.get("text", "")
    return Part(
        id=data["id"],
        heading=data.get("heading", ""),
        text=text if isinstance(text, dict) else {"default": text},
        hints=tuple(data.get("hints", ())),
        rules=tuple(data.get("rules", ())),
        levels=tuple(data.get("levels", tuple(Level))),
        previous=data.get("previous", ""),
        rest=data.get("rest", False),
        parts=tuple(_part(part) for part in data.get("parts", ())),
    )
