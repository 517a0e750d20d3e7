"""What each part of a report is for: measures, first-responsible, problems, plan, preamble, closing, other.

A heading's words decide first; where they are silent, how its paragraphs begin; a heading that names two roles holds
both, and its paragraphs are told apart by how they begin and by the words in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.headings import LONG_HEADING_MAX, Heading
from scorer.parsing.lines import Line
from scorer.rulepack.phrases import Hits
from scorer.text.sentences import SENTENCE_END, sentences
from scorer.vocabulary import Role

_OPENING = 60
PLAN_OPENING = 24
COMING_MAX = 40
SUB_MAX = 25
TITLE_MAX = 40
PREAMBLE_MAX = 600
MENDED_AFTER = 4


class Section(NamedTuple):
    """A top-level part of the body; a part that serves two roles stands twice."""

    role: str
    heading: str
    span: Span


class Zone(NamedTuple):
    """A stretch of the body (within one line) with one role."""

    span: Span
    role: str
    line: int


def plain_titles(lines: Sequence[Line], hits: Hits) -> frozenset[int]:
    """The lines whose words (of a longer one its first sentence) are those of a section heading."""
    found = set()
    for line in lines:
        stop = SENTENCE_END.search(line.text)
        length = len(line.text) if len(line.text) <= TITLE_MAX or stop is None else stop.start()
        if length > (TITLE_MAX if length == len(line.text) and stop is None else LONG_HEADING_MAX):
            continue
        span = (line.span.start, line.span.start + length)
        if any(hits.any(f"roles.{role}", *span) for role in (Role.MEASURES, Role.FIRST, Role.PROBLEMS, Role.PLAN)):
            found.add(line.number)
    return frozenset(found)


def heading_roles(text: str, span: Span, hits: Hits, year: int | None) -> tuple[str, ...]:
    """The roles that a heading names, in the order of its words; ``year`` (given for top headings) is the report year."""
    places: dict[str, int] = {}
    mended = hits.within("lexicon.not-deficiency", *span)
    for role in (Role.FIRST, Role.PROBLEMS, Role.PLAN, Role.MEASURES, Role.CLOSING, Role.OTHER):
        found = hits.within(f"roles.{role}", *span)
        # "补齐短板" is a measure.
        if role == Role.PROBLEMS:
            found = [hit for hit in found if not any(first <= hit.start and hit.end <= last + MENDED_AFTER for first, last in mended)]
        if found:
            places[role] = found[0][0]
    if year and Role.PLAN not in places and Role.FIRST not in places and span.end - span.start <= COMING_MAX:
        coming = re.search(rf"(?<![\d\-]){year + 1}(?!\d|-|\)|年\d{{1,2}}月)", text[span.start : span.end])
        if coming and not re.search(r"《[^《》]{0,200}$", text[span.start : span.start + coming.start()]):
            places.pop(Role.MEASURES, None)
            places[Role.PLAN] = span.start + coming.start()
    if Role.FIRST in places:
        return (Role.FIRST,)
    if Role.PROBLEMS in places or Role.PLAN in places:
        # Words of achievement beside them ("成效、问题和打算") make a section of several roles; alone they are part of the phrase.
        return tuple(sorted(places, key=lambda role: places[role]))
    return tuple(places)[:1]


def lay_out(
    text: str, body: Sequence[Line], headings: Sequence[Heading], hits: Hits, year: int | None
) -> tuple[tuple[Section, ...], tuple[Zone, ...]]:
    """The top-level parts of the body, and the role of every stretch of it."""
    if not body:
        return (), ()
    top = _top_level(headings)
    roles = _inherit(text, headings, hits, year, top)
    by_line: dict[int, list[Heading]] = {}
    for heading in headings:
        by_line.setdefault(heading.line, []).append(heading)
    _guess_by_content(headings, top, roles, hits)
    named = {role for found in roles.values() for role in found}
    zones: list[Zone] = []
    current: tuple[str, ...] = (Role.PREAMBLE,) if top else (Role.MEASURES,)
    active: Heading | None = None
    running: str | None = None
    for line in body:
        for heading in by_line.get(line.number, ()):
            # Inside a part of several roles the turn to the plan outlasts its sub-headings.
            running = running if len(current) > 1 and roles[heading.number] == current else None
            current, active = roles[heading.number], heading
        is_heading = active is not None and active.line == line.number
        if len(current) > 1:
            stretches, running = _mixed(text, line, current, running, hits, active if is_heading else None, year)
            zones.extend(Zone(span, role, line.number) for span, role in stretches)
            continue
        role, running = _line_role(line, current, running, hits, named, bool(top), is_heading)
        zones.append(Zone(line.span, role, line.number))
    zones = _preamble_and_closing(zones, body, by_line, hits, bool(top))
    return _sections(text, top, roles, zones), tuple(zones)


def _top_level(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    level = min((heading.level for heading in headings), default=0)
    return tuple(heading for heading in headings if heading.level == level)


def _inherit(text: str, headings: Sequence[Heading], hits: Hits, year: int | None, top: Sequence[Heading]) -> dict[int, tuple[str, ...]]:
    roles: dict[int, tuple[str, ...]] = {}
    tops = {heading.number for heading in top}
    after_plan = False
    for heading in headings:
        span = heading.title
        own = heading_roles(text, span, hits, year if heading.number in tops else None)
        above = roles.get(heading.parent, ()) if heading.parent is not None else ()
        if heading.number in tops:
            if not own:
                own = (Role.OTHER,) if after_plan else (Role.MEASURES,)
            after_plan = after_plan or own[-1:] == (Role.PLAN,)
            roles[heading.number] = own
        elif len(above) > 1 and own and set(own) & set(above):
            roles[heading.number] = own
        elif above == (Role.PLAN,):
            roles[heading.number] = above
        elif above == (Role.PROBLEMS,):
            # Under problems only a plain change to the plan is believed: "（二）下一步打算".
            roles[heading.number] = (Role.PLAN,) if own == (Role.PLAN,) else above
        elif above == (Role.FIRST,):
            roles[heading.number] = own if own in ((Role.PROBLEMS,), (Role.PLAN,)) else above
        elif own and (own[0] == Role.FIRST or (own[0] in (Role.PROBLEMS, Role.PLAN) and span.end - span.start <= SUB_MAX)):
            roles[heading.number] = own
        else:
            roles[heading.number] = above or (Role.MEASURES,)
    return roles


def _guess_by_content(headings: Sequence[Heading], top: Sequence[Heading], roles: dict[int, tuple[str, ...]], hits: Hits) -> None:
    """Give a late part under an unusual heading its role by what it says: mostly shortcomings, or mostly intentions."""
    named = {role for found in roles.values() for role in found}
    for heading in top[1:][-3:]:
        if roles[heading.number] != (Role.MEASURES,) or hits.any("roles.measures", *heading.title):
            continue
        start, end = heading.title.end, heading.extent.end
        size = max(end - start, 1)
        lacking = hits.count("lexicon.deficiency", start, end) - hits.count("lexicon.not-deficiency", start, end)
        done = hits.count("lexicon.acts", start, end)
        coming = hits.count("lexicon.future", start, end) + (hits.any("lexicon.plan-intro", start, min(end, start + 60))) * 2
        found: str | None = None
        if Role.PROBLEMS not in named and lacking >= 2 and lacking * 200 >= size and lacking > done:
            found = Role.PROBLEMS
        elif Role.PLAN not in named and coming >= 2 and hits.count("lexicon.arrangement", start, end) >= done:
            found = Role.PLAN
        if found:
            named.add(found)
            changed = {heading.number}
            for other in headings:
                if heading.extent.start <= other.span.start < heading.extent.end:
                    changed.add(other.number)
            for index in changed:
                roles[index] = (found,)


def _line_role(
    line: Line, current: tuple[str, ...], running: str | None, hits: Hits, named: set[str], structured: bool, is_heading: bool
) -> tuple[str, str | None]:
    """The role of one line, and the role that lines after it take over until the next heading."""
    start, end = line.span.start, line.span.end
    begins_plan = hits.any("lexicon.plan-intro", start, min(end, start + PLAN_OPENING))
    begins_problems = hits.any("lexicon.problem-intro", start, min(end, start + _OPENING))
    role = current[0]
    if is_heading:
        return role, None
    if role == Role.PROBLEMS and begins_plan and not begins_problems:
        return Role.PLAN, Role.PLAN
    if running:
        if running == Role.PROBLEMS and begins_plan:
            return Role.PLAN, Role.PLAN
        if running == Role.PLAN and begins_problems and not structured:
            return Role.PROBLEMS, Role.PROBLEMS
        return running, running
    if role in (Role.MEASURES, Role.FIRST, Role.PREAMBLE, Role.OTHER):
        if begins_problems and Role.PROBLEMS not in named:
            return Role.PROBLEMS, Role.PROBLEMS
        if begins_plan and Role.PLAN not in named and (not structured or hits.count("lexicon.arrangement", start, end) >= 2):
            return Role.PLAN, Role.PLAN
    return role, None


def _mixed(
    text: str, line: Line, current: tuple[str, ...], running: str | None, hits: Hits, heading: Heading | None, year: int | None
) -> tuple[list[tuple[Span, str]], str | None]:
    """A line under a heading of several roles, told apart sentence by sentence.

    Such a part either tells one after the other - then a paragraph that opens with the coming year turns the rest - or
    answers each shortcoming in its own item, where the turn holds to the end of the line.
    """
    start, end = line.span.start, line.span.end
    if heading is not None and not heading.run_in:
        plan_like = running == Role.PLAN or (
            hits.count("lexicon.deficiency", start, end) == 0 and hits.count("lexicon.arrangement", start, end) > 0
        )
        return [(line.span, Role.PLAN if plan_like and Role.PLAN in current else current[0])], running
    if heading is None and Role.PLAN in current and hits.any("lexicon.plan-intro", start, min(end, start + PLAN_OPENING)):
        return [(line.span, Role.PLAN)], Role.PLAN
    if running:
        return [(line.span, running)], running
    role = _by_words(start, end, current, hits)
    if role == Role.PLAN or Role.PLAN not in current:
        return [(line.span, role)], None
    stretches: list[tuple[Span, str]] = []
    for a, b in sentences(text, start, end):
        turned = bool(stretches) and stretches[-1][1] == Role.PLAN
        opens_plan = hits.any("lexicon.plan-intro", a, min(b, a + 12)) or (year is not None and text.startswith(f"{year + 1}年", a))
        stretches.append((Span(a, b), Role.PLAN if turned or (opens_plan and a > start) else role))
    return stretches, None


def _by_words(start: int, end: int, current: tuple[str, ...], hits: Hits) -> str:
    weights: dict[str, int] = {
        Role.PROBLEMS: 2 * hits.count("lexicon.deficiency", start, end),
        Role.PLAN: hits.count("lexicon.arrangement", start, end) + 2 * hits.count("lexicon.future", start, end),
        Role.MEASURES: hits.count("lexicon.acts", start, end),
    }
    if weights[Role.PROBLEMS] and Role.PROBLEMS in current:
        return Role.PROBLEMS
    return max(current, key=lambda role: (weights.get(role, 0), -current.index(role)))


def _preamble_and_closing(
    zones: list[Zone], body: Sequence[Line], by_line: dict[int, list[Heading]], hits: Hits, structured: bool
) -> list[Zone]:
    closing: set[int] = set()
    for line in reversed(body[-3:]):
        if line.number in by_line:
            break
        if len(line.text) <= 40 and hits.any("lexicon.closing", line.span.start, line.span.end):
            closing.add(line.number)
            break
    result = [zone._replace(role=Role.CLOSING) if zone.line in closing else zone for zone in zones]
    if not structured:
        for index, line in enumerate(body[:3]):
            ends = hits.any("lexicon.preamble-end", line.span.start, line.span.end)
            if len(line.text) <= PREAMBLE_MAX and (ends or line.text.endswith(":")):
                for before in range(index + 1):
                    result[before] = result[before]._replace(role=Role.PREAMBLE)
    return result


def _sections(text: str, top: Sequence[Heading], roles: dict[int, tuple[str, ...]], zones: Sequence[Zone]) -> tuple[Section, ...]:
    sections: list[Section] = []
    if not top:
        for zone in zones:
            if sections and sections[-1].role == zone.role:
                sections[-1] = sections[-1]._replace(span=Span(sections[-1].span.start, zone.span.end))
            else:
                sections.append(Section(zone.role, "", zone.span))
        return tuple(sections)
    first = top[0].span.start
    before = [zone for zone in zones if zone.span.start < first]
    if before:
        sections.append(Section(Role.PREAMBLE, "", Span(before[0].span.start, before[-1].span.end)))
    for heading in top:
        found = roles[heading.number]
        inside = {zone.role for zone in zones if heading.extent.start <= zone.span.start < heading.extent.end}
        own = list(found)
        # A part under one heading that turns into another role by itself (problems inside the last part) counts too.
        own += [role for role in (Role.PROBLEMS, Role.PLAN) if role in inside and role not in own and _turned(heading, zones, role)]
        title = text[heading.span.start : heading.span.end].rstrip("。:")
        sections.extend(Section(role, title, heading.extent) for role in own)
    closing = [zone for zone in zones if zone.role == Role.CLOSING]
    if closing:
        sections.append(Section(Role.CLOSING, "", Span(closing[0].span.start, closing[-1].span.end)))
    return tuple(sections)


def _turned(top: Heading, zones: Sequence[Zone], role: str) -> bool:
    """Whether a second role under a top heading is more than a sub-heading of it: it fills a third of the part."""
    inside = [zone for zone in zones if top.extent.start <= zone.span.start < top.extent.end]
    size = sum(zone.span.end - zone.span.start for zone in inside)
    return sum(zone.span.end - zone.span.start for zone in inside if zone.role == role) * 3 >= size
