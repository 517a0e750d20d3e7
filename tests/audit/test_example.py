"""The example audit: what its units get, and that the decisions given with it hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx

from scorer.audit.model import GATE_WORDS
from scorer.audit.run import Plan, run

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "audit"
VERDICTS = {
    "栖云县人民政府": "通过", "石漕镇": "通过", "松坪乡": "退回", "禾渡镇": "通过", "澜口镇": "拟退回", "白鹭街道": "通过", "石桥乡": "未报送",
    "司法局": "通过", "教育局": "修改后通过", "市场监管局": "修改后通过", "交通局": "退回", "自然资源局": "通过", "应急局": "须重新报送",
    "水利局": "须重新报送", "民政局": "须重新报送", "财政局": "待确认",
}  # fmt: skip


def test_the_example_with_its_decisions(tmp_path: Path) -> None:
    """Every case is there; no decision is lost or stale; letters are the office's, drafts only where nobody has confirmed."""
    for name in ("review.yaml", "office.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    done = run(Plan(EXAMPLE / "2024年度", tmp_path, EXAMPLE / "报送名册.xlsx", 2024, EXAMPLE / "2023年度", jobs=1))
    audit = done.audit

    assert {e.unit: GATE_WORDS[g.verdict] for e, g in zip(audit.entries, audit.gates, strict=True)} == VERDICTS
    assert all("没有用上" not in line and "重新核对" not in line for line in done.lines)
    assert not [v for e in audit.entries if e.summary for v in e.summary.verdicts if v.stale]
    assert any("1个文件是审核机关发出的函" in note for note in audit.notes)
    letters = {path.stem: "\n".join(p.text for p in docx.Document(str(path)).paragraphs) for path in (tmp_path / "feedback").iterdir()}
    assert set(letters) == {unit for unit, verdict in VERDICTS.items() if verdict != "待确认"}
    assert {unit for unit, text in letters.items() if "拟稿" in text} == {"澜口镇"}
    assert all("联系人：周明" in text for text in letters.values())
    assert "2025年3月4日报送，晚于规定的时限" in letters["白鹭街道"] and "审核结论为“通过”" in letters["白鹭街道"]
    assert "2025年4月8日向社会公开，晚于" in letters["自然资源局"]
    assert "写的是2023年度" in letters["民政局"]
    assert "与贵单位上年报告有约" in letters["澜口镇"]
