"""The workbook of an audit: everything the office sorts, filters, reviews and hands on.

Text from reports is hostile until shown: nothing becomes a formula or a link by itself (``strings_to_formulas`` and
``strings_to_urls`` are off), characters that XML forbids are dropped, and no cell is longer than Excel allows. The
same audit gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scorer.audit.model import (
    ALWAYS,
    ASKED,
    GATE_WORDS,
    NO_REPORT,
    NOT_SUBMITTED,
    OUTSIDE,
    STATE_WORDS,
    UNREADABLE,
    Audit,
    Entry,
    Gap,
    Verdict,
)
from scorer.audit.outputs.book import GROUND, Book, Cell, fit, height
from scorer.audit.outputs.tally import (
    FOLLOW_WORDS,
    VERDICT_WORDS,
    change,
    late_word,
    level_word,
    missing_required,
    tally,
    unit_name,
)
from scorer.outputs.words import KIND_WORDS
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

REVIEW_WORDS = ("具备", "不足", "缺失", "不适用", "待复核", "豁免")
GAP_COLUMNS = ("单位", "文件", "要素编号", "要素", "状态", "原文", "依据", "改法", "可得分", "复核结论", "复核人", "复核日期", "复核理由")


def render(audit: Audit) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    return _Book(audit).bytes()


class _Book(Book):
    def __init__(self, audit: Audit) -> None:
        super().__init__(audit.title)
        self.audit = audit

    def bytes(self) -> bytes:
        self._summary()
        self._matrix()
        self._gaps()
        self._contradictions()
        self._likenesses()
        self._follow_up()
        self._absent()
        self._about()
        self.book.close()
        return self.buffer.getvalue()

    # -- sheets ----------------------------------------------------------------------------------------------------------

    def _summary_rows(self) -> Iterator[Sequence[Cell]]:
        outside = {entry.path for entry in self.audit.outside()}
        for entry, gate in zip(self.audit.entries, self.audit.gates, strict=True):
            found, roster = entry.summary, entry.roster
            apart = roster is None and entry.path in outside
            failed = "；".join(f"{c.title}：{c.actual}（要求{c.asked}）" for c in gate.conditions if not c.holds)
            yield (
                unit_name(entry),
                level_word(entry),
                STATE_WORDS.get(entry.state, entry.state),
                found.total if found else None,
                found.grade if found else None,
                missing_required(self.audit, entry) if found else None,
                len(found.gaps) if found else None,
                len(found.contradictions) if found else None,
                late_word(entry) if found else None,
                entry.previous_total,
                change(entry),
                OUTSIDE if apart else GATE_WORDS.get(gate.verdict, gate.verdict),
                "" if apart else failed,
                found.by_person if found else None,
                roster.submitted if roster else None,
                roster.published if roster else None,
                roster.address if roster else None,
                roster.contact if roster else None,
                entry.path,
                "；".join(entry.superseded),
                entry.doubt,
                entry.reason or (("等次受限：" + found.capped) if found and found.capped else ""),
            )

    def _summary(self) -> None:
        columns = {
            "单位": 26, "层级": 7, "状态": 12, "得分": 7, "等次": 8, "缺必备内容": 8, "缺项": 7, "数据矛盾": 7, "报送": 7, "上年得分": 8,
            "比上年": 8, "结论": 12, "未符合的条件": 36, "人工认定占比": 9, "报送日期": 11, "公开日期": 11, "公开网址": 24, "联系方式": 16,
            "文件": 30, "旧稿": 24, "对应待确认": 24, "说明": 30,
        }  # fmt: skip
        formats = {
            "得分": self.points, "上年得分": self.points, "比上年": self.moved, "人工认定占比": self.share,
            "报送日期": self.day, "公开日期": self.day,
            **dict.fromkeys(("层级", "等次", "报送"), self.middle),
        }  # fmt: skip
        self._table(
            "汇总",
            columns,
            self._summary_rows(),
            formats,
            coloured=("结论", "报送"),
            links=[entry.report for entry in self.audit.entries],
            printed=13,
        )

    def _name(self, sheet: Any, row: int, entry: Entry) -> None:
        if entry.report:
            self._link(sheet, row, entry.report, unit_name(entry))
        else:
            sheet.write_string(row, 0, fit(unit_name(entry)), self.plain)

    def _matrix(self) -> None:
        sheet = self.book.add_worksheet("单位×要素")
        elements = self.audit.elements
        sheet.set_row_pixels(0, 190)
        sheet.set_row_pixels(1, 230)
        for row in (0, 1):
            for column, word in enumerate(("单位", "得分")):
                sheet.write_string(row, column, word if row else "", self.head)
            for column, element in enumerate(elements, 2):
                word = f"{element.title}（{Severity.shown(element.severity)}）" if row else element.rule
                sheet.write_string(row, column, fit(word), self.turned)
        at = 2
        for entry in self.audit.entries:
            found = entry.summary
            if not found:
                continue
            self._name(sheet, at, entry)
            sheet.write_number(at, 1, round(found.total, 4), self.points)
            words = {v.rule: VERDICT_WORDS.get(v.status, v.status) + ("（人工）" if v.by else "") for v in found.verdicts}
            for column, element in enumerate(elements, 2):
                if element.rule in words:
                    sheet.write_string(at, column, fit(words[element.rule]), self.centred)
            at += 1
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 7)
        if elements:
            sheet.set_column(2, 1 + len(elements), 5.3)
            if at > 2:
                self._colour(sheet, 2, 2, at - 1, 1 + len(elements), GROUND)
        sheet.freeze_panes(2, 2)
        if at > 2:
            sheet.autofilter(1, 0, at - 1, 1 + len(elements))
        self._paper(sheet, rows=(0, 1), columns=(0, 0))
        sheet.set_paper(8)  # A3: fifty columns cannot be read on A4

    def _gap_rows(self) -> Iterator[Sequence[Cell]]:
        for entry in self.audit.entries:
            reviewed = {verdict.rule: verdict for verdict in entry.summary.verdicts if verdict.by} if entry.summary else {}
            for gap in _to_mend(self.audit, entry):
                status = VERDICT_WORDS.get(gap.status, gap.status)
                gain = round(gap.gain, 4)
                said = (unit_name(entry), entry.path, gap.rule, gap.title, status, gap.quote, gap.basis, gap.fix, gain)
                yield (*said, *_review(reviewed.get(gap.rule)))

    def _gaps(self) -> None:
        columns = dict(zip(GAP_COLUMNS, (22, 20, 22, 22, 8, 38, 34, 42, 7, 10, 10, 12, 26), strict=True))
        sheet, last = self._table(
            "缺项", columns, self._gap_rows(), {"可得分": self.points, "复核日期": self.day}, coloured=("状态", "复核结论"), frozen=4
        )
        if any(entry.summary for entry in self.audit.entries):
            # The open columns have their look as columns: writing blank cells would take as long as a fifth of the sheet.
            for column in (9, 10, 12):
                sheet.set_column(column, column, columns[GAP_COLUMNS[column]], self.open)
            sheet.set_column(11, 11, columns[GAP_COLUMNS[11]], self.open_day)
            choice = "请从列表中选：" + "、".join(REVIEW_WORDS)
            sheet.data_validation(
                1, 9, last, 9, {"validate": "list", "source": list(REVIEW_WORDS), "error_title": "复核结论", "error_message": choice}
            )
            sheet.data_validation(
                1, 11, last, 11,
                {
                    "validate": "date", "criteria": ">", "value": datetime.date(2000, 1, 1), "error_type": "warning",
                    "error_title": "复核日期", "error_message": "请写日期，例如 2026-03-15。",
                },
            )  # fmt: skip

    def _contradictions(self) -> None:
        rows = (
            (unit_name(entry), entry.path, KIND_WORDS.get(c.kind, c.kind), c.quote, c.printed, c.computed, c.formula)
            for entry in self.audit.entries
            if entry.summary
            for c in entry.summary.contradictions
        )
        links = (entry.report for entry in self.audit.entries if entry.summary for _ in entry.summary.contradictions)
        columns = {"单位": 26, "文件": 26, "种类": 9, "原文": 60, "文中写": 14, "算得": 14, "算式": 34}
        self._table("数据矛盾", columns, rows, links=links)

    def _likeness_rows(self) -> Iterator[Sequence[Cell]]:
        for likeness in self.audit.likenesses:
            other = "本单位上年报告" if likeness.previous else likeness.other
            for passage in likeness.passages:
                figures = "；".join(f"{mine}→{theirs}" for mine, theirs in passage.changed)
                yield (likeness.unit, other, likeness.share, "相同文字", passage.mine, passage.theirs, figures)
            yield from ((likeness.unit, other, likeness.share, "上年年份未改", line, None, None) for line in likeness.old_years)
            if not likeness.passages and not likeness.old_years:
                yield (likeness.unit, other, likeness.share, "", None, None, None)

    def _likenesses(self) -> None:
        columns = {"单位": 24, "对照": 24, "相同占比": 9, "种类": 14, "本报告": 60, "对照的报告": 60, "不同的数字": 22}
        self._table("相似", columns, self._likeness_rows(), {"相同占比": self.share})

    def _follow_up(self) -> None:
        kinds = {"arrangement": "上年安排", "shortcoming": "上年不足"}
        rows = (
            (unit_name(entry), kinds.get(item.kind, item.kind), FOLLOW_WORDS.get(item.state, item.state), item.quote, item.answer)
            for entry in self.audit.entries
            for item in entry.follow_up
        )
        links = (entry.report for entry in self.audit.entries for _ in range(len(entry.follow_up)))
        columns = {"单位": 26, "种类": 11, "结果": 11, "上年原文": 70, "今年相应的文字": 70}
        self._table("上年安排落实", columns, rows, coloured=("结果",), links=links)

    def _absent(self) -> None:
        rows: list[Sequence[Cell]] = []
        outside = self.audit.outside()
        for entry in self.audit.entries:
            if entry.state in (NOT_SUBMITTED, ASKED, NO_REPORT, UNREADABLE):
                roster = entry.roster
                reason = entry.reason or entry.doubt or ("名册中有这个单位，文件夹里没有它的报告" if entry.state == NOT_SUBMITTED else "")
                contact = roster.contact if roster else None
                state = STATE_WORDS[entry.state] + (f"（{OUTSIDE}）" if entry in outside else "")
                rows.append((unit_name(entry), level_word(entry), state, entry.path, reason, contact))
        columns = {"单位": 28, "层级": 8, "情况": 14, "文件": 40, "原因": 60, "联系方式": 20}
        self._table("未报送", columns, rows)

    def _about(self) -> None:
        counted = tally(self.audit)
        sheet = self.book.add_worksheet("说明")
        sheet.write_string(0, 0, fit(self.audit.title), self.title)
        lines = [
            ("总体结果", counted.sentence),
            (
                "结论",
                "、".join(f"{word}{counted.gates[name]}个" for name, word in GATE_WORDS.items() if name in ALWAYS or counted.gates[name]),
            ),
            ("报告年度", f"{self.audit.report_year}年" if self.audit.report_year else "未指定"),
            ("规则包", f"{self.audit.pack_title}，第{self.audit.pack_version}版"),
            *((("时间", self.audit.made),) if self.audit.made else ()),
            ("规则包校验", f"SHA-256 {self.audit.pack_sha256}"),
            ("程序", f"fazhi-scorer {VERSION}"),
            *(("提示", note) for note in self.audit.notes),
            (
                "怎样复核",
                "在“缺项”表右边四列填写：复核结论从列表中选，复核人、复核日期、复核理由照实写。已经复核过的，右边四列是原来的结论，可以改。填好保存，下次检查时读入，以人工结论为准，程序结论一并保留。",
            ),
            ("复核结论", "具备、不足、缺失、不适用、待复核：改按所选结论计分。豁免：这一项不要求本单位写，不计分，理由必须写明。"),
            ("不要改动", "“单位”“文件”“要素编号”三列用来对上原来的结论，请不要改。行可以排序、筛选，不影响读入。"),
            ("可得分", "补齐这一项后本单位总分大约增加的分数。"),
            ("对不上的文件", f"结论一栏写“{OUTSIDE}”的，是没有与名册对上的文件，不计入单位数和各项合计。"),
            ("性质", "结论由程序依规则包得出，供审核机关复核。程序只看写没写、写得具不具体、数字对不对得上，不判断事实真伪和工作优劣。"),
        ]
        for row, (word, line) in enumerate(lines, 2):
            sheet.write_string(row, 0, word, self.head)
            sheet.write_string(row, 1, fit(line), self.plain)
            sheet.set_row(row, height((word, line), (16, 100)))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)
        self._paper(sheet)

    # -- how sheets are made ---------------------------------------------------------------------------------------------


def _to_mend(audit: Audit, entry: Entry) -> Iterable[Gap]:
    """The gaps of a report; after them what a reviewer has to look at or has decided, so that all reviews stand in one place."""
    if not entry.summary:
        return
    gaps = tuple(entry.summary.gaps)
    yield from gaps
    known = {gap.rule for gap in gaps}
    elements = {element.rule: element for element in audit.elements}
    for verdict in entry.summary.verdicts:
        element = elements.get(verdict.rule)
        if element and verdict.rule not in known and (verdict.status == Status.NEEDS_REVIEW or verdict.by):
            yield Gap(element.rule, element.title, element.category, element.severity, verdict.status, "", "", "", "", 0.0)


def _review(verdict: Verdict | None) -> tuple[Cell, ...]:
    """The last four columns: what a person has decided, else open."""
    if verdict is None:
        return ()
    try:
        day: Cell = datetime.date.fromisoformat(verdict.date)
    except ValueError:
        day = verdict.date
    return VERDICT_WORDS.get(verdict.status, verdict.status), verdict.by, day, verdict.reason
