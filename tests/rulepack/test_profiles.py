"""What is asked of whom: rules and changes for levels and classes of units, and figures that a rule needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import pack_text, rule, write_pack

from scorer.assessing import Options, assess
from scorer.document import Document
from scorer.rulepack.merge import check_packs
from scorer.rulepack.model import Pack
from scorer.rulepack.store import forget, load_pack

CLASSES = "classes:\n  - {id: enforcing, title: 执法部门, level: department, names: [公安局, 水利局]}\n"


def changed(folder: Path, changes: str) -> Pack:
    """A pack with one rule, and one that changes it."""
    forget()
    write_pack(folder, pack_text(rule("task.first"), name="base", extra=CLASSES), "base")
    return load_pack(str(write_pack(folder, f'id: mine\ntitle: 改动\nversion: "1"\nextends: [base]\nchanges:\n{changes}')))


def asked(pack: Pack, level: str | None, unit: str | None = None) -> tuple[float, str, bool]:
    """Weight and severity of the rule for a unit, and whether it is asked."""
    [(found, applies)] = pack.applicable(2023, level, unit)
    return found.weight, str(found.severity), applies


def test_a_change_for_some_levels_leaves_the_others(tmp_path: Path) -> None:
    """Weight and switching off by level; an unknown level is asked as before."""
    pack = changed(
        tmp_path, "  - {rule: task.first, levels: [department], off: 部门不写}\n  - {rule: task.first, levels: [township], weight: 7}"
    )

    assert asked(pack, "department") == (2, "expected", False)
    assert asked(pack, "township") == (7, "expected", True)
    assert asked(pack, "county") == asked(pack, None) == (2, "expected", True)


def test_a_change_for_a_class_of_units(tmp_path: Path) -> None:
    """Only units whose names end so, and only of that level; whose name is unknown is of no class."""
    pack = changed(
        tmp_path,
        "  - {rule: task.first, classes: [enforcing], severity: required}\n  - {rule: task.first, classes: [enforcing], weight: 5}",
    )

    assert asked(pack, "department", "甲山县水利局") == (5, "required", True)
    assert (
        asked(pack, "department", "甲山县教育局")
        == asked(pack, "department")
        == asked(pack, "county", "甲山县水利局")
        == (2, "expected", True)
    )


def test_phrases_cannot_be_widened_for_some_units_only(tmp_path: Path) -> None:
    """They would count for all: said at the place."""
    write_pack(tmp_path, pack_text(rule("task.first"), name="base"), "base")
    mine = write_pack(
        tmp_path,
        'id: mine\ntitle: 改动\nversion: "1"\nextends: [base]\nchanges:\n  - {rule: task.first, levels: [city], phrases: {terms: [丙类事项]}}',
    )

    assert ["增补短语对各级各类单位都起作用" in str(problem) for problem in check_packs([str(mine)])] == [True]


@pytest.mark.parametrize(("text", "status"), [("全年完成甲类事项评估，办结甲类事项12件。", "met"), ("已经建立甲类事项台账。", "partial")])
def test_a_rule_that_needs_a_figure(tmp_path: Path, text: str, status: str) -> None:
    """A completed act alone is met without ``needs``, and partial with it; the reader is told what is missing."""
    from scorer.evaluation.cases import page

    plain = 'id: mine\ntitle: 改动\nversion: "1"\nsources:\n  local: {title: 本县办法}\nextends: [national]\nrules:\n' + rule("local.first")
    got = []
    for own in (plain, plain.replace("    check: coverage", "    needs: figure\n    check: coverage")):
        forget()
        pack = load_pack(str(write_pack(tmp_path, own)))
        found = assess(Document.from_text(page(text, "measures", 2023)), pack, Options(2023, "county"), force=True).findings
        got.append(next(f for f in found if f.rule == "local.first"))

    assert [f.status for f in got] == ["met", status]
    assert ("没有写明数量" in got[1].message) == (status == "partial")
