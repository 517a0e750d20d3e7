"""The roster."""

from __future__ import annotations

import datetime

import pytest

from scorer.audit.roster import read_roster
from scorer.errors import FazhiError
from scorer.readers.tables import Cell, Row, Sheet
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
    first, second, third = read_roster(sheet(*rows), "名册.xlsx", pack.audit)

    assert first == ("司法局", "department", datetime.date(2024, 2, 20), datetime.date(2024, 3, 5), "http://x.cn", "王五 123")
    assert second == ("城关镇", "township", datetime.date(2024, 2, 20), datetime.date(2024, 3, 6), "", "")
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
    assert [unit.name for unit in read_roster(sheet(*rows), "名册.xlsx", pack.audit)] == ["甲局"]
