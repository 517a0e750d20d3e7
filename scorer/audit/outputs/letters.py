"""Letters to units and the circular over all of them, as Word files made from a template that the office can replace.

A template is an ordinary Word document with words in double braces (``{{单位}}``, ``{{缺项}}``): see ``PLACEHOLDERS``. A
paragraph that holds one list word alone becomes numbered paragraphs of the same form; paragraphs between ``{{若 修改}}`` and
``{{完}}`` stand only where the condition holds. A template without such sections serves reports that are to be mended; the
other letters then come from the built-in template. The built-in wording is ``templates/letters.yaml``.

The letters carry no clock: same input, same bytes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scorer.audit.model import ASSESSED, GATE_WORDS, MEND, NO_REPORT, NOT_SUBMITTED, PASS, RETURN, UNREADABLE, Audit, Entry, Gap
from scorer.audit.outputs.tally import (
    VERDICT_WORDS,
    follow_counts,
    shared_between,
    shared_with_last_year,
    tally,
    unit_name,
)
from scorer.audit.outputs.wording import Words, built, words
from scorer.office.template import Language, Template, Value
from scorer.text.shorten import shorten
from scorer.vocabulary import Severity, Status

PLACEHOLDERS = {
    "letter": (
        "单位", "年度", "报告", "文件", "原因", "得分", "等次", "结论", "受限", "规则包", "规则版本", "缺项", "必备缺项", "其他缺项", "缺项数",
        "必备缺项数", "矛盾", "矛盾数", "相似", "未提安排", "报送日期", "期限", "落款", "日期", "序", "次",
    ),
    "circular": (
        "年度", "应报数", "已查数", "平均分", "通过数", "修改数", "退回数", "优秀单位", "未报送数", "未报送单位", "重报数", "重报单位", "逾期数",
        "逾期单位", "缺必备数", "共性问题", "矛盾家数", "矛盾数", "相似家数", "沿用家数", "落实数", "提到数", "未提数", "重提数", "期限", "落款",
        "日期", "序", "次",
    ),
}  # fmt: skip
"""What may stand in a template, by kind of document."""
KINDS = ("未报送", "重报", "通过", "修改")
"""The sections of a letter template of which exactly one is used."""
CONDITIONS = {
    "letter": (*KINDS, "逾期", "有缺项", "有必备缺项", "有其他缺项", "有矛盾", "有相似", "有未提安排"),
    "circular": (
        "有优秀单位", "有未报送", "有重报", "有逾期", "有共性问题", "有数据问题", "有相同文字", "有上年对照", "没有问题",
    ),
}  # fmt: skip
QUOTE_MAX = 90
LISTED = 30
SHARED_PROBLEMS = 8
GOOD_UNITS = 10

# A model sentence with blanks to fill in: ``，如“受理____件”``.
_MODEL = re.compile(r"[，,：:；;。]?(?:例如|比如|如)“[^“”]*__[^“”]*(?:“[^“”]*”[^“”]*)*”")


def letter(audit: Audit, entry: Entry, template: bytes | None = None, deadline: datetime.date | None = None, *, signer: str = "") -> bytes:
    """The letter to the unit of one entry, as a .docx file.

    ``template`` replaces the built-in one; ``deadline`` is the day until which the report must be mended (without it, a
    term of days is named); ``signer`` signs (without it, its place is left open). Raises ``FazhiError`` for a template that
    cannot be used.
    """
    built_in = _parsed(default_template(), "letter")
    used = _parsed(template, "letter") if template is not None else built_in
    kind = _kind(audit, entry)
    if kind not in used.sections and (used.sections & set(KINDS) or kind != "修改"):
        used = built_in
    values, holds = _letter_values(audit, entry, deadline, signer)
    return used.fill(values, {*holds, kind})


def circular(audit: Audit, template: bytes | None = None, deadline: datetime.date | None = None, *, signer: str = "") -> bytes:
    """The draft of a circular over all units, as a .docx file; the parameters are those of ``letter``."""
    used = _parsed(template if template is not None else default_circular(), "circular")
    values, holds = _circular_values(audit, deadline, signer)
    return used.fill(values, holds)


def check_template(raw: bytes) -> None:
    """Raises ``FazhiError`` for a template of letters that cannot be used."""
    _parsed(raw, "letter")


def default_template() -> bytes:
    """The built-in template of letters, to be changed in Word and given back as ``template``."""
    return built("letter")


def default_circular() -> bytes:
    """The built-in template of the circular."""
    return built("circular")


# -- what is said --------------------------------------------------------------------------------------------------------


def _kind(audit: Audit, entry: Entry) -> str:
    if entry.state == NOT_SUBMITTED:
        return "未报送"
    if entry.state != ASSESSED or not entry.summary:
        return "重报"
    return "通过" if _verdict(audit, entry) == PASS else "修改"


def _verdict(audit: Audit, entry: Entry) -> str:
    return next((gate.verdict for other, gate in zip(audit.entries, audit.gates, strict=True) if other == entry), MEND)


def _letter_values(audit: Audit, entry: Entry, deadline: datetime.date | None, signer: str) -> tuple[dict[str, Value], set[str]]:
    say = words()
    found = entry.summary
    gaps = [gap for gap in found.gaps if gap.status in (Status.MISSING, Status.PARTIAL)] if found else []
    required = [_gap(say, gap) for gap in gaps if gap.severity == Severity.REQUIRED]
    others = [_gap(say, gap) for gap in gaps if gap.severity != Severity.REQUIRED]
    contradictions = [_contradiction(say, c) for c in found.contradictions] if found else []
    likenesses = list(_likenesses(say, audit, entry))
    silent = [say("未提安排", 原文=_quote(item.quote)) for item in entry.follow_up if item.kind == "arrangement" and item.state == "silent"]
    submitted = entry.roster.submitted if entry.roster else None
    values: dict[str, Value] = {
        **_common(say, audit, deadline, signer, "没有期限"),
        "单位": unit_name(entry),
        "报告": (found.title if found else "") or say("无标题"),
        "文件": entry.path.rpartition("/")[2],
        "原因": entry.reason.rstrip("。"),
        "得分": f"{found.total:.1f}" if found else "",
        "等次": found.grade if found else "",
        "结论": GATE_WORDS.get(_verdict(audit, entry), ""),
        "受限": say("受限", 原因=_sentence(found.capped)) if found and found.capped else "",
        "规则包": audit.pack_title,
        "规则版本": audit.pack_version,
        "缺项": [*required, *others],
        "必备缺项": required,
        "其他缺项": others,
        "缺项数": str(len(gaps)),
        "必备缺项数": str(len(required)),
        "矛盾": contradictions,
        "矛盾数": str(len(contradictions)),
        "相似": likenesses,
        "未提安排": silent[:LISTED],
        "报送日期": _day(say, submitted) if submitted else "",
    }
    holds = {
        "逾期": bool(entry.late),
        "有缺项": bool(gaps),
        "有必备缺项": bool(required),
        "有其他缺项": bool(others),
        "有矛盾": bool(contradictions),
        "有相似": bool(likenesses),
        "有未提安排": bool(silent),
    }
    return values, {name for name, true in holds.items() if true}


def _circular_values(audit: Audit, deadline: datetime.date | None, signer: str) -> tuple[dict[str, Value], set[str]]:
    say = words()
    counted, audit = tally(audit), audit.counted()
    absent = [unit_name(entry) for entry in audit.entries if entry.state == NOT_SUBMITTED]
    again = [unit_name(entry) for entry in audit.entries if entry.state in (NO_REPORT, UNREADABLE)]
    late = [unit_name(entry) for entry in audit.entries if entry.summary and entry.late]
    best = counted.grades[:1]
    passed = [
        (entry.summary.total, entry.unit)
        for entry, gate in zip(audit.entries, audit.gates, strict=True)
        if gate.verdict == PASS and entry.summary and entry.unit and entry.summary.grade in best
    ]
    good = [unit for _, unit in sorted(passed, key=lambda pair: -pair[0])][:GOOD_UNITS]
    shared = [
        say("共性问题", 要素=row.element.title, 缺失=str(row.missing), 不足=str(row.partial)) for row in counted.lacks[:SHARED_PROBLEMS]
    ]
    units = {entry.unit for entry in audit.entries}
    alike = {likeness.unit for likeness in shared_between(audit)} & units
    kept = {likeness.unit for likeness in shared_with_last_year(audit)} & units
    followed = follow_counts(tuple(item for entry in audit.entries for item in entry.follow_up))
    values: dict[str, Value] = {
        **_common(say, audit, deadline, signer, "通报没有期限"),
        "应报数": str(counted.due),
        "已查数": str(counted.states[ASSESSED]),
        "平均分": f"{counted.mean:.1f}" if counted.mean is not None else "0",
        "通过数": str(counted.gates[PASS]),
        "修改数": str(counted.gates[MEND]),
        "退回数": str(counted.gates[RETURN]),
        "优秀单位": "、".join(good),
        "未报送数": str(len(absent)),
        "未报送单位": "、".join(absent),
        "重报数": str(len(again)),
        "重报单位": "、".join(again),
        "逾期数": str(len(late)),
        "逾期单位": "、".join(late),
        "缺必备数": str(counted.lacking_required),
        "共性问题": shared,
        "矛盾家数": str(counted.contradictory),
        "矛盾数": str(counted.contradictions),
        "相似家数": str(len(alike)),
        "沿用家数": str(len(kept)),
        "落实数": str(followed["done"]),
        "提到数": str(followed["mentioned"]),
        "未提数": str(followed["silent"]),
        "重提数": str(followed["repeated"]),
    }
    holds = {
        "有优秀单位": good,
        "有未报送": absent,
        "有重报": again,
        "有逾期": late,
        "有共性问题": shared,
        "有数据问题": counted.contradictions,
        "有相同文字": alike or kept,
        "有上年对照": followed,
    }
    names = {name for name, true in holds.items() if true}
    return values, names if names - {"有优秀单位"} else {*names, "没有问题"}


def _common(say: Words, audit: Audit, deadline: datetime.date | None, signer: str, no_deadline: str) -> dict[str, Value]:
    return {
        "年度": say("年度", 年份=str(audit.report_year)) if audit.report_year else say("没有年度"),
        "期限": _day(say, deadline) if deadline else say(no_deadline),
        "落款": signer or say("落款"),
        "日期": say("日期"),
    }


def _gap(say: Words, gap: Gap) -> str:
    # The model sentence with its blanks stays in the gap report: a letter names what to do, not how to fill in a form.
    return say(
        "缺项",
        要素=gap.title,
        状态=VERDICT_WORDS.get(gap.status, gap.status),
        说明=_sentence(gap.message),
        依据=say("依据", 依据=gap.basis.rstrip("。；")) if gap.basis else "",
        建议=say("建议", 建议=_sentence(_MODEL.sub("", gap.fix))) if gap.fix else "",
    )


def _contradiction(say: Words, found: Any) -> str:
    if not (found.printed and found.computed):
        return say("矛盾无推算", 原文=_quote(found.quote))
    formula = say("算式", 算式=found.formula) if found.formula else ""
    return say("矛盾", 原文=_quote(found.quote), 文中写=found.printed, 算得=found.computed, 算式=formula)


def _likenesses(say: Words, audit: Audit, entry: Entry) -> Iterator[str]:
    for likeness in audit.likenesses:
        if not entry.unit or likeness.unit != entry.unit:
            continue
        word = "沿用" if likeness.previous else "相似"
        share = f"{likeness.share * 100:.0f}%"
        if likeness.passages:
            yield say(word, 对方=likeness.other, 占比=share, 例句=_quote(likeness.passages[0].mine))
        else:
            yield say(f"{word}无例句", 对方=likeness.other, 占比=share)
        for line in likeness.old_years:
            yield say("旧年份", 原文=_quote(line))


def _quote(text: str) -> str:
    return shorten(text, QUOTE_MAX).rstrip("。；")


def _sentence(text: str) -> str:
    """The text with a full stop at its end; nothing stays nothing."""
    return text if not text or text[-1] in "。！？”" else f"{text.rstrip('；，,;. ')}。"


def _day(say: Words, day: datetime.date) -> str:
    return say("期限", 年=str(day.year), 月=str(day.month), 日=str(day.day))


@lru_cache(maxsize=6)
def _parsed(raw: bytes, kind: str) -> Template:
    return Template(raw, Language(PLACEHOLDERS[kind], CONDITIONS[kind]))
