"""The workbook of an audit: everything the office sorts, filters, reviews and hands on.

Text from reports is hostile until shown: nothing becomes a formula or a link by itself (``strings_to_formulas`` and
``strings_to_urls`` are off), characters that XML forbids are dropped, and no cell is longer than Excel allows. The
same audit gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from scorer.audit.model import GATE_WORDS, NO_REPORT, NOT_SUBMITTED, OUTSIDE, STATE_WORDS, UNREADABLE, Audit, Entry, Gap, Verdict
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
from scorer.office.sheets import new_book
from scorer.outputs.words import KIND_WORDS
from scorer.text.shorten import xml_text
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

CELL_MAX = 32_767
"""The most characters that a cell of Excel holds."""
REVIEW_WORDS = ("具备", "不足", "缺失", "不适用", "待复核", "豁免")
GAP_COLUMNS = ("单位", "文件", "要素编号", "要素", "状态", "原文", "依据", "改法", "可得分", "复核结论", "复核人", "复核日期", "复核理由")

_GROUND = {"缺失": "#FBD9D5", "不足": "#FBE9C6", "待复核": "#E5E9F2", "具备": "#DCEFE2"}
_COLOURED = {
    **_GROUND,
    "退回": "#FBD9D5",
    "修改后通过": "#FBE9C6",
    "通过": "#DCEFE2",
    "未提": "#FBD9D5",
    "逐字重提": "#FBD9D5",
    "提到": "#FBE9C6",
    "已落实": "#DCEFE2",
    "逾期": "#FBD9D5",
}

Cell = str | int | float | datetime.date | None


def render(audit: Audit) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    return _Book(audit).bytes()


@lru_cache(maxsize=4096)
def fit(text: str) -> str:
    """The text as a cell can hold it: no characters that XML forbids, at most ``CELL_MAX`` characters."""
    clean = xml_text(text)
    return clean if len(clean) <= CELL_MAX else clean[: CELL_MAX - 1] + "…"


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """The height in points of a row whose texts wrap: programs other than Excel do not work it out themselves."""
    lines = max((-(-_wide(cell) // int(width)) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str)), default=1)
    return min(3 + 14.0 * max(lines, 1), 400.0)


# Kept, as what ``fit`` gives: what is asked and its basis and advice stand in hundreds of rows.
@lru_cache(maxsize=4096)
def _wide(text: str) -> int:
    """The width in columns: GBK gives a Han character two bytes, as the width of a column counts it two."""
    return len(text.encode("gbk", "replace"))


class _Book:
    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.buffer = io.BytesIO()
        self.book = new_book(self.buffer, title=fit(audit.title)[:250], author="")
        base: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "valign": "top"}
        self.plain = self.book.add_format({**base, "text_wrap": True})
        self.head = self.book.add_format(
            {**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1D4266", "font_color": "#FFFFFF", "border": 1}
        )
        self.turned = self.book.add_format(
            {
                **base,
                "bold": True,
                "font_size": 9,
                "text_wrap": True,
                "rotation": 90,
                "align": "center",
                "bg_color": "#1D4266",
                "font_color": "#FFFFFF",
                "border": 1,
            }
        )
        self.centred = self.book.add_format({**base, "font_size": 9, "align": "center", "shrink": True})
        self.middle = self.book.add_format({**base, "align": "center"})
        self.day = self.book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.points = self.book.add_format({**base, "num_format": "0.0"})
        self.moved = self.book.add_format({**base, "num_format": "+0.0;-0.0;0.0"})
        self.share = self.book.add_format({**base, "num_format": "0%"})
        self.link = self.book.add_format({**base, "font_color": "#1D4266", "underline": 1, "text_wrap": True})
        self.open = self.book.add_format({**base, "text_wrap": True, "bg_color": "#FFFBE6", "border": 1, "border_color": "#D9DCD8"})
        self.open_day = self.book.add_format(
            {**base, "num_format": "yyyy-mm-dd", "bg_color": "#FFFBE6", "border": 1, "border_color": "#D9DCD8"}
        )
        self.title = self.book.add_format({**base, "bold": True, "font_size": 14})
        self.grounds = {word: self.book.add_format({"bg_color": colour}) for word, colour in _COLOURED.items()}

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

    def _summary(self) -> None:
        rows: list[Sequence[Cell]] = []
        outside = {entry.path for entry in self.audit.outside()}
        for entry, gate in zip(self.audit.entries, self.audit.gates, strict=True):
            found, roster = entry.summary, entry.roster
            apart = roster is None and entry.path in outside
            failed = "；".join(f"{c.title}：{c.actual}（要求{c.asked}）" for c in gate.conditions if not c.holds)
            rows.append(
                (
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
            )
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
            "汇总", columns, rows, formats, coloured=("结论", "报送"), links=[entry.report for entry in self.audit.entries], printed=13
        )

    def _matrix(self) -> None:
        sheet = self.book.add_worksheet("单位×要素")
        elements = self.audit.elements
        for column, word in ((0, "单位"), (1, "得分")):
            sheet.merge_range(0, column, 1, column, word, self.head)
        for column, element in enumerate(elements, 2):
            sheet.write_string(0, column, fit(element.rule), self.turned)
            severity = Severity.shown(element.severity)
            sheet.write_string(1, column, fit(f"{element.title}（{severity}）"), self.turned)
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
        sheet.set_row_pixels(0, 190)
        sheet.set_row_pixels(1, 230)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 7)
        if elements:
            sheet.set_column(2, 1 + len(elements), 5.3)
            if at > 2:
                self._colour(sheet, 2, 2, at - 1, 1 + len(elements), _GROUND)
        sheet.freeze_panes(2, 2)
        if at > 2:
            sheet.autofilter(1, 0, at - 1, 1 + len(elements))
        self._paper(sheet, rows=(0, 1), columns=(0, 0))
        sheet.set_paper(8)  # A3: fifty columns cannot be read on A4

    def _gaps(self) -> None:
        rows: list[Sequence[Cell]] = []
        for entry in self.audit.entries:
            reviewed = {verdict.rule: verdict for verdict in entry.summary.verdicts if verdict.by} if entry.summary else {}
            for gap in _to_mend(self.audit, entry):
                status = VERDICT_WORDS.get(gap.status, gap.status)
                gain = round(gap.gain, 4)
                said = (unit_name(entry), entry.path, gap.rule, gap.title, status, gap.quote, gap.basis, gap.fix, gain)
                rows.append((*said, *_review(reviewed.get(gap.rule))))
        columns = dict(zip(GAP_COLUMNS, (22, 20, 22, 22, 8, 38, 34, 42, 7, 10, 10, 12, 26), strict=True))
        sheet = self._table("缺项", columns, rows, {"可得分": self.points, "复核日期": self.day}, coloured=("状态", "复核结论"), frozen=4)
        if rows:
            last = len(rows)
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
        rows = [
            (unit_name(entry), entry.path, KIND_WORDS.get(c.kind, c.kind), c.quote, c.printed, c.computed, c.formula)
            for entry in self.audit.entries
            if entry.summary
            for c in entry.summary.contradictions
        ]
        links = [entry.report for entry in self.audit.entries if entry.summary for _ in entry.summary.contradictions]
        columns = {"单位": 26, "文件": 26, "种类": 9, "原文": 60, "文中写": 14, "算得": 14, "算式": 34}
        self._table("数据矛盾", columns, rows, links=links)

    def _likenesses(self) -> None:
        rows: list[Sequence[Cell]] = []
        for likeness in self.audit.likenesses:
            other = "本单位上年报告" if likeness.previous else likeness.other
            for passage in likeness.passages:
                figures = "；".join(f"{mine}→{theirs}" for mine, theirs in passage.changed)
                rows.append((likeness.unit, other, likeness.share, "相同文字", passage.mine, passage.theirs, figures))
            rows += [(likeness.unit, other, likeness.share, "上年年份未改", line, None, None) for line in likeness.old_years]
            if not likeness.passages and not likeness.old_years:
                rows.append((likeness.unit, other, likeness.share, "", None, None, None))
        columns = {"单位": 24, "对照": 24, "相同占比": 9, "种类": 14, "本报告": 60, "对照的报告": 60, "不同的数字": 22}
        self._table("相似", columns, rows, {"相同占比": self.share})

    def _follow_up(self) -> None:
        kinds = {"arrangement": "上年安排", "shortcoming": "上年不足"}
        rows = [
            (unit_name(entry), kinds.get(item.kind, item.kind), FOLLOW_WORDS.get(item.state, item.state), item.quote, item.answer)
            for entry in self.audit.entries
            for item in entry.follow_up
        ]
        links = [entry.report for entry in self.audit.entries for _ in entry.follow_up]
        columns = {"单位": 26, "种类": 11, "结果": 11, "上年原文": 70, "今年相应的文字": 70}
        self._table("上年安排落实", columns, rows, coloured=("结果",), links=links)

    def _absent(self) -> None:
        rows: list[Sequence[Cell]] = []
        outside = self.audit.outside()
        for entry in self.audit.entries:
            if entry.state in (NOT_SUBMITTED, NO_REPORT, UNREADABLE):
                roster = entry.roster
                reason = entry.reason or ("名册中有这个单位，文件夹里没有它的报告" if entry.state == NOT_SUBMITTED else "")
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
            ("结论", "、".join(f"{word}{counted.gates[name]}家" for name, word in GATE_WORDS.items())),
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
            ("对不上的文件", f"结论一栏写“{OUTSIDE}”的，是没有与名册对上的文件，不计入家数和各项合计。"),
            ("性质", "结论由程序依规则包得出，供审核机关复核。程序只看写没写、写得具不具体、数字对不对得上，不判断事实真伪和工作优劣。"),
        ]
        for row, (word, line) in enumerate(lines, 2):
            sheet.write_string(row, 0, word, self.head)
            sheet.write_string(row, 1, fit(line), self.plain)
            sheet.set_row(row, _height((word, line), (16, 100)))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)
        self._paper(sheet)

    # -- how sheets are made ---------------------------------------------------------------------------------------------

    def _table(
        self,
        name: str,
        columns: Mapping[str, float],
        rows: Sequence[Sequence[Cell]],
        formats: dict[str, Any] | None = None,
        *,
        coloured: Iterable[str] = (),
        links: Sequence[str] = (),
        frozen: int = 1,
        printed: int = 0,
    ) -> Any:
        """A sheet with one row an item; ``links`` names the report that the first cell of each row leads to, ``printed``
        how many columns go on paper (0: all)."""
        sheet = self.book.add_worksheet(name)
        heads = list(columns)
        styles = [(formats or {}).get(head, self.plain) for head in heads]
        for column, (head, width) in enumerate(columns.items()):
            sheet.write_string(0, column, head, self.head)
            sheet.set_column(column, column, width)
        text, number, day = sheet.write_string, sheet.write_number, sheet.write_datetime
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    if column == 0 and links and links[at - 1]:
                        self._link(sheet, at, links[at - 1], value)
                    else:
                        text(at, column, fit(value), styles[column])
                elif isinstance(value, datetime.date):
                    day(at, column, value, self.day)
                else:
                    number(at, column, value, styles[column])
            sheet.set_row(at, _height(row, tuple(columns.values())))
        sheet.set_row(0, 32)
        last = max(len(rows), 1)
        for head in coloured:
            self._colour(sheet, 1, heads.index(head), last, heads.index(head), _COLOURED)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, len(heads) - 1)
        self._paper(sheet, rows=(0, 0))
        if printed:
            sheet.print_area(0, 0, last, printed - 1)
        return sheet

    def _name(self, sheet: Any, row: int, entry: Entry) -> None:
        if entry.report:
            self._link(sheet, row, entry.report, unit_name(entry))
        else:
            sheet.write_string(row, 0, fit(unit_name(entry)), self.plain)

    def _link(self, sheet: Any, row: int, report: str, word: str) -> None:
        from xlsxwriter.url import Url

        if row > 65_000:  # Excel bears 65,530 links in a sheet; what is beyond stays plain text
            sheet.write_string(row, 0, fit(word), self.plain)
            return
        url = Url("external:reports/" + xml_text(report).replace("%", "%25"))
        # The library writes paths with backslashes, as Excel does on Windows; WPS and LibreOffice on Linux do not follow those.
        url._relationship_link = url._relationship_link.replace("\\", "/")
        url._text = fit(word)
        sheet.write_url(row, 0, url, self.link)

    def _colour(self, sheet: Any, top: int, left: int, bottom: int, right: int, words: Iterable[str]) -> None:
        for word in words:
            rule = {"type": "text", "criteria": "begins with", "value": word, "format": self.grounds[word]}
            sheet.conditional_format(top, left, bottom, right, rule)

    def _paper(self, sheet: Any, rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        if rows:
            sheet.repeat_rows(*rows)
        if columns:
            sheet.repeat_columns(*columns)


def _to_mend(audit: Audit, entry: Entry) -> Iterable[Gap]:
    """The gaps of a report; after them what a reviewer has to look at or has decided, so that all reviews stand in one place."""
    if not entry.summary:
        return
    yield from entry.summary.gaps
    known = {gap.rule for gap in entry.summary.gaps}
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
