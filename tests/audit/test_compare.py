"""Two audits side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorer.audit.compare import DECIDED, NEW, RULE_CHANGED, SOLVED, UNCHANGED, compare
from scorer.audit.outputs import comparison as outputs
from scorer.errors import FazhiError

PACK = {"tool": "1", "title": "国家要求", "version": "1", "sha256": "a", "words": "w", "rules": {"x": "1", "y": "1", "z": "1"}}


def line(unit: str, total: float | None = None, state: str = "assessed", year: int = 2023, **statuses: str) -> dict[str, Any]:
    """One result with the statuses of its elements."""
    findings = [{"rule": rule, "title": f"要素{rule}", "severity": "required", "status": status} for rule, status in statuses.items()]
    score = None if total is None else {"total": total}
    return {"unit": unit, "state": state, "profile": {"report_year": year}, "findings": findings, "statements": [], "score": score}


def folder(path: Path, *rows: dict[str, Any], **pack: Any) -> Path:
    """An output folder."""
    path.mkdir()
    (path / "results.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (path / "pack.json").write_text(json.dumps({**PACK, **pack}), "utf-8")
    return path


def kinds(first: Path, second: Path) -> dict[str, str]:
    """What became of each element of the one unit."""
    return {change.rule: change.kind for change in compare(first, second).units[0].changes}


def test_solved_new_unchanged(tmp_path: Path) -> None:
    """Gaps then and gaps now."""
    first = folder(tmp_path / "1", line("甲县", 70, x="missing", y="partial", z="met"))
    second = folder(tmp_path / "2", line("甲县", 80, x="met", y="missing", z="missing"))

    assert kinds(first, second) == {"x": SOLVED, "y": UNCHANGED, "z": NEW}
    text = outputs.terminal(compare(first, second))
    assert "得分 70.0 → 80.0" in text and "已解决1项（要素x）" in text and "新出现1项（要素z）" in text


def test_changed_rules_are_not_compared(tmp_path: Path) -> None:
    """With another pack the rules that changed are named, the others compared."""
    first = folder(tmp_path / "1", line("甲县", 70, x="missing", y="missing"))
    second = folder(tmp_path / "2", line("甲县", 80, x="met", y="met"), sha256="b", rules={"x": "2", "y": "1", "z": "1"})

    assert kinds(first, second) == {"x": RULE_CHANGED, "y": SOLVED}
    assert any("1条规则变了" in note for note in compare(first, second).notes)


@pytest.mark.parametrize("change", [{"words": "v"}, {"rules": {}}])
def test_packs_that_cannot_be_told_apart(tmp_path: Path, change: dict[str, Any]) -> None:
    """Where the common words changed or nothing is known of the rules, nothing is compared."""
    first = folder(tmp_path / "1", line("甲县", 70, x="missing"))
    second = folder(tmp_path / "2", line("甲县", 80, x="met"), sha256="b", **change)

    assert kinds(first, second) == {"x": RULE_CHANGED}


def test_no_report_solves_nothing(tmp_path: Path) -> None:
    """A unit that did not submit has no verdicts: its gaps are neither solved nor new."""
    first = folder(tmp_path / "1", line("甲县", 70, x="missing"), line("乙县", 60, x="met"))
    second = folder(tmp_path / "2", line("甲县", None, "not-submitted"), line("丙县", 50, x="missing"))
    found = compare(first, second)

    assert [unit.changes for unit in found.units] == [(), (), ()]
    assert "甲县：已检查 → 未报送" in outputs.terminal(found)


def test_pages_are_safe_and_whole(tmp_path: Path) -> None:
    """HTML escapes what reports say; JSON holds every change."""
    first = folder(tmp_path / "1", line("<b>甲县", 70, x="missing"))
    second = folder(tmp_path / "2", line("<b>甲县", 80, x="met"))
    found = compare(first, second)

    assert "&lt;b&gt;甲县" in outputs.to_html(found) and "<b>甲县" not in outputs.to_html(found)
    assert json.loads(outputs.to_json(found))["units"][0]["changes"][0]["kind"] == SOLVED


def test_no_audit_there(tmp_path: Path) -> None:
    """A folder without results, or with a broken line, is named."""
    with pytest.raises(FazhiError, match="没有审核结果"):
        compare(tmp_path, tmp_path)
    broken = folder(tmp_path / "1")
    (broken / "results.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(FazhiError, match="第1行"):
        compare(broken, broken)


def decided(row: dict[str, Any], rule: str, machine: str) -> dict[str, Any]:
    """The line with a person's decision on an element."""
    for finding in row["findings"]:
        if finding["rule"] == rule:
            finding |= {"machine": machine, "reviewed": {"by": "张三", "date": "2024-03-10", "reason": "写在末段"}}
    return row


def test_a_decision_is_no_improvement(tmp_path: Path) -> None:
    """What a person decided otherwise is told as that, with who and why; what was mended and then confirmed is solved."""
    first = folder(tmp_path / "1", line("甲县", 70, x="missing", y="missing", z="missing"))
    row = decided(decided(line("甲县", 80, x="met", y="met", z="met"), "x", "missing"), "y", "met")
    second = folder(tmp_path / "2", row)

    assert kinds(first, second) == {"x": DECIDED, "y": SOLVED, "z": SOLVED}
    text = outputs.terminal(compare(first, second))
    assert "人工改定1项（要素x）" in text and "已解决2项" in text
    assert "张三（2024-03-10）：写在末段" in outputs.to_html(compare(first, second))


def test_a_withdrawn_decision_is_no_new_gap(tmp_path: Path) -> None:
    """The program says the same of both."""
    first = folder(tmp_path / "1", decided(line("甲县", 80, x="met"), "x", "missing"))
    second = folder(tmp_path / "2", line("甲县", 70, x="missing"))

    assert kinds(first, second) == {"x": DECIDED}


def test_dismissed_contradictions_are_told_as_such(tmp_path: Path) -> None:
    """They are not mended."""
    wrong = {"statements": [{"verdict": "inconsistent"}]}
    first = folder(tmp_path / "1", {**line("甲县", 70, x="met"), **wrong})
    second = folder(tmp_path / "2", {**line("甲县", 75, x="met"), "dismissed": 1})

    assert "数字矛盾 1 → 0处（人工认定不成立1处）" in outputs.terminal(compare(first, second))


def test_verdicts_are_counted_across_packs(tmp_path: Path) -> None:
    """By the new pack so many instead of so many; by rule, also where the rule is another."""
    units = ("甲县", "乙县", "丙县")
    first = folder(tmp_path / "1", *({**line(unit, 70, x="met", y="missing"), "gate": "pass"} for unit in units))
    rows = [
        {**line(unit, 60, x="missing", y="missing"), "gate": gate} for unit, gate in zip(units, ("return", "return", "pass"), strict=True)
    ]
    second = folder(tmp_path / "2", *rows, title="本市要求", sha256="b", rules={"x": "2", "y": "1", "z": "1"})
    found = compare(first, second)
    text = outputs.terminal(found)

    assert "按规则包“本市要求 1”：通过1、修改后通过0、退回2（按“国家要求 1”为3、0、0）。" in text
    assert [(row.rule, row.before, row.now, row.changed) for row in found.by_rule] == [("x", 0, 3, True)]
    assert "要素x 0 → 3个单位（规则变了）" in text and "  甲县：通过 → 退回" in text
    assert json.loads(outputs.to_json(found))["verdicts"] == [{"pass": 3}, {"return": 2, "pass": 1}]
    assert "通过 → 退回" in outputs.to_html(found)
