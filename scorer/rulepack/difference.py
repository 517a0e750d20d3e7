"""What differs between two packs, in words for the person who looks after them.

Packs are compared as they are loaded, merged with all that they extend: what an author changed in a base shows as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scorer.rulepack.model import Pack, Rule
from scorer.vocabulary import Level, Severity

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SHOWN = 12
"""So many phrases of a list are written out."""


class Difference(NamedTuple):
    """One rule, list of words, or setting that is not the same; ``lines`` say in Chinese what was and what is."""

    kind: str
    what: str
    lines: tuple[str, ...] = ()


def differences(first: Pack, second: Pack) -> list[Difference]:
    """All that differs: settings of the pack, then rules in the order of the second pack, then lists of words."""
    return [*_settings(first, second), *_rules(first, second), *_words(first, second)]


def _settings(first: Pack, second: Pack) -> Iterator[Difference]:
    weights = [{category.title: f"{category.weight:g}分" for category in pack.categories} for pack in (first, second)]
    lines = _mapped(*weights)
    if lines:
        yield Difference(CHANGED, "类别权重", lines)
    grades = [{grade.name: f"{grade.floor:g}分起" for grade in pack.grades} for pack in (first, second)]
    lines = _mapped(*grades)
    if lines:
        yield Difference(CHANGED, "等次", lines)
    classes = [{c.title: f"{Level(c.level).word}，{'、'.join(c.names)}" for c in pack.classes} for pack in (first, second)]
    lines = _mapped(*classes)
    if lines:
        yield Difference(CHANGED, "单位类别", lines)
    gates = [{c["title"]: _plain(c) for c in pack.audit.get("gate", {}).get("conditions", ())} for pack in (first, second)]
    lines = _mapped(*gates)
    if lines:
        yield Difference(CHANGED, "审核门槛", lines)


def _mapped(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    lines = [f"去掉 {name}（{value}）" for name, value in first.items() if name not in second]
    for name, value in second.items():
        if name not in first:
            lines.append(f"新增 {name}（{value}）")
        elif first[name] != value:
            lines.append(f"{name}：{first[name]} → {value}")
    return tuple(lines)


def _plain(condition: Mapping[str, Any]) -> str:
    return "，".join(f"{key} {value}" for key, value in condition.items() if key != "title")


def _variants(pack: Pack) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        found.setdefault(rule.id, []).append(rule)
    return found


def _rules(first: Pack, second: Pack) -> Iterator[Difference]:
    before, now = _variants(first), _variants(second)
    for name, rules in before.items():
        if name not in now:
            yield Difference(REMOVED, f"{name}　{rules[0].title}")
    for name, rules in now.items():
        if name not in before:
            own = (f"{Severity(rule.severity).word}，权重{rule.weight:g}，检查种类 {rule.check}{_scope(second, rule)}" for rule in rules)
            yield Difference(ADDED, f"{name}　{rules[0].title}", tuple(own))
            continue
        lines: list[str] = []
        for rule in rules:
            same = next((r for r in before[name] if _scope(first, r) == _scope(second, rule)), None)
            same = same or next((r for r in before[name] if r.years == rule.years or len(before[name]) == len(rules) == 1), None)
            if same is None:
                lines.append(f"新增一种适用范围{_scope(second, rule)}：{_state(rule)}")
            else:
                lines.extend(_rule(first, same, second, rule, parted=sum(r.years == rule.years for r in rules) > 1))
        years = {rule.years for rule in rules}
        lines.extend(f"去掉一种适用范围{_scope(first, r)}" for r in before[name] if r.years not in years and len(before[name]) > 1)
        if lines:
            yield Difference(CHANGED, f"{name}　{rules[0].title}", tuple(dict.fromkeys(lines)))


def _scope(pack: Pack, rule: Rule) -> str:
    levels = "" if len(rule.levels) == len(Level) else "、".join(Level(level).word for level in rule.levels)
    first, last = rule.years
    years = "" if (first, last) == (0, 9999) else f"{first or ''}—{last if last != 9999 else ''}年度"
    classes = "、".join(c.title for c in pack.classes if c.id in rule.classes)
    parts = [part for part in (classes or levels, years) if part]
    return f"（{'；'.join(parts)}）" if parts else ""


def _state(rule: Rule) -> str:
    return f"停用（{rule.off}）" if rule.off else f"{Severity(rule.severity).word}，权重{rule.weight:g}"


def _rule(first: Pack, before: Rule, second: Pack, now: Rule, *, parted: bool) -> Iterator[str]:
    """What is said otherwise of a rule; ``parted``: it stands for a part of those that it stood for, others have their own."""
    old_scope, scope = _scope(first, before), _scope(second, now)
    fields = {
        "适用范围": ("" if parted else old_scope or "（全部）", "" if parted else scope or "（全部）"),
        "名称": (before.title, now.title),
        "类别": (before.category, now.category),
        "性质": (Severity(before.severity).word, Severity(now.severity).word),
        "权重": (f"{before.weight:g}", f"{now.weight:g}"),
        "检查种类": (before.check, now.check),
        "停用": (before.off or "否", now.off or "否"),
        "须有数字": ("是" if before.needs else "否", "是" if now.needs else "否"),
        "为什么": (before.why, now.why),
        "怎么补": (before.fix, now.fix),
        "依据": ("；".join(f"{b.source}{b.clause}" for b in before.basis), "；".join(f"{b.source}{b.clause}" for b in now.basis)),
    }
    for name, (old, new) in fields.items():
        if old != new:
            yield f"{name}{scope if parted else ''}：{old} → {new}"
    params = [json.dumps(rule.params, ensure_ascii=False, sort_keys=True, default=str) for rule in (before, now)]
    if params[0] != params[1]:
        yield f"参数{scope}有改动"
    for name in sorted({*_sets(first, before), *_sets(second, now)}):
        yield from _list(f"短语 {name}", _phrases(first, before.set(name)), _phrases(second, now.set(name)))


def _sets(pack: Pack, rule: Rule) -> list[str]:
    return [name.removeprefix(f"{rule.key}/") for name in pack.table.sets if name.startswith(f"{rule.key}/")]


def _phrases(pack: Pack, name: str) -> list[str]:
    return pack.table.phrases(name) if name in pack.table.sets else []


def _list(name: str, before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    old, new = dict.fromkeys(before), dict.fromkeys(now)
    added, gone = [w for w in new if w not in old], [w for w in old if w not in new]
    if added:
        yield f"{name} 增加{len(added)}条：{'、'.join(added[:SHOWN])}{'等' if len(added) > SHOWN else ''}"
    if gone:
        yield f"{name} 减少{len(gone)}条：{'、'.join(gone[:SHOWN])}{'等' if len(gone) > SHOWN else ''}"


def _words(first: Pack, second: Pack) -> Iterator[Difference]:
    names = dict.fromkeys(name for pack in (first, second) for name in pack.table.sets if "/" not in name)
    for name in names:
        lines = tuple(_list("短语", _phrases(first, name), _phrases(second, name)))
        if lines:
            yield Difference(CHANGED, f"通用词表 {name}", lines)
