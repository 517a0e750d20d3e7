"""The Excel table of one report's gaps."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from helpers import assessed, page, replace

from scorer.outputs import gaps_xlsx
from scorer.outputs.shares import Shares
from scorer.result import Assessment


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """A report with gaps."""
    return assessed(page(problems="一是执法力量薄弱。二是培训不够。", measures="全年办理事项，成效明显。办结率98%，受理50件，办结40件。"))


def table(assessment: Assessment) -> list[tuple[object, ...]]:
    """The rows of the sheet."""
    return list(openpyxl.load_workbook(io.BytesIO(gaps_xlsx.render(assessment)))[gaps_xlsx.SHEET].values)


def test_one_row_a_gap_with_points_that_add_up(assessment: Assessment) -> None:
    """Columns as announced; the points are those of the gap report, in its order."""
    head, *rows = table(assessment)
    shares = Shares.of(assessment)

    assert head == ("要素编号", "要素", "状态", "原文", "依据", "修改建议", "可加分")
    assert [row[0] for row in rows] == [finding.rule for finding in shares.gaps(assessment)]
    assert {row[2] for row in rows} <= {"缺失", "不足", "逾期", "矛盾"}
    assert round(sum(float(str(row[-1])) for row in rows), 1) == round(sum(shares.findings[str(r[0])].gain for r in rows) / 10, 1)
    assert all(row[4] and row[5] for row in rows)


def test_foreign_text_is_never_a_formula_or_a_link(assessment: Assessment) -> None:
    """What begins with = or looks like an address stays text."""
    hostile = '=HYPERLINK("http://evil.example","x")'
    gap = next(f for f in assessment.findings if f.gap)
    findings = tuple(replace(f, title=hostile, fix="http://evil.example") if f is gap else f for f in assessment.findings)
    raw = gaps_xlsx.render(replace(assessment, findings=findings))
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml").decode()

    assert hostile in [cell for row in table(replace(assessment, findings=findings)) for cell in row]
    assert "<f>" not in sheet and "hyperlink" not in sheet


def test_same_assessment_gives_same_bytes(assessment: Assessment) -> None:
    """No time of writing in the file."""
    assert gaps_xlsx.render(assessment) == gaps_xlsx.render(assessment)


def test_long_text_is_cut_to_what_a_cell_holds(assessment: Assessment) -> None:
    """Excel would otherwise refuse the file."""
    findings = tuple(replace(f, fix="长" * 40_000) for f in assessment.findings)

    assert max(len(str(row[5])) for row in table(replace(assessment, findings=findings))[1:]) == gaps_xlsx.CELL_MAX


def test_no_gaps_is_an_empty_table(assessment: Assessment) -> None:
    """Heads only; the file still opens."""
    findings = tuple(replace(f, status="met", points=f.worth) for f in assessment.findings)

    assert len(table(replace(assessment, findings=findings))) == 1


def test_no_annual_report_is_refused(assessment: Assessment) -> None:
    """There is nothing to show."""
    with pytest.raises(ValueError, match="not an annual report"):
        gaps_xlsx.render(replace(assessment, is_annual_report=False))
