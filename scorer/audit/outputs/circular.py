"""The circular over all units, as a Word file made from a template that the office can replace; see ``letters``."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from scorer.audit.items import key_of_likeness
from scorer.audit.model import (
    ABSENT,
    AGAIN,
    ASKED,
    ASSESSED,
    HOLD,
    MEND,
    NO_REPORT,
    NOT_SUBMITTED,
    PASS,
    PROPOSED,
    RETURN,
    UNREADABLE,
    Audit,
    Entry,
    Gate,
)
from scorer.audit.office import NOBODY, Office
from scorer.audit.outputs.grounds import settled
from scorer.audit.outputs.letters import common
from scorer.audit.outputs.tally import Lack, Tally, follow_counts, tally, unit_name
from scorer.audit.outputs.wording import Words, built, words
from scorer.office.template import Language, Template, Value
from scorer.vocabulary import Severity, Status

PLACEHOLDERS = (
    "年度", "应报数", "已查数", "平均分", "通过数", "修改数", "退回数", "拟退回数", "拟退回", "另有", "通过单位", "优秀单位", "未报送数", "未报送单位", "待确认数",
    "待确认单位", "重报数", "重报单位", "年度不符数", "年度不符单位", "逾期数", "逾期单位", "逾期公开数", "逾期公开单位", "缺必备数", "共性问题", "矛盾单位数", "矛盾数",
    "相似单位数", "沿用单位数", "待定事项", "必备概况", "必备问题", "其他问题", "重报情况", "雷同处理", "沿用处理", "上年情况", "对照单位数", "落实数", "提到数", "未提数", "重提数", "期限", "落款", "联系人", "联系电话", "文号", "报送方式", "异议期限", "日期", "序", "次",
)  # fmt: skip
CONDITIONS = (
    "有待定", "有优秀单位", "有未报送", "有待确认", "有重报", "有年度不符", "有逾期", "有逾期公开", "有共性问题", "有必备问题", "有其他问题", "有数据问题", "有雷同", "有沿用", "有上年对照", "没有问题",
)  # fmt: skip
SHARED_PROBLEMS = 8
UNITS = 30
"""So many units are named with a required element."""


def circular(audit: Audit, template: bytes | None = None, deadline: datetime.date | None = None, *, office: Office = NOBODY) -> bytes:
    """The draft of a circular over all units, as a .docx file; the parameters are those of ``letters.letter``."""
    used = _parsed(template if template is not None else default_circular())
    values, holds = _values(audit, deadline, office)
    return used.fill(values, holds)


def check_template(raw: bytes) -> None:
    """Raises ``FazhiError`` for a template of the circular that cannot be used."""
    _parsed(raw)


def default_circular() -> bytes:
    """The built-in template of the circular."""
    return built("circular")


def _values(audit: Audit, deadline: datetime.date | None, office: Office) -> tuple[dict[str, Value], set[str]]:
    say = words()
    counted, audit = tally(audit), audit.counted()
    pairs = list(zip(audit.entries, audit.gates, strict=True))
    # A report of another year was read and not judged: nothing in it is told of this year's reports.
    judged = [(entry, gate) for entry, gate in pairs if entry.summary and gate.verdict not in (AGAIN, ABSENT, HOLD)]
    named = _named(pairs, judged)
    passed = [entry for entry, gate in judged if gate.verdict == PASS and entry.unit]
    lacking = _lacking(say, counted, [entry for entry, _ in judged])
    followed = [entry for entry, _ in judged if entry.follow_up]
    items = follow_counts(item for entry in followed for item in entry.follow_up)
    alike, kept = (sum(1 for _, gate in judged if _fails(gate.conditions, measure)) for measure in ("copied", "previous"))
    values: dict[str, Value] = {
        **common(say, audit, deadline, office, "通报没有期限"),
        "应报数": str(counted.due),
        "已查数": str(len(judged)),
        "平均分": f"{counted.mean:.1f}" if counted.mean is not None else "0",
        "通过数": str(counted.gates[PASS]),
        "修改数": str(counted.gates[MEND]),
        "退回数": str(counted.gates[RETURN]),
        "拟退回数": str(counted.gates[PROPOSED]),
        "拟退回": say("拟退回", 数目=str(counted.gates[PROPOSED])) if counted.gates[PROPOSED] else "",
        "另有": _rest(say, audit, named),
        "通过单位": "、".join(entry.unit for entry in passed),
        "优秀单位": "、".join(_best(passed, counted.grades[:1])),
        "缺必备数": str(counted.lacking_required),
        **lacking,
        "待定事项": _pending(say, counted.gates[PROPOSED], len(named["待确认"])),
        "重报情况": _unusable(say, [entry for entry, _ in pairs]),
        "雷同处理": _asked(say, audit, judged, "copied"),
        "沿用处理": _asked(say, audit, judged, "previous"),
        "上年情况": _followed(say, items),
        "矛盾单位数": str(counted.contradictory),
        "矛盾数": str(counted.contradictions),
        "相似单位数": str(alike),
        "沿用单位数": str(kept),
        "对照单位数": str(len(followed)),
        "落实数": str(items["done"]),
        "提到数": str(items["mentioned"]),
        "未提数": str(items["silent"]),
        "重提数": str(items["repeated"]),
    }
    for word, units in named.items():
        values |= {f"{word}数": str(len(units)), f"{word}单位": "、".join(units)}
    holds = {
        **{f"有{word}": units for word, units in named.items()},
        "有待定": counted.gates[PROPOSED] or named["待确认"],
        "有优秀单位": passed,
        **{f"有{word}": lacking[word] for word in ("共性问题", "必备问题", "其他问题")},
        "有数据问题": counted.contradictions,
        "有雷同": alike,
        "有沿用": kept,
        "有上年对照": items,
    }
    names = {name for name, true in holds.items() if true}
    return values, names if names - {"有优秀单位", "有待定"} else {*names, "没有问题"}


def _named(pairs: Sequence[tuple[Entry, Gate]], judged: Sequence[tuple[Entry, Gate]]) -> dict[str, list[str]]:
    """The units by what is wrong with what they sent."""
    return {
        "未报送": [unit_name(entry) for entry, _ in pairs if entry.state == NOT_SUBMITTED],
        "待确认": [unit_name(entry) for entry, _ in pairs if entry.state == ASKED],
        "重报": [unit_name(entry) for entry, _ in pairs if entry.state in (NO_REPORT, UNREADABLE)],
        "年度不符": [unit_name(entry) for entry, gate in pairs if entry.state == ASSESSED and gate.verdict == AGAIN],
        "逾期": [unit_name(entry) for entry, _ in judged if entry.late],
        "逾期公开": [unit_name(entry) for entry, _ in judged if entry.late_public],
    }


def _lacking(say: Words, counted: Tally, entries: list[Entry]) -> dict[str, Value]:
    """What is lacking most often; the required elements with their units, and the others, each by itself as well."""
    required = [row for row in counted.lacks if row.element.severity == Severity.REQUIRED]
    others = [row for row in counted.lacks if row.element.severity != Severity.REQUIRED]

    def told(rows: Sequence[Lack]) -> list[str]:
        shown = rows[:SHARED_PROBLEMS]
        return [say("共性问题", 要素=row.element.title, 数目=_counts(say, row.missing, row.partial)) for row in shown]

    return {
        "共性问题": told(counted.lacks),
        "必备概况": say("必备概况", 数目=str(counted.lacking_required)) if counted.lacking_required else say("必备不足"),
        "必备问题": [_required(say, row, entries) for row in required],
        "其他问题": told(others),
    }


def _pending(say: Words, proposed: int, asked: int) -> str:
    """What has to be confirmed before the circular may go out."""
    parts = [say(form, 数目=str(count)) for form, count in (("待定退回", proposed), ("待定报送", asked)) if count]
    return "、".join(parts)


def _required(say: Words, row: Lack, entries: list[Entry]) -> str:
    """A required element with the units in whose reports it is missing or too thin."""
    parts = []
    for form, status in (("缺少单位", Status.MISSING), ("不足的单位", Status.PARTIAL)):
        units = [
            unit_name(entry)
            for entry in entries
            if entry.summary and any(v.rule == row.element.rule and v.status == status for v in entry.summary.verdicts)
        ]
        if units:
            rest = say("等单位", 数目=str(len(units))) if len(units) > UNITS else ""
            parts.append(say(form, 数目=str(len(units)), 单位="、".join(units[:UNITS]) + rest))
    return say("共性问题", 要素=row.element.title, 数目="；".join(parts))


def _unusable(say: Words, entries: list[Entry]) -> str:
    """The units whose file cannot be opened, and those whose file is something else."""
    parts = []
    for form, state in (("无法打开的", UNREADABLE), ("不是报告的", NO_REPORT)):
        units = [unit_name(entry) for entry in entries if entry.state == state]
        if units:
            parts.append(say(form, 数目=str(len(units)), 单位="、".join(units)))
    return "；".join(parts)


def _asked(say: Words, audit: Audit, judged: list[tuple[Entry, Gate]], measure: str) -> str:
    """What those with much shared text have to do: put it right where a person has found all of it so, else look at it."""
    checked = all(
        settled(one, entry.unit)
        for entry, gate in judged
        for condition in gate.conditions
        if condition.measure == measure and not condition.holds
        for one in audit.likenesses
        if entry.unit in (one.unit, one.other) and key_of_likeness(one, entry.unit) in condition.items
    )
    return say("雷同已复核" if checked else "雷同待核实")


def _followed(say: Words, items: Counter[str]) -> str:
    """What became of last year's arrangements and shortcomings; what there is none of is not told."""
    forms = (("上年已落实", "done"), ("上年只提到", "mentioned"), ("上年未提", "silent"), ("上年逐字重提", "repeated"))
    return "，".join(say(form, 数目=str(items[state])) for form, state in forms if items[state])


