"""The workbook of an audit: sheets, types, review columns, and that no text of a report becomes anything but text."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from audits import audit as invented
from helpers import replace

from scorer.audit.decisions import Decided
from scorer.audit.model import ASSESSED, NOT_SUBMITTED, Audit, FollowUp, Likeness, SharedPassage
from scorer.audit.outputs.book import CELL_MAX, fit
from scorer.audit.outputs.workbook import GAP_COLUMNS, REVIEW_WORDS, render

HOSTILE = ('=HYPERLINK("http://x.example","点我")', "+1+1", "-2+3", "@SUM(A1)", "http://x.example/y", "{=1+1}")


@pytest.fixture(scope="module")
def audit() -> Audit:
    """A small audit with entries of every state."""
    return invented(28)


@pytest.fixture(scope="module")
def book(audit: Audit) -> Any:
    """Its workbook, read back."""
    return openpyxl.load_workbook(io.BytesIO(render(audit)))


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by the words of its first row."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheets_stand_in_their_order(book: Any) -> None:
    """Summary first, how to read it last."""
    assert book.sheetnames == ["汇总", "单位×要素", "缺项", "数据矛盾", "相似", "上年安排落实", "待定事项", "历次审核", "未报送", "说明"]


def test_summary_has_a_typed_row_for_every_entry(book: Any, audit: Audit) -> None:
    """Scores are numbers, dates are dates; the unit leads to its report."""
    sheet = book["汇总"]
    rows = table(sheet)

    assert len(rows) == len(audit.entries)
    for number, (entry, row) in enumerate(zip(audit.entries, rows, strict=True), 2):
        if entry.state == ASSESSED and entry.summary:
            assert row["得分"] == pytest.approx(entry.summary.total)
            assert isinstance(row["缺必备内容"], int)
            assert sheet.cell(number, 1).hyperlink.target == f"reports/{entry.report}"
            assert row["单位"] == entry.unit
        if entry.roster and entry.roster.submitted:
            assert row["报送日期"] == datetime.datetime.combine(entry.roster.submitted, datetime.time())


def test_a_late_day_that_caps_a_grade_is_named(audit: Audit) -> None:
    """Where no required element is missing but a day has passed, the remark says which: the column of missing elements is 0."""
    entry, gate = next((e, g) for e, g in zip(audit.entries, audit.gates, strict=True) if e.summary)
    assert entry.summary
    day, other = audit.days[0], next(e for e in audit.elements if e.severity == "required" and e.rule not in audit.days)
    title = next(element.title for element in audit.elements if element.rule == day)

    def remark(*missing: str) -> str:
        assert entry.summary
        verdicts = tuple(v._replace(status="missing" if v.rule in missing else "met") for v in entry.summary.verdicts)
        capped = replace(entry, reason="", summary=replace(entry.summary, verdicts=verdicts, capped="有必备内容缺失。"))
        raw = render(replace(audit, entries=(capped,), gates=(gate,)))
        return str(table(openpyxl.load_workbook(io.BytesIO(raw))["汇总"])[0]["说明"])

    assert remark(day) == f"等次受限（“{title}”逾期，按必备内容缺失计）：有必备内容缺失。"
    assert remark(day, other.rule) == remark(other.rule) == "等次受限：有必备内容缺失。"


def test_matrix_says_the_status_of_every_element(book: Any, audit: Audit) -> None:
    """A row a report, a column an element."""
    sheet = book["单位×要素"]
    assessed = [entry for entry in audit.entries if entry.summary]

    assert [sheet.cell(1, c).value for c in range(3, 3 + len(audit.elements))] == [e.rule for e in audit.elements]
    assert sheet.max_row == 2 + len(assessed)
    words = {sheet.cell(r, c).value for r in range(3, sheet.max_row + 1) for c in range(3, sheet.max_column + 1)}
    assert {"具备", "不足", "缺失", "不适用", "待复核"} <= words


def test_gaps_have_the_columns_of_the_review_and_leave_them_open(book: Any, audit: Audit) -> None:
    """One row an element that is asked, what is met last; the last four columns are empty but for what a person has decided."""
    sheet = book["缺项"]
    rows = table(sheet)
    expected = [
        (entry.unit, verdict.rule)
        for entry in audit.entries
        if entry.summary
        for verdict in entry.summary.verdicts
        if verdict.status != "not-applicable" or verdict.by
    ]
    stale = {(e.unit, v.rule) for e in audit.entries if e.summary for v in e.summary.verdicts if v.stale}
    reviewed = {(e.unit, v.rule) for e in audit.entries if e.summary for v in e.summary.verdicts if v.by}

    assert tuple(cell.value for cell in sheet[1]) == GAP_COLUMNS
    assert sorted((row["单位"], row["要素编号"]) for row in rows) == sorted(expected)
    assert all(isinstance(row["可得分"], int | float) for row in rows if row["状态"] in ("缺失", "不足"))
    assert all(row["要求"] in ("必备", "应有", "建议") for row in rows)
    assert all(row["原因"] for row in rows if row["状态"] in ("缺失", "不足"))
    for unit in {row["单位"] for row in rows}:
        own = [row["状态"] == "具备" and not row["复核人"] for row in rows if row["单位"] == unit]
        assert own == sorted(own)
    first = sheet.cell(2, 1)
    assert first.hyperlink.target == f"reports/{next(e.report for e in audit.entries if e.unit == first.value)}"
    for row in rows:
        if (row["单位"], row["要素编号"]) in reviewed:
            assert (row["复核结论"] == row["状态"]) or (row["单位"], row["要素编号"]) in stale
            assert (row["复核人"], row["复核日期"], row["复核理由"]) == ("李明", datetime.datetime(2026, 3, 10), "见第三部分第二段")
        else:
            assert not any(row[name] for name in ("复核结论", "复核人", "复核日期", "复核理由"))


def test_a_review_is_chosen_from_a_list(book: Any) -> None:
    """The column of verdicts takes the six words and no others."""
    sheet = book["缺项"]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]

    assert rules[0].formula1 == f'"{",".join(REVIEW_WORDS)}"'
    assert str(rules[0].sqref) == f"M2:M{sheet.max_row}"


def test_what_is_absent_or_shared_or_followed_has_its_rows(book: Any, audit: Audit) -> None:
    """Nothing of the audit is left out of the workbook."""
    absent = table(book["未报送"])

    assert sum(1 for row in absent if row["情况"] == "未报送") == sum(1 for e in audit.entries if e.state == NOT_SUBMITTED)
    assert all(row["原因"] for row in absent)
    assert len(table(book["相似"])) == sum(len(like.passages) + len(like.old_years) for like in audit.likenesses)
    assert len(table(book["上年安排落实"])) == sum(len(e.follow_up) for e in audit.entries)
    assert len(table(book["数据矛盾"])) == sum(len(e.summary.contradictions) for e in audit.entries if e.summary)


def test_what_can_be_decided_has_its_number_and_both_verdicts(audit: Audit) -> None:
    """Contradictions, likenesses, arrangements and the verdict itself; who decided, when and why."""
    decided = Decided("dismissed", "stands", "张三", "2026-03-10", "两处口径不同")
    entry, gate = next((e, g) for e, g in zip(audit.entries, audit.gates, strict=True) if e.summary and e.summary.contradictions)
    assert entry.summary
    one = entry.summary.contradictions[0]._replace(decided=decided)
    changed = replace(entry, summary=replace(entry.summary, contradictions=(), dismissed=(one,)))
    own = gate._replace(verdict="pass", machine="mend", decided=Decided("pass", "mend", "李四", "2026-03-11", "已核", stale=True))
    small = replace(audit, entries=(changed,), gates=(own,), likenesses=())
    found = openpyxl.load_workbook(io.BytesIO(render(small)))
    rows = {row["事项编号"]: row for row in table(found["待定事项"])}

    assert (rows[one.key]["程序结论"], rows[one.key]["现行结论"], rows[one.key]["复核人"]) == ("属实", "不成立", "张三")
    assert (rows["verdict"]["程序结论"], rows["verdict"]["复核结论"]) == ("修改后通过", "通过（需重新确认）")
    assert table(found["数据矛盾"])[0]["复核理由"] == "两处口径不同"
    summary = table(found["汇总"])[0]
    assert (summary["结论"], summary["程序结论"]) == ("通过", "修改后通过") and "李四" in summary["改定"]


def test_every_table_is_frozen_filtered_and_fits_the_paper(book: Any) -> None:
    """The head stays in sight, on the screen and on every page."""
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_method_and_use_of_the_review_columns_are_explained(book: Any, audit: Audit) -> None:
    """Pack, version, hash, and what each verdict of a reviewer does."""
    text = "\n".join(str(cell) for row in book["说明"].iter_rows(values_only=True) for cell in row if cell)

    for part in (audit.pack_title, audit.pack_sha256, "怎样复核", *REVIEW_WORDS):
        assert part in text


def test_text_that_looks_like_a_formula_or_a_link_stays_text(audit: Audit) -> None:
    """Whatever a cell begins with, it is neither a formula nor a link."""
    entries = []
    for number, entry in enumerate(audit.entries):
        word = HOSTILE[number % len(HOSTILE)]
        found = entry.summary
        if found:
            found = replace(
                found,
                grade=word,
                gaps=tuple(g._replace(title=word, quote=word, basis=word, fix=word, message=word) for g in found.gaps),
                contradictions=tuple(c._replace(quote=word, printed=word, computed=word, formula=word) for c in found.contradictions),
            )
        entries.append(
            replace(
                entry,
                unit=word,
                path=word,
                reason=word,
                doubt=word,
                superseded=(word,),
                report="",
                summary=found,
                follow_up=(FollowUp("arrangement", "silent", word, word),),
            )
        )
    likenesses = tuple(Likeness(word, word, 0.4, (SharedPassage(word, word, ((word, word),)),), False, (word,)) for word in HOSTILE)
    raw = render(replace(audit, title="=1+1", notes=HOSTILE, entries=tuple(entries), likenesses=likenesses))

    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]
    assert set(HOSTILE) <= {cell.value for cell in cells}


def test_cells_hold_what_xml_and_excel_allow() -> None:
    """Control characters go, long texts are cut to the limit with a mark."""
    assert fit("甲\x00\x0b乙\udcff\ufffe丙\n丁") == "甲乙丙\n丁"
    assert len(fit("字" * 40_000)) == CELL_MAX
    assert fit("字" * 40_000).endswith("…")


def test_broken_characters_still_give_a_workbook(audit: Audit) -> None:
    """A name with control characters or half a character can be written and read."""
    entries = (replace(audit.entries[0], unit="岚\x01溪\udcff", path="a\x02.docx"), *audit.entries[1:])

    book = openpyxl.load_workbook(io.BytesIO(render(replace(audit, entries=entries))))

    assert book["汇总"].cell(2, 1).value == "岚溪"


def test_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    """No clock: neither in the properties nor in the zip."""
    first = render(audit)
    parts = zipfile.ZipFile(io.BytesIO(first))

    assert render(invented(28)) == first
    assert {info.date_time for info in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
    core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2000-01-01T"}


def test_audit_without_reports_still_has_a_workbook(audit: Audit) -> None:
    """Only absent units: the sheets are there with their heads."""
    absent = tuple(entry for entry in audit.entries if entry.state == NOT_SUBMITTED)
    gates = tuple(g for e, g in zip(audit.entries, audit.gates, strict=True) if e.state == NOT_SUBMITTED)

    book = openpyxl.load_workbook(io.BytesIO(render(replace(audit, entries=absent, gates=gates, likenesses=(), elements=()))))

    assert book["缺项"].max_row == 1
    assert book["未报送"].max_row == 1 + len(absent)
