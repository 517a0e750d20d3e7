"""``review.yaml`` as a file: its template, and a reviewer's entries taken over from an edited ``audit.xlsx``.

A person's file: it is made once and never written over; entries from Excel are put at the end of its list, all else stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from scorer.audit.decisions import WAIVED, Decision, kind_of, status_word
from scorer.audit.review import STATED, STATUSES
from scorer.document import fold
from scorer.errors import FazhiError
from scorer.files import save
from scorer.readers.tables import Row, Sheet
from scorer.vocabulary import Status

SHEET = "缺项"
_HEADS = {
    "unit": "单位",
    "file": "文件",
    "rule": "要素编号",
    "quote": "原文",
    "status": "复核结论",
    "by": "复核人",
    "date": "复核日期",
    "reason": "复核理由",
}
_WAIVER = re.compile("^豁免(?:至[^：]{1,20})?：")
"""How the table shows that a verdict is a waiver, before its reason."""
TEMPLATE = """\
# 复核记录：程序的结论由人改定，写在这里，再运行一次同一条命令即生效。本文件只在没有时生成，程序不会改写您写的内容。
#
# matches：程序拿不准、或者认错了的文件，写明是哪个单位的；不属于任何单位的写 无。
#   matches:
#     街道/报告终稿.docx: 城关街道办事处
#     通知.docx: 无
#
# entries：逐项改定结论。unit（名册里的单位）和 file（文件路径）写一个；rule 是要素编号，见单份报告逐项结果的右上角。
# status 写 具备、不足、缺失、不适用、待复核、豁免 之一；豁免可写 expires（到期日，过后恢复程序的结论）。
# 可以加 quote（当时所看的原文）：以后报告里没有这段话了，这一条就不再用，程序会提醒重新确认。
# 数据矛盾、相同文字、上年安排和审核结论也可以改定：不写 rule，写 item（事项编号，照 audit.xlsx“待定事项”表抄写）。
#   数据矛盾和相同文字写 属实 或 不成立；上年安排写 已落实、提到、未提；审核结论（item: verdict）写 通过、修改后通过、退回。
# 退回要由人确认：所依据的事项逐条确认（照程序的结论写一条），或者直接写 item: verdict、status: 退回。确认以前是“拟退回”。
#   entries:
#     - unit: 城关街道办事处
#       rule: statutory.causes
#       status: 具备
#       by: 张三
#       date: 2024-03-10
#       reason: 原因写在第三部分开头，措辞特殊
#     - file: 街道/报告终稿.docx
#       rule: task.rules.legislation
#       status: 豁免
#       by: 李四
#       date: 2024-03-10
#       reason: 本年度机构改革，免报这一项
#       expires: 2025-03-01
#     - unit: 城关街道办事处
#       item: contradiction:3fa91c0be812
#       status: 不成立
#       by: 张三
#       date: 2024-03-10
#       reason: 两处口径不同，台账已核

matches:

