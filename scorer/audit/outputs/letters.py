"""Letters to units, as Word files made from a template that the office can replace.

A template is an ordinary Word document with words in double braces (``{{单位}}``, ``{{依据}}``): see ``PLACEHOLDERS``. A
paragraph that holds one list word alone becomes numbered paragraphs of the same form; paragraphs between ``{{若 修改}}`` and
``{{完}}`` stand only where the condition holds; a row of a table with words of ``RECORDS`` stands for each of them. A template
without such sections serves reports that are to be mended; the other letters then come from the built-in template. The built-in
wording is ``templates/letters.yaml``; the sentences that have to be true of one report are made in ``grounds``.

The letters carry no clock: same input, same bytes.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

from scorer.audit.items import dismissed
from scorer.audit.model import (
    ASSESSED,
    GATE_WORDS,
    MEND,
    NOT_SUBMITTED,
    PASS,
    PROPOSED,
    RETURN,
    Audit,
    Entry,
    Gate,
    Likeness,
)
from scorer.audit.office import NOBODY, Office
from scorer.audit.outputs import grounds, received
from scorer.audit.outputs.annex import annex
from scorer.audit.outputs.grounds import Told
from scorer.audit.outputs.tally import gaps_of, unit_name
from scorer.audit.outputs.wording import Words, built, words
from scorer.office.template import Language, Template, Value
from scorer.vocabulary import Severity

PLACEHOLDERS = (
    "单位", "年度", "报告年度", "报告", "文件", "原因", "结论", "依据", "报送情况", "公开情况", "修改要求", "再次报送", "上年落实", "补写", "见附件", "报送时限",
    "公开时限", "逾时限", "报送词", "尽快公开", "收到文件", "按时收到", "通过情况", "期限", "联系人", "联系电话", "文号", "报送方式", "异议期限", "落款", "日期", "序", "次", "得分", "等次", "规则包", "规则版本", "缺项",
    "必备缺项", "其他缺项", "缺项数", "必备缺项数", "矛盾", "矛盾数", "相似", "未提安排", "报送日期",
)  # fmt: skip
"""What may stand in a template of letters."""
RECORDS = {"明细": ("明细序号", "明细内容", "明细情况", "明细原文", "明细要求")}
"""The words of the rows of the table after the letter."""
KINDS = ("未报送", "重报", "年度不符", "通过", "修改", "退回")
"""The sections of a letter template of which exactly one is used; a template without 退回 uses its 修改."""
CONDITIONS = (
    *KINDS, "审核意见", "拟稿", "有时限问题", "有修改要求", "有上次", "有上年安排", "有明细", "逾期", "有缺项", "有必备缺项", "有其他缺项", "有矛盾", "有相似", "有未提安排",
)  # fmt: skip
DEMANDS = 5
"""So many elements are demanded in the letter itself; the table after it has all."""
LISTED = 30


def letter(
    audit: Audit, entry: Entry, template: bytes | None = None, deadline: datetime.date | None = None, *, office: Office = NOBODY
) -> bytes:
    """The letter to the unit of one entry, as a .docx file.

    ``template`` replaces the built-in one; ``deadline`` is the day until which the report must be mended (without it, a
    term of days is named); ``office`` is who sends it (what is not known of it is left open). Raises ``FazhiError`` for a template that
    cannot be used.
    """
    built_in = _parsed(default_template())
    used = _parsed(template) if template is not None else built_in
    told = Told(audit, entry, _gate(audit, entry), _likenesses(audit, entry))
    kind = _kind(told)
    own = "修改" if kind == "退回" and kind not in used.sections else kind
    if own not in used.sections and (used.sections & set(KINDS) or own != "修改"):
        used, own = built_in, kind
    say = words()
    values, holds = _values(say, told, deadline, office)
    listed = kind in ("修改", "退回")
    rows = annex(say, told) if listed else []
    holds |= {own} | ({"审核意见"} if listed else set()) | ({"有明细"} if rows else set())
    return used.fill(values, holds, {"明细": rows})


def check_template(raw: bytes) -> None:
    """Raises ``FazhiError`` for a template of letters that cannot be used."""
    _parsed(raw)


def default_template() -> bytes:
    """The built-in template of letters, to be changed in Word and given back as ``template``."""
    return built("letter")


def _gate(audit: Audit, entry: Entry) -> Gate:
    return next((gate for other, gate in zip(audit.entries, audit.gates, strict=True) if other is entry or other == entry), Gate(MEND, ()))


def _likenesses(audit: Audit, entry: Entry) -> tuple[Likeness, ...]:
    """Those of the unit that nobody found to say nothing against it."""
    return tuple(one for one in audit.likenesses if entry.unit in (one.unit, one.other) and not dismissed(one, entry.unit))


def _kind(told: Told) -> str:
    entry, verdict = told.entry, told.gate.verdict
    if entry.state == NOT_SUBMITTED:
        return "未报送"
    if entry.state != ASSESSED or not entry.summary:
        return "重报"
    if entry.other_year and verdict not in (PASS, MEND, RETURN):
        return "年度不符"
    return {PASS: "通过", RETURN: "退回", PROPOSED: "退回"}.get(verdict, "修改")


def _values(say: Words, told: Told, deadline: datetime.date | None, office: Office) -> tuple[dict[str, Value], set[str]]:
    entry, found, verdict = told.entry, told.entry.summary, told.gate.verdict
    gaps = gaps_of(told.audit, entry)
    required = [grounds.demand(say, told, gap) for gap in gaps if gap.severity == Severity.REQUIRED]
    others = [grounds.demand(say, told, gap) for gap in gaps if gap.severity != Severity.REQUIRED]
    wrong = [grounds.contradiction(say, one) for one in found.contradictions] if found else []
    alike = [grounds.likeness(say, one, entry.unit) for one in told.likenesses]
    silent = grounds.silent(entry)
    sent, public = grounds.submitted(say, entry.submission), grounds.published(say, entry.publication)
    demands = _demands(say, told)
    title = (found.title if found else "") or say("无标题")
    values: dict[str, Value] = {
        **common(say, told.audit, deadline, office, "没有期限"),
        "单位": unit_name(entry),
        "报告年度": say("年度", 年份=str(entry.other_year or (found.report_year if found else "") or "")) if found else "",
        **_received(say, told, title, office),
        "报告": title,
        "文件": entry.path.rpartition("/")[2],
        "原因": entry.reason.split("。")[0],
        "结论": GATE_WORDS[RETURN if verdict == PROPOSED else verdict] if verdict in GATE_WORDS else "",
        "依据": grounds.grounds(say, told),
        "报送情况": sent,
        "公开情况": public,
        "修改要求": demands,
        "再次报送": grounds.again(say, told),
        "上年落实": grounds.followed(say, entry),
        "补写": say("补写") if silent else "",
        "见附件": say("见附件"),
        "报送时限": _before(say, entry.submission.limit if entry.submission else None),
        "公开时限": _before(say, entry.publication.limit if entry.publication else None),
        "得分": f"{found.total:.1f}" if found else "",
        "等次": found.grade if found else "",
        "规则包": told.audit.pack_title,
        "规则版本": told.audit.pack_version,
        "缺项": [*required, *others],
        "必备缺项": required,
        "其他缺项": others,
        "缺项数": str(len(gaps)),
        "必备缺项数": str(len(required)),
        "矛盾": wrong,
        "矛盾数": str(len(wrong)),
        "相似": alike,
        "未提安排": silent[:LISTED],
        "报送日期": say.day(entry.submission.day)
        if entry.submission and entry.submission.day and entry.submission.source == "roster"
        else "",
    }
    return values, _holds(told, values)


def _holds(told: Told, values: dict[str, Value]) -> set[str]:
    """The conditions that are met; most of them ask whether there is something to be said."""
    holds = {
        "拟稿": bool(told.gate.open),
        "有时限问题": bool(values["报送情况"] or values["公开情况"]),
        "有修改要求": bool(values["修改要求"]),
        "有上次": bool(values["再次报送"]),
        "有上年安排": bool(values["上年落实"]),
        "逾期": bool(told.entry.late),
        "有缺项": bool(values["缺项"]),
        "有必备缺项": bool(values["必备缺项"]),
        "有其他缺项": bool(values["其他缺项"]),
        "有矛盾": bool(values["矛盾"]),
        "有相似": bool(values["相似"]),
        "有未提安排": bool(values["未提安排"]),
    }
    return {name for name, true in holds.items() if true}


def _received(say: Words, told: Told, title: str, office: Office) -> dict[str, Value]:
    """What came in, and whether it is overdue."""
    entry = told.entry
    due, public_due = received.overdue(entry)
    return {
        "逾时限": say("逾时限", 时限="报送和公开" if public_due else "报送") if due else "",
        "报送词": say("补报词" if due else "报送词"),
        "尽快公开": say("尽快公开") if public_due else "",
        "收到文件": received.arrived(say, entry, _year(say, told.audit)),
        "按时收到": received.in_time(say, entry),
        "通过情况": received.passed(say, entry, title, office.signer),
    }


def _demands(say: Words, told: Told) -> list[str]:
    """What must be written for the verdict to become another: each deciding element (what figures and copied text want is said with the
    grounds); and the plain slips of a year."""
    gaps = grounds.deciding(told)
    found = [grounds.demand(say, told, gap) for gap in gaps[:DEMANDS]]
    if len(gaps) > DEMANDS:
        found.append(say("其余修改", 数目=str(len(gaps) - DEMANDS)))
    return found + grounds.corrections(say, told)


def _before(say: Words, limit: datetime.date | None) -> str:
    return say("期限", 日=say.day(limit)) if limit else say("没有时限")


def common(say: Words, audit: Audit, deadline: datetime.date | None, office: Office, no_deadline: str) -> dict[str, Value]:
    """What letters and circular share: the year, the term, the sender; blanks where the office gave nothing."""
    return {
        "年度": _year(say, audit),
        "期限": say("期限", 日=say.day(deadline)) if deadline else say(no_deadline),
        "落款": office.signer or say("落款"),
        "联系人": office.contact or say("待填"),
        "联系电话": office.phone or say("待填"),
        "文号": office.number or say("文号"),
        "报送方式": office.receive or say("报送方式"),
        "异议期限": office.objection or say("异议期限"),
        "日期": say("日期"),
    }


def _year(say: Words, audit: Audit) -> str:
    return say("年度", 年份=str(audit.report_year)) if audit.report_year else say("没有年度")


@lru_cache(maxsize=4)
def _parsed(raw: bytes) -> Template:
    return Template(raw, Language(PLACEHOLDERS, CONDITIONS, RECORDS))
