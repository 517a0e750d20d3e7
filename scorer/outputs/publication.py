"""The list of the check before publication: for the terminal, as JSON, as a page, and as data for the desk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from scorer.outputs.templates import environment, page
from scorer.publication.model import Alarm, Checklist
from scorer.version import VERSION

SCHEMA = "fazhi-publication/1"


class Result(Protocol):
    """What was checked, and what was found."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def title(self) -> str:
        """The title of the report, or nothing."""

    @property
    def year(self) -> int | None:
        """The year that the report is about."""

    @property
    def checklist(self) -> Checklist:
        """The list by which it was checked."""

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What was found, in the order of the text."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was lost in reading."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is to be said of the file: that it is no annual report."""


class Row(NamedTuple):
    """One line of the list: an alarm, or the first of ``times`` alike in one paragraph."""

    alarm: Alarm
    times: int


def to_data(result: Result) -> dict[str, Any]:
    """The result as plain data; offsets count characters of the extracted text."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "fazhi-scorer", "version": VERSION},
        "checklist": {"id": result.checklist.id, "version": result.checklist.version, "sha256": result.checklist.sha256},
        "path": result.path,
        "title": result.title or None,
        "report_year": result.year,
        "warnings": list(result.warnings),
        "notes": list(result.notes),
        "alarms": [_alarm(alarm) for alarm in result.alarms],
    }


def json(result: Result) -> str:
    """The result as JSON text."""
    from json import dumps

    return dumps(to_data(result), ensure_ascii=False, indent=1) + "\n"


def terminal(result: Result) -> str:
    """The list for the terminal, by group."""
    name = result.title or result.path
    lines = [f"公开前检查：{name}"]
    lines += [f"注意：{words}" for words in (*result.notes, *result.warnings)]
    if result.year is None:
        lines.append("没有认出报告年度：机构和法律的沿革按文中最常出现的年份查，可用 --report-year 写明。")
    if not result.alarms:
        return "\n".join([*lines, "没有查出要改的地方。机器查不出的（保密审查、事实核对）仍要人看。"])
    lines.append(summary(result))
    for title, why, alarms in groups(result):
        lines += ["", f"{title}（{len(alarms)}处）　{why}"]
        for alarm, count in rows(alarms):
            times = f"等{count}处" if count > 1 else ""
            lines.append(f"  {where(alarm)}　“{alarm.quote.quote}”{times}{f' → {alarm.right}' if alarm.right else ''}")
            lines.append(f"      {alarm.context}")
            if alarm.why != why:
                lines.append(f"      {alarm.why}")
    return "\n".join(lines)


def html(result: Result) -> str:
    """The list as a page of its own."""
    template = page("publication.html.j2", styles=("report.css", "publication.css"))
    return template.render(
        result=result, name=result.title or result.path, groups=groups(result), summary=summary(result), where=where, rows=rows
    )


def desk(result: Result, text: str) -> dict[str, Any]:
    """What the desk shows of a check of ``text``: the list as HTML, and how many there are."""
    part = environment().get_template("desk-publication.html.j2")
    wide = [at for at, character in enumerate(text) if character > "\uffff"]

    def units(alarm: Alarm) -> str:
        """The range as scripts count: characters outside the basic plane count twice."""
        start, end = alarm.quote.start, alarm.quote.end
        return f"{start + bisect_left(wide, start)}-{end + bisect_left(wide, end)}"

    shown = part.render(
        groups=groups(result), summary=summary(result), where=where, year=result.year, units=units, rows=rows, notes=result.notes
    )
    return {"count": len(result.alarms), "summary": summary(result), "result": shown}


def groups(result: Result) -> list[tuple[str, str, list[Alarm]]]:
    """Title, reason and alarms of each group that has any, in the order of the list."""
    order = list(result.checklist.groups)
    alarms = sorted(result.alarms, key=lambda alarm: order.index(alarm.group))
    return [
        (result.checklist.groups[key].title, result.checklist.groups[key].why, list(own)) for key, own in groupby(alarms, lambda a: a.group)
    ]


MANY = 12
"""From more than so many of one sort, those alike in a paragraph are one line: an outline has a hundred blanks."""


def rows(alarms: Sequence[Alarm]) -> list[Row]:
    """The lines of a group in the order of the text."""
    if len(alarms) <= MANY:
        return [Row(alarm, 1) for alarm in alarms]
    found: dict[tuple[Any, ...], list[Alarm]] = {}
    for alarm in alarms:
        found.setdefault((alarm.paragraph, alarm.entry, alarm.right, alarm.why), []).append(alarm)
    return [Row(own[0], len(own)) for own in found.values()]


def summary(result: Result) -> str:
    """How many, of which sorts."""
    if not result.alarms:
        return "没有查出要改的地方"
    parts = "，".join(f"{title}{len(alarms)}处" for title, _, alarms in groups(result))
    return f"公开前要处理{len(result.alarms)}处：{parts}。"


def where(alarm: Alarm) -> str:
    """The paragraph, with the page where there are pages."""
    return f"第{alarm.page}页，第{alarm.paragraph}段" if alarm.page else f"第{alarm.paragraph}段"


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {
        "entry": alarm.entry,
        "group": alarm.group,
        "title": alarm.title,
        "what": alarm.quote.quote,
        "start": alarm.quote.start,
        "end": alarm.quote.end,
        "paragraph": alarm.paragraph,
        "page": alarm.page,
        "where": where(alarm),
        "context": alarm.context,
        "right": alarm.right or None,
        "why": alarm.why,
    }
