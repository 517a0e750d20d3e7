"""Two audits side by side: for each unit what was solved, what is new, what stayed; rules that changed are not compared.

Works on ``results.jsonl`` and ``pack.json`` of two output folders, so that folders kept from earlier years can be compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.resultsfile import PACK, results
from scorer.vocabulary import Status

SOLVED, NEW, UNCHANGED, DECIDED, RULE_CHANGED = "solved", "new", "unchanged", "decided", "rule-changed"
CHANGE_WORDS = {SOLVED: "已解决", NEW: "新出现", UNCHANGED: "未变", DECIDED: "人工改定", RULE_CHANGED: "规则变了，不比较"}
"""``DECIDED``: the program says the same of both, and a person decided otherwise of one: nothing in the report was mended."""
GAPS = (Status.PARTIAL, Status.MISSING)


class Change(NamedTuple):
    """One element of one unit: its status before and now (``None`` where there was no verdict), and what that means."""

    rule: str
    title: str
    severity: str
    before: str | None
    now: str | None
    kind: str
    by: str = ""
    """Who decided, and why, where a person did."""


class RuleCount(NamedTuple):
    """One element over all units that both audits judged: in how many it is lacking (missing or partial) then and now."""

    rule: str
    title: str
    before: int
    now: int
    changed: bool
    """Whether the rule itself is another."""


@dataclass(frozen=True)
class UnitChange:
    """One unit: state and score before and now (None where there was no report), and its elements that are or were gaps."""

    unit: str
    before_state: str
    state: str
    before_total: float | None
    total: float | None
    before_year: int | None
    year: int | None
    changes: tuple[Change, ...]
    contradictions: tuple[int, int]
    verdicts: tuple[str, str] = ("", "")
    """The verdict before and now; empty where there was none."""
    dismissed: tuple[int, int] = (0, 0)
    """Contradictions that a person found to be none, before and now: in none of ``contradictions``."""

    def count(self, kind: str) -> int:
        """How many elements changed so."""
        return sum(1 for change in self.changes if change.kind == kind)


@dataclass(frozen=True)
class Comparison:
    """Two audits. ``notes`` say what cannot be compared; ``changed_rules`` are the titles of rules that are not the same."""

    first: str
    second: str
    units: tuple[UnitChange, ...]
    notes: tuple[str, ...]
    changed_rules: tuple[str, ...]
    packs: tuple[str, str] = ("", "")
    """The packs of the two audits."""
    same_pack: bool = True
    by_rule: tuple[RuleCount, ...] = ()
    """The elements that are lacking in more or fewer units than before, the greatest difference first."""

    def verdicts(self, side: int) -> Counter[str]:
        """How many units have each verdict, before (0) or now (1)."""
        return Counter(unit.verdicts[side] for unit in self.units if unit.verdicts[side])


class _Audit(NamedTuple):
    units: Mapping[str, dict[str, Any]]
    pack: Mapping[str, Any]


def compare(first: Path, second: Path) -> Comparison:
    """The changes from one output folder to another. Raises ``FazhiError`` when one of them is no audit's output."""
    before, now = _load(first), _load(second)
    notes: list[str] = []
    changed = _changed_rules(before.pack, now.pack, notes)
    names = [*now.units, *(name for name in before.units if name not in now.units)]
    units = tuple(_unit(name, before.units.get(name), now.units.get(name), changed) for name in names)
    titles = {c.rule: c.title for unit in units for c in unit.changes}
    shown = () if changed is None else tuple(titles.get(rule, rule) for rule in sorted(changed))
    if any(u.before_total is not None and u.total is not None for u in units) and (changed is None or changed):
        notes.append("规则变了，两次的得分不能直接相比，只供参考。")
    years = [{data["profile"]["report_year"] for data in audit.units.values() if data.get("profile")} - {None} for audit in (before, now)]
    if years[0] and years[1] and not years[0] & years[1]:
        notes.append(f"两次审核的不是同一年度的报告（{_years(years[0])}；{_years(years[1])}），比的是各单位两年的报告。")
    packs = (_named(before.pack), _named(now.pack))
    same = before.pack.get("sha256") == now.pack.get("sha256")
    return Comparison(str(first), str(second), units, tuple(notes), shown, packs, same, _by_rule(before, now, changed))


def _by_rule(before: _Audit, now: _Audit, changed: frozenset[str] | None) -> tuple[RuleCount, ...]:
    counts: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for name in now.units:
        sides = [audit.units[name]["findings"] if name in audit.units else [] for audit in (before, now)]
        if not all(sides):
            continue
        for side, findings in enumerate(sides):
            for finding in findings:
                titles[finding["rule"]] = finding["title"]
                counts.setdefault(finding["rule"], [0, 0])[side] += finding["status"] in GAPS
    rows = (
        RuleCount(rule, titles[rule], pair[0], pair[1], changed is None or rule in changed)
        for rule, pair in counts.items()
        if pair[0] != pair[1]
    )
    return tuple(sorted(rows, key=lambda row: (-abs(row.now - row.before), row.rule)))