entries:
"""


def from_sheets(sheets: Sequence[Sheet], file: str) -> tuple[Decision, ...]:
    """The entries that a reviewer wrote into the sheet of gaps. Raises ``FazhiError`` with the row for one that is not complete."""
    sheet = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    if sheet is None:
        return ()
    head = next((row for row in sheet.rows if _HEADS["status"] in row.cells and _HEADS["rule"] in row.cells), None)
    if head is None:
        return ()
    columns = {field: head.cells.index(name) for field, name in _HEADS.items() if name in head.cells}
    found = []
    for row in sheet.rows:
        if row.number > head.number and (override := _entry(row, columns, file)):
            found.append(override)
    return tuple(found)


def _entry(row: Row, columns: dict[str, int], file: str) -> Decision | None:
    def cell(field: str) -> str:
        place = columns.get(field)
        return str(row.cells[place]).strip() if place is not None and place < len(row.cells) else ""

    if not cell("status"):
        return None
    where = f"{file} 的“{SHEET}”表第{row.number}行"
    status = STATUSES.get(re.split(r"[至(（:：\s]", cell("status"))[0])
    if status is None:
        raise FazhiError(f"复核结论“{cell('status')[:20]}”不认识", where=where, remedy=f"应为{STATED}之一；改好保存后再运行")
    missing = [_HEADS[field] for field in ("by", "date", "reason") if not cell(field)]
    if missing:
        raise FazhiError(f"写了复核结论，没有写{'、'.join(missing)}", where=where, remedy="请补上、保存后再运行；没有改动任何文件")
    from scorer.text.dates import parse_date

    date = parse_date(fold(cell("date")))
    if date is None:
        raise FazhiError(f"复核日期“{cell('date')[:20]}”认不出来", where=where, remedy="请写成 2024-03-10 这样")
    reason = cell("reason")
    shown = _WAIVER.match(reason) if status == Status.NOT_APPLICABLE else None
    if shown:
        # A waiver that the table showed: taken for a verdict it would never expire.
        status, reason = WAIVED, reason[shown.end() :]
    expires = parse_date(fold(shown.group() if shown else cell("status"))) if status == WAIVED else None
    return Decision(
        cell("unit"), cell("file"), cell("rule"), status, cell("by"), date.isoformat(), reason,
        expires.isoformat() if expires else "", "", cell("quote"),
    )  # fmt: skip


def addressed(
    found: Sequence[Decision], units: Collection[str], known: Sequence[Decision], text_of: Callable[[str], str]
) -> tuple[Decision, ...]:
    """Entries from Excel made ready for the file: named by unit where the roster has it, else by file; with the hash of the text
    of their file (``text_of`` a path); without those that the review file has already."""
    have = {_decision(override) for override in known}
    fresh: dict[tuple[str, ...], Decision] = {}
    for override in found:
        by_unit = override.unit in units or not override.file
        named = override._replace(unit=override.unit if by_unit else "", file="" if by_unit else override.file)
        named = named._replace(text_sha256=text_of(override.file), quote="" if "……" in override.quote else override.quote)
        if _decision(named) not in have:
            fresh[_decision(named)] = named
    return tuple(fresh.values())


def _decision(override: Decision) -> tuple[str, ...]:
    reason = _WAIVER.sub("", override.reason)
    return (override.unit, override.file, override.about, override.status, override.by, override.date, " ".join(reason.split()))


def append(path: Path, overrides: Sequence[Decision]) -> None:
    """Put entries at the end of the list in a review file, which is made if there is none; everything in it stays as it is."""
    import yaml

    text = path.read_bytes().decode("utf-8-sig") if path.exists() else TEMPLATE
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    pair = next((pair for pair in node.value if pair[0].value == "entries"), None) if node is not None else None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    indent = "  "
    if pair is None:
        lines += ["\n", "entries:\n"]
        at = len(lines)
    elif pair[1].id != "sequence" or pair[1].flow_style:
        items = "" if pair[1].id != "sequence" else text[pair[1].start_mark.index + 1 : pair[1].end_mark.index - 1].strip()
        if items:
            raise FazhiError(
                "entries 写成了 [ ] 的形式，没法在后面添加",
                where=f"{path}第{pair[0].start_mark.line + 1}行",
                remedy="请改成每项一行、以“- ”开头的写法",
            )
        line = pair[0].start_mark.line
        lines[line] = "entries:\n"
        at = line + 1
    else:
        last = pair[1].value[-1]
        indent = " " * (pair[1].start_mark.column)
        at = max(last.end_mark.line, last.start_mark.line + 1)
        while at > 0 and not lines[at - 1].strip():
            at -= 1
    new = "".join(entry_text(override, indent) for override in overrides)
    save(path, ("".join(lines[:at]) + new + "".join(lines[at:])).encode())


def entry_text(override: Decision, indent: str) -> str:
    """An entry as it is written in the list of a review file."""
    status = status_word(kind_of(override.about), override.status)
    fields = {"unit": override.unit, "file": override.file, "rule": override.rule, "item": override.item, "status": status}
    fields |= {"by": override.by}
    fields |= {"date": override.date, "reason": override.reason, "expires": override.expires}
    fields |= {"text_sha256": override.text_sha256, "quote": override.quote}
    rows = [f"{key}: {_scalar(key, value)}" for key, value in fields.items() if value]
    return f"{indent}- " + f"\n{indent}  ".join(rows) + "\n"


def _scalar(key: str, value: str) -> str:
    # JSON's strings are YAML's; what can only be read one way needs no quotes.
    return value if key in ("rule", "status", "date", "expires") else json.dumps(value, ensure_ascii=False)
