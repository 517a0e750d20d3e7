"""Units that stand in two audits of a roll-up: counted once, by the audit that was made later, and named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.audit.merge import Unit

NAMED = 8
_PLACED = re.compile(r"[^县市区旗州盟省]{2,8}(?:[县市旗州盟省]|(?<![新发园城郊矿])区).")
"""A name that says whose it is: 平川县司法局; a 城关镇 or a 高新区 there may be in every county."""


def twins(units: Sequence[Unit], made: Sequence[str]) -> tuple[dict[int, set[str]], list[str]]:
    """What is left out - the units' names, by audit - and lines that say so.

    ``made`` says when each audit was made (ISO; empty where nobody knows: then the one given later counts). Two units of one name
    are the same where the name says whose it is, where the reports are the same file, or where the audits share half their units.
    """
    by_name: dict[str, list[Unit]] = defaultdict(list)
    sizes: dict[int, set[str]] = defaultdict(set)
    for unit in units:
        if not unit.outside and unit.unit:
            by_name[unit.unit].append(unit)
            sizes[unit.audit].add(unit.unit)
    left: dict[int, set[str]] = defaultdict(set)
    once: list[str] = []
    apart: list[str] = []
    for name, found in by_name.items():
        if len({unit.audit for unit in found}) < 2:
            continue
        latest = max(found, key=lambda unit: (made[unit.audit], unit.audit))
        others = [unit for unit in found if unit.audit != latest.audit]
        same = [unit for unit in others if _same(unit, latest, sizes)]
        for unit in same:
            left[unit.audit].add(name)
        (once if same else apart).append(name)
    notes = [f"{len(once)}个单位在两次以上的审核里都有，只按最后一次审核计一次：{_named(once)}。"] if once else []
    if apart:
        notes.append(f"{len(apart)}个单位名称在两次以上的审核里都有，看不出是不是同一单位，各计一次，请核对：{_named(apart)}。")
    return dict(left), notes


def _same(one: Unit, other: Unit, sizes: dict[int, set[str]]) -> bool:
    mine, theirs = sizes[one.audit], sizes[other.audit]
    common = len(mine & theirs)
    shared = common > 1 and common * 2 >= min(len(mine), len(theirs))
    return bool(_PLACED.match(one.unit)) or shared or bool(one.sha256 and one.sha256 == other.sha256)


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
