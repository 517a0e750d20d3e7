"""``fazhi publish-check`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import fazhi, one_line

TEXT = "岚溪县人民政府2024年法治政府建设年度报告\n\n一、主要举措\n\n会同县工商局办理案件____件，联系电话13912345678。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report that should not go out."""
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_list_on_the_terminal(report: Path) -> None:
    """What, where, right and why, by sort; the exit status says that there is something."""
    ran = fazhi("publish-check", report)

    assert ran.code == 1
    assert "“工商局” → 市场监督管理局" in ran.out
    assert "第4段" in ran.out or "第3段" in ran.out
    assert all(word in ran.out for word in ("没有填的空（1处）", "个人信息（1处）", "已经撤并的机构（1处）"))


def test_as_json(report: Path) -> None:
    """Machine-readable, with offsets of the text."""
    data = json.loads(fazhi("publish-check", report, "--format", "json").out)

    assert data["schema"] == "fazhi-publication/1"
    assert data["report_year"] == 2024
    assert {TEXT[a["start"] : a["end"]] for a in data["alarms"]} == {"工商局", "____", "13912345678"}


def test_as_a_page(report: Path, tmp_path: Path) -> None:
    """A page of its own; the summary is said."""
    ran = fazhi("publish-check", report, "-o", tmp_path / "检查.html")

    assert ran.code == 1
    assert "公开前要处理3处" in ran.err
    assert "市场监督管理局" in (tmp_path / "检查.html").read_text("utf-8")


def test_nothing_found(report: Path) -> None:
    """Exit status 0, and what a machine cannot find is said."""
    report.write_text("岚溪县人民政府2024年法治政府建设年度报告\n\n一、主要举措\n\n审查文件12件。\n", "utf-8")
    ran = fazhi("publish-check", report)

    assert ran.code == 0
    assert "保密审查" in ran.out


def test_the_year_can_be_given(report: Path) -> None:
    """A report on 2017 may name what there was."""
    assert "已经撤并的机构" not in fazhi("publish-check", report, "--report-year", "2017").out


def test_wrong_use_is_one_line(report: Path, tmp_path: Path) -> None:
    """A form that cannot be written, a list that is not there."""
    for arguments in (("-o", tmp_path / "检查.docx"), ("--list", tmp_path / "没有.yaml"), ("--open", "--format", "json")):
        ran = fazhi("publish-check", report, *arguments)
        assert one_line(ran)


def test_the_list_is_checked_with_the_packs() -> None:
    """rules check and rules test know lists for publication."""
    assert "没有错误" in fazhi("rules", "check", "publication").out
    assert fazhi("rules", "test", "publication", "--rule", "organ.industry").code == 0


def test_what_is_no_report_is_named(tmp_path: Path) -> None:
    """The text is checked all the same, and it is said that it is no annual report."""
    path = tmp_path / "通知.txt"
    path.write_text("关于召开会议的通知\n\n请各单位____月参会。\n", "utf-8")

    assert "不像法治政府建设年度报告" in fazhi("publish-check", path).out
    assert "不像法治政府建设年度报告" in fazhi("publish-check", path, "--format", "html").out
    assert json.loads(fazhi("publish-check", path, "--format", "json").out)["notes"]


def test_many_blanks_are_one_line_a_paragraph(report: Path) -> None:
    """Of a hundred blanks each paragraph has one line with their number; the machine-readable list has them all."""
    report.write_text(TEXT + "".join(f"培训____期{n}次，审查____件，办结____件，发文____份。\n\n" for n in range(5)), "utf-8")
    shown = fazhi("publish-check", report).out

    assert "没有填的空（21处）" in shown
    assert shown.count("等4处") == 5
    assert "等 4 处" in fazhi("publish-check", report, "--format", "html").out
    assert sum(a["what"] == "____" for a in json.loads(fazhi("publish-check", report, "--format", "json").out)["alarms"]) == 21
