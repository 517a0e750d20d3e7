"""The roster."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from scorer.audit.roster import read_roster
from scorer.audit.run import Plan, run
from scorer.errors import FazhiError, TableError
from scorer.readers.tables import Cell, Row, Sheet, read_tables
from scorer.rulepack.model import Pack


def sheet(*rows: tuple[Cell, ...]) -> tuple[Sheet, ...]:
    """A table."""
    return (Sheet("名册", tuple(Row(number, cells) for number, cells in enumerate(rows, 1))),)


def test_heads_are_recognised(pack: Pack) -> None:
    """Title above, spaces, brackets and other words for the same column."""
    head = ("序号", "单位 名称（全称）", "级 别", "上报时间", "发布日期*", "公开链接", "联系人/电话", "联系人")
    rows = (
        ("平川县2023年度报送名册", "", "", "", "", "", "", ""),
        head,
        ("1", "司法局", "县直部门", datetime.date(2024, 2, 20), "2024年3月5日", "http://x.cn", "", "王五 123"),
        ("2", "城关镇", "乡镇", "45342", "20240306", "—", "", ""),
        ("3", "东岭市", "设区市", "无", "/", "", "", ""),
        ("合计", "合计", "", "", "", "", "", ""),
    )
    first, second, third = read_roster(sheet(*rows), "名册.xlsx", pack.audit).units

    assert first == ("司法局", "department", datetime.date(2024, 2, 20), datetime.date(2024, 3, 5), "http://x.cn", "王五 123", "")
    assert second == ("城关镇", "township", datetime.date(2024, 2, 20), datetime.date(2024, 3, 6), "", "", "")
    assert third[2:4] == (None, None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("姓名", "电话"), ("张三", "1")), "没有单位名称一列"),
        ((("单位", "报送日期"), ("甲局", "昨天")), "第2行第B列的日期“昨天”"),
        ((("单位", "报送日期"), ("甲局", "2024-02-31")), "第2行第B列"),
        ((("单位", "层级"), ("甲局", ""), ("甲局", "")), "写了两次（第2行和第3行）"),
        ((("单位", "层级"),), "一个单位也没有"),
    ],
)
def test_mistakes_name_row_and_column(rows: tuple[tuple[Cell, ...], ...], words: str, pack: Pack) -> None:
    """One line with the place and the way out."""
    with pytest.raises(FazhiError) as caught:
        read_roster(sheet(*rows), "名册.xlsx", pack.audit)

    assert words in str(caught.value) and "名册.xlsx" in str(caught.value)


def test_totals_and_notes_are_no_units(pack: Pack) -> None:
    """Also where the word stands before the column of units: it would be a unit that never submits."""
    rows = (("序号", "单位", "层级"), ("1", "甲局", "部门"), ("合 计", "1个", ""), ("备注：以下略", "乙局", ""), ("", "说明：略", ""))
    assert [unit.name for unit in read_roster(sheet(*rows), "名册.xlsx", pack.audit).units] == ["甲局"]


def test_all_mistakes_are_told_at_once(pack: Pack) -> None:
    """Every wrong cell a line of its own with sheet, row, column and remedy; of very many the first 20 and how many are left."""
    head: tuple[Cell, ...] = ("单位", "报送日期", "公开日期")
    with pytest.raises(TableError) as caught:
        read_roster(sheet(head, ("甲局", "昨天", "前天"), ("甲局", "", ""), ("乙局", "", "2024-13-01")), "名册.xlsx", pack.audit)
    lines = str(caught.value).splitlines()

    assert len(lines) == len(caught.value.problems) == 4
    for line, words in zip(lines, ("第2行第B列", "第2行第C列", "第3行第A列的单位“甲局”写了两次", "第4行第C列"), strict=True):
        assert line.startswith("名册.xlsx 的“名册”表：") and words in line and "。请" in line

    with pytest.raises(TableError) as caught:
        read_roster(sheet(head, *((f"第{number}局", "昨天", "") for number in range(27))), "名册.xlsx", pack.audit)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21 and lines[-1] == "另有7处没有列出"


def test_odd_rows_are_told_and_the_others_go_on(pack: Pack) -> None:
    """A level that nobody knows, and a row of which all is filled but the unit; neither an empty form line nor a level left open."""
    rows: tuple[tuple[Cell, ...], ...] = (
        ("序号", "单位", "层级", "联系人"),
        ("1", "甲局", "火星", ""),
        ("2", "", "乡镇", "张三"),
        ("3", "", "", ""),
        ("4", "乙镇", "—", ""),
    )
    units, notes = read_roster(sheet(*rows), "名册.xlsx", pack.audit)

    assert [(unit.name, unit.level) for unit in units] == [("甲局", None), ("乙镇", None)]
    strange, nameless = notes
    assert "第2行第C列的层级“火星”" in strange and "部门" in strange and "街道" in strange
    assert "第3行第B列没有单位名称" in nameless and "公式" in nameless


def test_a_formula_without_a_result_is_told(tmp_path: Path, pack: Pack) -> None:
    """A workbook that no spreadsheet program has saved has formulas without results: the row is named."""
    book = openpyxl.Workbook()
    for row in (("单位", "层级"), ("甲局", "部门"), ('=A2&"分局"', "部门")):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    units, notes = read_roster(read_tables(tmp_path / "名册.xlsx"), "名册.xlsx", pack.audit)

    assert [unit.name for unit in units] == ["甲局"]
    assert len(notes) == 1 and "第3行第A列" in notes[0] and "公式" in notes[0]


@pytest.mark.parametrize("wrong", ["roster", "review", "template"])
def test_a_mistake_leaves_nothing_behind(wrong: str, tmp_path: Path) -> None:
    """What a person gives is read before the folder of results is made, or anything in it is."""
    folder, out, roster, template = tmp_path / "报送", tmp_path / "out", tmp_path / "名册.csv", tmp_path / "函.docx"
    folder.mkdir()
    (folder / "a.txt").write_text("甲局", "utf-8")
    roster.write_text("单位,报送日期\n甲局,昨天\n" if wrong == "roster" else "单位\n甲局\n", "utf-8")
    template.write_bytes(b"PK\x03\x04x")
    if wrong == "review":
        out.mkdir()
        (out / "review.yaml").write_text("matches:\n  a.txt: 乙局\n", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FazhiError):
        run(Plan(folder, out, roster=roster, template=template if wrong == "template" else None, jobs=1))

    assert sorted(tmp_path.rglob("*")) == before


def test_days_without_a_year_and_words_for_done(pack: Pack) -> None:
    """2月28日 and 2.20 are days of the year after the reports'; without a year, and where Excel may have cut 2.20 to 2.2, only told."""
    rows = (("单位", "报送日期"), ("甲局", "2月28日"), ("乙局", "2.20"), ("丙局", "已报"), ("丁局", "2.2"), ("戊局", ""))
    known = read_roster(sheet(*rows), "名册.csv", pack.audit, 2024).units
    unknown = read_roster(sheet(*rows), "名册.csv", pack.audit).units

    assert [unit.submitted for unit in known] == [datetime.date(2025, 2, 28), datetime.date(2025, 2, 20), None, None, None]
    assert [unit.told for unit in known] == ["", "", "已报", "2.2", ""]
    assert [(unit.submitted, unit.told) for unit in unknown][:2] == [(None, "2月28日"), (None, "2.20")]