def _named(pack: Mapping[str, Any]) -> str:
    return f"{pack.get('title', '未知')} {pack.get('version', '')}".strip()


def _years(years: set[int]) -> str:
    return "、".join(f"{year}年度" for year in sorted(years))


def _changed_rules(before: Mapping[str, Any], now: Mapping[str, Any], notes: list[str]) -> frozenset[str] | None:
    """The ids of rules that are not the same; None when all must be taken for changed."""
    names = [_named(pack) for pack in (before, now)]
    if before.get("tool") != now.get("tool"):
        notes.append(f"两次所用的程序版本不同（{before.get('tool', '未知')}、{now.get('tool', '未知')}），认定方法可能有变化。")
    if before.get("sha256") and before.get("sha256") == now.get("sha256"):
        return frozenset()
    if not before.get("rules") or not now.get("rules"):
        notes.append("有一次没有留下规则包的记录（pack.json），不知道规则有没有变，逐项结果不作比较。")
        return None
    if before.get("words") != now.get("words"):
        notes.append(f"两次所用的规则包不同（{names[0]}、{names[1]}），通用词表也有改动，逐项结果不作比较。")
        return None
    rules = {**before["rules"], **now["rules"]}
    changed = frozenset(rule for rule in rules if before["rules"].get(rule) != now["rules"].get(rule))
    notes.append(f"两次所用的规则包不同（{names[0]}、{names[1]}）：有{len(changed)}条规则变了，这些不作比较。")
    return changed


def _unit(name: str, before: dict[str, Any] | None, now: dict[str, Any] | None, changed: frozenset[str] | None) -> UnitChange:
    old, new = ({f["rule"]: f for f in (data or {}).get("findings", ())} for data in (before, now))
    changes = []
    # Without a report there are no verdicts: nothing was solved by not submitting.
    for rule in [*new, *(rule for rule in old if rule not in new)] if old and new else []:
        a, b = (findings[rule]["status"] if rule in findings else None for findings in (old, new))
        if a not in GAPS and b not in GAPS:
            continue
        shown = new.get(rule) or old[rule]
        kind = _kind(a, b)
        by = ""
        if a is not None and b is not None and a != b and _machine(old[rule]) == _machine(new[rule]):
            kind = DECIDED
            by = new[rule]["by"] or f"撤销{old[rule]['by']}"
        if a is None or b is None or changed is None or rule in changed:
            kind = RULE_CHANGED
        changes.append(Change(rule, shown["title"], shown["severity"], a, b, kind, by if kind == DECIDED else ""))
    return UnitChange(
        name,
        (before or {}).get("state", ""),
        (now or {}).get("state", ""),
        _total(before),
        _total(now),
        _year(before),
        _year(now),
        tuple(changes),
        (_wrong(before), _wrong(now)),
        ((before or {}).get("gate") or "", (now or {}).get("gate") or ""),
        ((before or {}).get("dismissed") or 0, (now or {}).get("dismissed") or 0),
    )


def _machine(finding: Mapping[str, Any]) -> str:
    """What the program says of an element, whatever a person decided."""
    return str(finding["machine"] or finding["status"])


def _kind(before: str | None, now: str | None) -> str:
    if before in GAPS and now in GAPS:
        return UNCHANGED
    return SOLVED if before in GAPS else NEW


def _total(data: dict[str, Any] | None) -> float | None:
    return data["score"]["total"] if data and data.get("score") else None


def _year(data: dict[str, Any] | None) -> int | None:
    return (data.get("profile") or {}).get("report_year") if data else None


def _wrong(data: dict[str, Any] | None) -> int:
    return sum(1 for s in (data or {}).get("statements", ()) if s.get("verdict") == "inconsistent")


def _load(folder: Path) -> _Audit:
    units = dict(results(folder, _unit_of))
    try:
        pack = json.loads((folder / PACK).read_bytes())
    except (OSError, ValueError):
        pack = {}
    return _Audit(units, pack if isinstance(pack, dict) else {})


def _unit_of(data: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    return None if data["state"] == "superseded" else (str(data["unit"]), _small(data))


def _small(data: dict[str, Any]) -> dict[str, Any]:
    """What is compared, so that many results fit in memory."""
    findings = [
        {**{key: f[key] for key in ("rule", "title", "severity", "status")}, "machine": f.get("machine"), "by": _who(f)}
        for f in data.get("findings", ())
    ]
    statements = [{"verdict": s["verdict"]} for s in data.get("statements", ())]
    return {
        **{key: data.get(key) for key in ("state", "profile", "score", "gate", "dismissed")},
        "findings": findings,
        "statements": statements,
    }


def _who(finding: Mapping[str, Any]) -> str:
    """Who decided an element, and why; empty where no decision is in force."""
    reviewed = finding.get("reviewed")
    if not reviewed or reviewed.get("stale"):
        return ""
    return f"{reviewed['by']}（{reviewed['date']}）：{reviewed['reason']}"