def _counts(say: Words, missing: int, partial: int) -> str:
    parts = [say(form, 数目=str(count)) for form, count in (("缺失单位", missing), ("不足单位", partial)) if count]
    return "，".join(parts)


def _rest(say: Words, audit: Audit, named: dict[str, list[str]]) -> str:
    """The units that have none of the three verdicts; nothing where there are none."""
    again = len(named["重报"]) + len(named["年度不符"])
    if not (named["未报送"] or again or named["待确认"]):
        return ""
    year = say("年度", 年份=str(audit.report_year)) if audit.report_year else say("没有年度")
    return say("另有", 未报送=str(len(named["未报送"])), 重报=str(again), 待确认=str(len(named["待确认"])), 年度=year)


def _fails(conditions: Iterable[object], measure: str) -> bool:
    return any(getattr(one, "measure", "") == measure and not getattr(one, "holds", True) for one in conditions)


def _best(passed: list[Entry], grades: tuple[str, ...]) -> list[str]:
    found = [(entry.summary.total, entry.unit) for entry in passed if entry.summary and entry.summary.grade in grades]
    return [unit for _, unit in sorted(found, key=lambda pair: -pair[0])][:10]


@lru_cache(maxsize=2)
def _parsed(raw: bytes) -> Template:
    return Template(raw, Language(PLACEHOLDERS, CONDITIONS))
