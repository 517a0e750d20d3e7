"""The workbook of an audit: everything the office sorts, filters, reviews and hands on.

Text from reports is hostile until shown: nothing becomes a formula or a link by itself (``strings_to_formulas`` and
``strings_to_urls`` are off), characters that XML forbids are dropped, and no cell is longer than Excel allows. The
same audit gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from scorer.audit.decisions import Kind
from scorer.audit.model import (
    ALWAYS,
    GATE_WORDS,
    OUTSIDE,
    STATE_WORDS,
    Audit,
    Entry,
)
from scorer.audit.outputs import cells, persons
from scorer.audit.outputs.book import GROUND, Book, Cell, fit, height
from scorer.audit.outputs.tally import (
    FOLLOW_WORDS,
    VERDICT_WORDS,
    change,
    late_word,
    level_word,
    missing_required,
    public_word,
    tally,
    unit_name,
)
from scorer.outputs.words import KIND_WORDS
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

REVIEW_WORDS = ("具备", "不足", "缺失", "不适用", "待复核", "豁免")
GAP_COLUMNS = (
    "单位", "文件", "要素编号", "要素", "要求", "状态", "原因", "位置", "原文", "依据", "改法", "可得分", "复核结论", "复核人", "复核日期", "复核理由",
)  # fmt: skip
OPEN = GAP_COLUMNS.index("复核结论")
"""The first of the columns that a person fills in."""


def render(audit: Audit) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    return _Book(audit).bytes()


def _capped(audit: Audit, entry: Entry) -> str:
    """Why the grade is no better. A day that has passed caps it as a missing element does, and is counted in no column of those."""
    found = entry.summary
    if not found or not found.capped:
        return ""
    gone = {verdict.rule for verdict in found.verdicts if verdict.status == Status.MISSING} & set(audit.days)
    titles = "、".join(element.title for element in audit.elements if element.rule in gone)
    why = f"（“{titles}”逾期，按必备内容缺失计）" if titles and not missing_required(audit, entry) else ""
    return f"等次受限{why}：{found.capped}"


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
        self._items()
        self._rounds()
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
                public_word(entry) if found else None,
                entry.previous_total,
                change(entry),
                OUTSIDE if apart else GATE_WORDS.get(gate.verdict, gate.verdict),
                "" if apart else GATE_WORDS.get(gate.machine, gate.machine),
                "" if apart else cells.by(gate),
                "" if apart else failed,
                len(gate.open) or None,
                found.by_person if found else None,
                roster.submitted if roster else None,
                roster.published if roster else None,
                roster.address if roster else None,
                roster.contact if roster else None,
                entry.path,
                "；".join(entry.superseded),
                entry.doubt,
                entry.reason or _capped(self.audit, entry),
            )

    def _summary(self) -> None:
        columns = {
            "单位": 26, "层级": 7, "状态": 12, "得分": 7, "等次": 8, "缺必备内容": 8, "缺项": 7, "数据矛盾": 7, "报送": 7, "公开": 7, "上年得分": 8,
            "比上年": 8, "结论": 12, "程序结论": 12, "改定": 20, "未符合的条件": 36, "待确认依据": 8, "人工认定占比": 9, "报送日期": 11, "公开日期": 11, "公开网址": 24, "联系方式": 16,
            "文件": 30, "旧稿": 24, "对应待确认": 24, "说明": 30,
        }  # fmt: skip
        formats = {
            "得分": self.points, "上年得分": self.points, "比上年": self.moved, "人工认定占比": self.share,
            "报送日期": self.day, "公开日期": self.day,
            **dict.fromkeys(("层级", "等次", "报送", "公开"), self.middle),
        }  # fmt: skip
        self._table(
            "汇总",
            columns,
            self._summary_rows(),
            formats,
            coloured=("结论", "报送", "公开"),
            links=[entry.report for entry in self.audit.entries],
            printed=17,
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
            words = {
                v.rule: VERDICT_WORDS.get(v.status, v.status) + ("（人工）" if v.decided else "（需重新确认）" if v.stale else "")
                for v in found.verdicts
            }
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
            resting = {verdict.rule: verdict for verdict in entry.summary.resting} if entry.summary else {}
            for gap in cells.asked(self.audit, entry, resting):
                verdict = resting.get(gap.rule)
                said = (
                    unit_name(entry),
                    entry.path,
                    gap.rule,
                    gap.title,
                    Severity.shown(gap.severity),
                    VERDICT_WORDS.get(gap.status, gap.status),
                )
                found = (gap.message, verdict.place if verdict else "", gap.quote, gap.basis, gap.fix, round(gap.gain, 4) or None)
                yield (*said, *found, *cells.review(verdict))

    def _gap_links(self) -> Iterator[str]:
        for entry in self.audit.entries:
            resting = {verdict.rule: verdict for verdict in entry.summary.verdicts} if entry.summary else {}
            yield from (entry.report for _ in cells.asked(self.audit, entry, resting))

    def _gaps(self) -> None:
        columns = dict(zip(GAP_COLUMNS, (22, 20, 22, 22, 7, 8, 34, 16, 38, 34, 42, 7, 10, 10, 12, 26), strict=True))
        sheet, last = self._table(
            "缺项",
            columns,
            self._gap_rows(),
            {"可得分": self.points, "复核日期": self.day},
            coloured=("状态", "复核结论"),
            links=self._gap_links(),
            frozen=4,
        )
        if any(entry.summary for entry in self.audit.entries):
            # The open columns have their look as columns: writing blank cells would take as long as a fifth of the sheet.
            for column in (OPEN, OPEN + 1, OPEN + 3):
                sheet.set_column(column, column, columns[GAP_COLUMNS[column]], self.open)
            sheet.set_column(OPEN + 2, OPEN + 2, columns[GAP_COLUMNS[OPEN + 2]], self.open_day)
            choice = "请从列表中选：" + "、".join(REVIEW_WORDS)
            sheet.data_validation(
                1, OPEN, last, OPEN, {"validate": "list", "source": list(REVIEW_WORDS), "error_title": "复核结论", "error_message": choice}
            )
            sheet.data_validation(
                1, OPEN + 2, last, OPEN + 2,
                {
                    "validate": "date", "criteria": ">", "value": datetime.date(2000, 1, 1), "error_type": "warning",
                    "error_title": "复核日期", "error_message": "请写日期，例如 2026-03-15。",
                },
            )  # fmt: skip

    def _contradictions(self) -> None:
        rows = (
            (
                unit_name(entry), entry.path, KIND_WORDS.get(c.kind, c.kind), c.place, c.quote, c.other, c.printed, c.computed, c.formula,
                *cells.said(Kind.CONTRADICTION, c.decided),
            )
            for entry in self.audit.entries
            if entry.summary
            for c in (*entry.summary.contradictions, *entry.summary.dismissed)
        )  # fmt: skip
        found = (entry for entry in self.audit.entries if entry.summary)
        links = (entry.report for entry in found if entry.summary for _ in (*entry.summary.contradictions, *entry.summary.dismissed))
        columns = {
            "单位": 26, "文件": 26, "种类": 9, "位置": 16, "原文": 60, "另一处": 40, "文中写": 14, "算得": 14, "算式": 34, **cells.SAID,
        }  # fmt: skip
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
            (
                unit_name(entry), kinds.get(item.kind, item.kind), FOLLOW_WORDS.get(item.state, item.state), item.quote, item.answer,
                *cells.said(item.kind, item.decided),
            )
            for entry in self.audit.entries
            for item in entry.follow_up
        )  # fmt: skip
        links = (entry.report for entry in self.audit.entries for _ in range(len(entry.follow_up)))
        columns = {"单位": 26, "种类": 11, "结果": 11, "上年原文": 70, "今年相应的文字": 70, **cells.SAID}
        self._table("上年安排落实", columns, rows, coloured=("结果",), links=links)

    def _items(self) -> None:
        """What can be decided beside the elements, with the number under which a decision is written."""
        rows = (
            (
                unit_name(entry), entry.path, item.key, persons.kind_word(item), item.title, persons.word(item, item.machine), persons.word(item, item.status),
                "是" if item.deciding else "", item.sentence, *cells.said(item.kind, item.decided),
            )
            for entry, _, item in persons.of_entries(self.audit)
            if item.kind != Kind.ELEMENT
        )  # fmt: skip
        columns = {
            "单位": 24, "文件": 24, "事项编号": 30, "种类": 10, "事项": 36, "程序结论": 11, "现行结论": 11, "影响结论": 8, "依据的原文": 50, **cells.SAID,
        }  # fmt: skip
        self._table("待定事项", columns, rows, coloured=("现行结论",))

    def _rounds(self) -> None:
        """What was decided of each unit so far, and what was mended between its reports; units that have more than one line."""
        columns = {
            "单位": 24, "第几次报送": 8, "审核日期": 12, "报送日期": 12, "文件": 28, "结论": 12, "程序结论": 12, "数据矛盾": 8, "已补齐": 36, "仍缺": 36,
            "新缺少": 30,
        }  # fmt: skip
        self._table("历次审核", columns, cells.rounds_of(self.audit), coloured=("结论",))

    def _absent(self) -> None:
        columns = {"单位": 28, "层级": 8, "情况": 14, "文件": 40, "原因": 60, "联系方式": 20}
        self._table("未报送", columns, cells.absent_of(self.audit))

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
            (
                "缺项表",
                "各项要素都列出，具备的在后；要求一栏是必备、应有或建议，位置是所依据的原文在报告中的段落。只看缺的，请按状态筛选。",
            ),
            (
                "待定事项",
                "数据矛盾、相同文字、上年安排和审核结论也可以改定：在复核页面里办，或者在 review.yaml 里写 item（事项编号）。退回的依据确认以前为拟退回。",
            ),
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
