"""Which conditions of the gate a unit is asked."""

from __future__ import annotations

from pathlib import Path

from scorer.audit.assemble import asked_conditions
from scorer.audit.model import ASSESSED, Entry, Unit
from scorer.rulepack.store import load_pack


def test_conditions_by_level_and_class(tmp_path: Path) -> None:
    """Those of its level and class; where the level is unknown all but those of a class."""
    own = tmp_path / "own.yaml"
    own.write_text(
        'id: own\ntitle: 本县的\nversion: "1"\nextends: [national]\n'
        "classes:\n  - {id: enforcing, title: 执法部门, level: department, names: [公安局]}\n",
        "utf-8",
    )
    rules = load_pack(str(own))
    conditions = [{"title": "甲", "levels": ["township"]}, {"title": "乙", "classes": ["enforcing"]}, {"title": "丙"}]
    units = [("某县公安局", "department"), ("某县教育局", "department"), ("某镇", "township"), ("某县公安局", None)]
    got = [asked_conditions(conditions, Entry(name, ASSESSED, roster=Unit(name, level)), rules) for name, level in units]

    assert ["".join(c["title"] for c in asked) for asked in got] == ["乙丙", "丙", "甲丙", "甲丙"]
