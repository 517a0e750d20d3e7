"""The comparison of two audits as text, JSON and a page of HTML."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from scorer.audit.compare import CHANGE_WORDS, DECIDED, NEW, RULE_CHANGED, SOLVED, UNCHANGED, Comparison, UnitChange
from scorer.audit.model import ALWAYS, GATE_WORDS, STATE_WORDS
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

NAMED = 6


def terminal(comparison: Comparison) -> str:
    """Plain lines: the totals, then each unit in which something changed."""
    lines = [f"{comparison.first} → {comparison.second}"]
    lines += [f"注意：{note}" for note in comparison.notes]
    lines += verdict_lines(comparison)
    totals = Counter(change.kind for unit in comparison.units for change in unit.changes)
    told = [kind for kind in CHANGE_WORDS if totals[kind] or kind not in (RULE_CHANGED, DECIDED)]
    lines.append("，".join(f"{CHANGE_WORDS[kind]} {totals[kind]}项" for kind in told) + "。")
    if comparison.by_rule:
        rows = comparison.by_rule[:NAMED]
        shown = "；".join(f"{row.title} {row.before} → {row.now}个单位{'（规则变了）' if row.changed else ''}" for row in rows)
        rest = f"；另有{len(comparison.by_rule) - NAMED}项" if len(comparison.by_rule) > NAMED else ""
        lines.append(f"逐项缺失和不足：{shown}{rest}。")
    for unit in comparison.units:
        if line := _line(unit):
            lines.append(line)
    return "\n".join(lines) + "\n"


def verdict_lines(comparison: Comparison) -> list[str]:
    """The verdicts of both audits, counted: 按新的规则包：通过3、修改后通过14、退回59（原为7、28、41）."""
    before, now = comparison.verdicts(0), comparison.verdicts(1)
    shown = [verdict for verdict in GATE_WORDS if verdict in ALWAYS or before[verdict] or now[verdict]]
    if not before and not now:
        return []
    lead = "审核结论" if comparison.same_pack else f"按规则包“{comparison.packs[1]}”"
    then = "原" if comparison.same_pack else f"按“{comparison.packs[0]}”"
    counted = "、".join(f"{GATE_WORDS[verdict]}{now[verdict]}" for verdict in shown)
    return [f"{lead}：{counted}（{then}为{'、'.join(str(before[verdict]) for verdict in shown)}）。"]


def _line(unit: UnitChange) -> str:
    parts = []
    if all(unit.verdicts) and unit.verdicts[0] != unit.verdicts[1]:
        parts.append(" → ".join(GATE_WORDS.get(verdict, verdict) for verdict in unit.verdicts))
    if unit.before_state != unit.state:
        parts.append(f"{_state(unit.before_state)} → {_state(unit.state)}")
    if unit.before_total is not None and unit.total is not None and round(unit.before_total, 1) != round(unit.total, 1):
        parts.append(f"得分 {unit.before_total:.1f} → {unit.total:.1f}")
    if unit.before_state == unit.state:
        for kind in (SOLVED, NEW, DECIDED):
            titles = [change.title for change in unit.changes if change.kind == kind]
            if titles:
                parts.append(f"{CHANGE_WORDS[kind]}{len(titles)}项（{'、'.join(titles[:NAMED])}{'等' if len(titles) > NAMED else ''}）")
    if unit.contradictions[0] != unit.contradictions[1]:
        person = unit.dismissed[1] - unit.dismissed[0]
        note = f"（人工认定不成立{person}处）" if person > 0 else ""
        parts.append(f"数字矛盾 {unit.contradictions[0]} → {unit.contradictions[1]}处{note}")
    if not parts:
        return ""
    left = unit.count(UNCHANGED)
    return f"  {unit.unit}：" + "，".join(parts) + (f"，未变{left}项" if left else "")


def _state(state: str) -> str:
    return STATE_WORDS.get(state, "不在其中")


def to_data(comparison: Comparison) -> dict[str, Any]:
    """Schema ``fazhi-compare/1``."""
    return {
        "schema": "fazhi-compare/1",
        "first": comparison.first,
        "second": comparison.second,
        "notes": list(comparison.notes),
        "changed_rules": list(comparison.changed_rules),
        "packs": list(comparison.packs),
        "verdicts": [dict(comparison.verdicts(side)) for side in (0, 1)],
        "by_rule": [row._asdict() for row in comparison.by_rule],
        "units": [
            {
                "unit": unit.unit,
                "state": [unit.before_state or None, unit.state or None],
                "total": [unit.before_total, unit.total],
                "report_year": [unit.before_year, unit.year],
                "contradictions": list(unit.contradictions),
                "verdict": [verdict or None for verdict in unit.verdicts],
                "dismissed": list(unit.dismissed),
                "changes": [change._asdict() for change in unit.changes],
            }
            for unit in comparison.units
        ],
    }


def to_json(comparison: Comparison) -> str:
    """JSON text."""
    return json.dumps(to_data(comparison), ensure_ascii=False, indent=1) + "\n"


def to_html(comparison: Comparison) -> str:
    """One self-contained page, complete without script."""
    from scorer.outputs.templates import page

    totals = Counter(change.kind for unit in comparison.units for change in unit.changes)
    rows = [
        {
            "unit": unit,
            "states": (_state(unit.before_state), _state(unit.state)),
            "kinds": {kind: [change for change in unit.changes if change.kind == kind] for kind in CHANGE_WORDS},
            "delta": round(unit.total, 1) - round(unit.before_total, 1)
            if unit.total is not None and unit.before_total is not None
            else None,
        }
        for unit in sorted(comparison.units, key=lambda unit: not _line(unit))
    ]
    kinds = ((SOLVED, "met"), (NEW, "missing"), (UNCHANGED, "partial"), (DECIDED, "needs-review"), (RULE_CHANGED, "not-applicable"))
    return page("compare.html.j2", styles=("report.css", "audit.css")).render(
        comparison=comparison,
        rows=rows,
        totals=totals,
        kinds=[(kind, look, CHANGE_WORDS[kind]) for kind, look in kinds if totals[kind] or kind not in (RULE_CHANGED, DECIDED)],
        verdict_lines=verdict_lines(comparison),
        gate_words=GATE_WORDS,
        status_words=Status.words(),
        severity_words=Severity.words(),
        version=VERSION,
    )
