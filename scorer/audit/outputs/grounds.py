"""The sentences of a letter that have to be true of one report: why it was judged so, when it came, what became of last year's plan.

Each states what was found and where it stands, in words of the office and none of the program; what the program is not sure of, and
nobody has confirmed, is asked and not stated.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from scorer.audit.decisions import element_key
from scorer.audit.items import key_of_likeness, own_passages, side_of
from scorer.audit.model import (
    DOCUMENT,
    GATE_WORDS,
    LATE,
    PROPOSED,
    RETURN,
    ROSTER,
    Audit,
    Condition,
    Contradiction,
    Entry,
    Fact,
    Gap,
    Gate,
    Likeness,
)
from scorer.audit.outputs.tally import VERDICT_WORDS, gaps_of
from scorer.audit.outputs.wording import Words
from scorer.audit.rounds import since
from scorer.text.shorten import shorten
from scorer.vocabulary import Certainty, Severity

QUOTE_MAX = 60
EXAMPLE_MAX = 44
NAMED = 8
"""So many elements, contradictions or likenesses are named in the letter; the table after it has all."""
PASSAGES = 3
"""So many shared passages of a likeness stand in the table."""
SHOWN = 2
"""So many contradictions and likenesses are quoted as a ground."""
# A model sentence with blanks to fill in: ``，如“受理____件”``.
_MODEL = re.compile(r"[，,：:；;。]?(?:例如|比如|如)“[^“”]*__[^“”]*(?:“[^“”]*”[^“”]*)*”")
# What only concerns whoever checks a draft with the program.
_OWN = re.compile("[；，][^；。]{0,20}检查时[^；。]{0,30}")
_NEVER = "全文未涉及。"


class Told(NamedTuple):
    """One report with its gate and its likenesses, as the sentences need it."""

    audit: Audit
    entry: Entry
    gate: Gate
    likenesses: tuple[Likeness, ...]

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that decided the verdict."""
        return tuple(one for one in self.gate.conditions if not one.holds and one.otherwise != "note")


def quote(text: str, most: int = QUOTE_MAX) -> str:
    """A passage as it stands within quotation marks."""
    return shorten(text, most).rstrip("。；，").replace("“", "‘").replace("”", "’")


def sentence(text: str) -> str:
    """The text with a full stop at its end; nothing stays nothing."""
    return text if not text or text[-1] in "。！？”" else f"{text.rstrip('；，,;. ')}。"


# -- grounds ------------------------------------------------------------------------------------------------------------------


def grounds(say: Words, told: Told) -> list[str]:
    """One sentence for each ground of the verdict; a person's reason where it rests on that."""
    found = [line for condition in told.failed for line in _ground(say, told, condition)]
    decided = told.gate.decided
    if decided and decided.holds and not found:
        found.append(sentence(say("复核认定", 理由=decided.reason.rstrip("。"))))
    return found


def _ground(say: Words, told: Told, condition: Condition) -> Iterator[str]:
    if condition.measure == "elements":
        yield from _lacking(say, told, condition)
    elif condition.measure == "contradictions" and told.entry.summary:
        found = [one for one in told.entry.summary.contradictions if one.key in condition.items]
        shown = "；".join(contradiction(say, one) for one in found[:SHOWN])
        rest = say("其余见附件", 数目=str(len(found) - SHOWN)) if len(found) > SHOWN else ""
        yield say("矛盾依据", 数目=str(len(found)), 举例=shown, 其余=rest)
    elif condition.measure in ("copied", "previous"):
        over = [one for one in told.likenesses if key_of_likeness(one, told.entry.unit) in condition.items]
        yield from (likeness(say, one, told.entry.unit) for one in over[:NAMED])
    elif condition.measure == "score" and told.entry.summary:
        yield say("得分依据", 得分=f"{told.entry.summary.total:.1f}", 要求=condition.asked)
    else:
        yield say("其他依据", 条件=condition.title, 要求=condition.asked, 情况=condition.actual)


def _lacking(say: Words, told: Told, condition: Condition) -> Iterator[str]:
    elements = {element_key(element.rule): element for element in told.audit.elements}
    found = [elements[key] for key in condition.items if key in elements]
    if not found:
        return
    statuses = {v.rule: v.status for v in told.entry.summary.verdicts} if told.entry.summary else {}
    status = VERDICT_WORDS.get(statuses.get(found[0].rule, ""), "")
    severities = {element.severity for element in found}
    severity = Severity.shown(severities.pop()) if len(severities) == 1 else ""
    names = "、".join(element.title for element in found[:NAMED]) + (f"等{len(found)}项" if len(found) > NAMED else "")
    yield say("缺失依据" if status == "缺失" else "不足依据", 要求=severity, 状态=status, 数目=str(len(found)), 名称=names)


def contradiction(say: Words, found: Contradiction) -> str:
    """What contradicts what."""
    if found.other and found.other != found.quote:
        return say("两处矛盾", 原文=quote(found.quote), 另文=quote(found.other))
    if not (found.printed and found.computed):
        return say("矛盾无推算", 原文=quote(found.quote))
    formula = say("算式", 算式=found.formula) if found.formula else ""
    return say("矛盾", 原文=quote(found.quote), 文中写=found.printed, 算得=found.computed, 算式=formula)


def likeness(say: Words, found: Likeness, unit: str) -> str:
    """How much of a unit's report stands in which other one; the longest passage as an example."""
    share, other = side_of(found, unit)
    passages = own_passages(found, unit)
    word = ("沿用" if found.previous else "相似") + ("" if passages else "无例句")
    example = quote(passages[0], EXAMPLE_MAX) if passages else ""
    return say(word, 对方=other, 占比=f"{share * 100:.0f}%", 例句=example)


# -- what must be changed -----------------------------------------------------------------------------------------------------


def deciding(told: Told) -> list[Gap]:
    """The gaps on which the verdict rests, in the order of the conditions."""
    keys = [key for condition in told.failed for key in condition.items]
    by_key = {element_key(gap.rule): gap for gap in gaps_of(told.audit, told.entry)}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def demand(say: Words, told: Told, gap: Gap) -> str:
    """What was found of an element, and what to write."""
    return say("修改要求", 要素=gap.title, 说明=finding(say, told, gap), 建议=advice(gap))


def finding(say: Words, told: Told, gap: Gap) -> str:
    """What was found of an element; asked where nobody is sure."""
    text = say("没有写到") if gap.message == _NEVER else sentence(gap.message)
    verdict = next((v for v in told.entry.summary.verdicts if v.rule == gap.rule), None) if told.entry.summary else None
    if verdict and verdict.decided:
        return say("复核认定缺项", 状态=VERDICT_WORDS.get(gap.status, gap.status), 理由=verdict.reason.rstrip("。"))
    if verdict and verdict.stale:
        text = say("没有写到") if gap.status == "missing" else say("写得不够")
    return say("请核对", 说明=text) if verdict and verdict.certainty == Certainty.CHECK else text


def advice(gap: Gap) -> str:
    """What to do; the model sentence with its blanks, and what is about checking a draft, stay in the gap report."""
    return sentence(_OWN.sub("", _MODEL.sub("", gap.fix)))


# -- the two days -------------------------------------------------------------------------------------------------------------


def submitted(say: Words, fact: Fact | None) -> str:
    """What is said of the day on which the report was handed in; nothing where that was in time."""
    if fact is None or fact.limit is None:
        return ""
    limit = say.day(fact.limit)
    if fact.state == LATE:
        if fact.decided and fact.decided.holds:
            return say("报送逾期复核", 时限=limit)
        if fact.day and fact.source in (ROSTER, DOCUMENT):
            return say("报送逾期" if fact.source == ROSTER else "成文逾期", 日期=say.day(fact.day), 时限=limit)
    return say("报送不明", 时限=limit) if fact.late is None else ""


def published(say: Words, fact: Fact | None) -> str:
    """What is said of the day on which the report was made public."""
    if fact is None or fact.limit is None:
        return ""
    limit = say.day(fact.limit)
    if fact.state == LATE:
        if fact.decided and fact.decided.holds:
            return say("公开逾期复核", 时限=limit)
        if fact.day:
            return say("公开逾期" if fact.source == ROSTER else "网页逾期", 日期=say.day(fact.day), 时限=limit)
    return say("公开不明", 时限=limit) if fact.late is None else ""


# -- last year's plan ---------------------------------------------------------------------------------------------------------


def followed(say: Words, entry: Entry) -> str:
    """How many of last year's arrangements were carried out, mentioned and not written of, by this year's report."""
    states = [item.state for item in entry.follow_up if item.kind == "arrangement"]
    if not states:
        return ""
    counts = {state: str(states.count(state)) for state in ("done", "mentioned", "silent")}
    quoted = "、".join(f"“{quote(text, 40)}”" for text in silent(entry)[:SHOWN]) + ("等" if int(counts["silent"]) > SHOWN else "")
    example = say("未提举例", 原文=quoted) if quoted else ""
    return say("上年落实", 数目=str(len(states)), 落实=counts["done"], 提到=counts["mentioned"], 未提=counts["silent"], 举例=example)


def silent(entry: Entry) -> list[str]:
    """Last year's arrangements of which this year's report says nothing."""
    return [item.quote for item in entry.follow_up if item.kind == "arrangement" and item.state == "silent"]


def again(say: Words, told: Told) -> str:
    """What was mended since the report before; nothing for a first report."""
    found = since(told.audit, told.entry)
    if found is None:
        return ""
    parts = [
        say(form, 数目=str(len(titles)), 名称="、".join(titles[:NAMED]) + ("等" if len(titles) > NAMED else ""))
        for form, titles in (("已补齐", found.mended), ("新出现", found.new))
        if titles
    ]
    before, now = found.contradictions
    if before != now:
        parts.append(say("矛盾增减", 前=str(before), 后=str(now)))
    changed = "，".join(parts) or say("没有补齐")
    day = say.day(datetime.date.fromisoformat(found.before.day))
    verdict = {PROPOSED: GATE_WORDS[RETURN]}.get(found.before.verdict, GATE_WORDS.get(found.before.verdict, ""))
    return say("再次报送", 次数=str(found.now.number), 日期=day, 结论=verdict, 变化=changed)


# -- the table after the letter -----------------------------------------------------------------------------------------------


def annex(say: Words, told: Told) -> list[dict[str, str]]:
    """The rows of the table after the letter: everything to be mended or looked at, the deciding first."""
    entry, rows = told.entry, list[tuple[str, str, str, str]]()
    first = {gap.rule for gap in deciding(told)}
    if entry.summary:
        doubled = set(told.audit.figures) if entry.summary.contradictions else set()
        gaps = [gap for gap in gaps_of(told.audit, entry) if gap.rule not in doubled]
        for gap in sorted(gaps, key=lambda gap: gap.rule not in first):
            word = f"{Severity.shown(gap.severity)}内容，{VERDICT_WORDS.get(gap.status, gap.status)}。"
            # What came near is no passage of what is not there at all.
            passage = "" if gap.message == _NEVER else shorten(gap.quote, QUOTE_MAX)
            rows.append((gap.title, word + finding(say, told, gap), passage, advice(gap)))
        for one in entry.summary.contradictions:
            found = (
                say("两处")
                if one.other and one.other != one.quote
                else say("推算", 文中写=one.printed, 算得=one.computed, 算式=one.formula)
            )
            passage = shorten(one.quote, QUOTE_MAX) + (f"／{shorten(one.other, QUOTE_MAX)}" if one.other and one.other != one.quote else "")
            rows.append((say("数据"), found, passage, say("核对数据")))
    for like in told.likenesses:
        share, other = side_of(like, entry.unit)
        passages = own_passages(like, entry.unit)
        shown = "／".join(shorten(passage, QUOTE_MAX) for passage in passages[:PASSAGES])
        more = say("相同段数", 数目=str(len(passages))) if len(passages) > PASSAGES else ""
        found = say("相同", 对方=other, 占比=f"{share * 100:.0f}%", 段数=more)
        rows.append((say("相同文字"), found, shown, say("核对文字")))
        rows += [(say("年份"), say("旧年份"), shorten(line, QUOTE_MAX), say("改正年份")) for line in like.old_years]
    for item in entry.follow_up:
        if item.kind == "arrangement" and item.state in ("silent", "mentioned"):
            rows.append((say("上年安排"), say(item.state), shorten(item.quote, QUOTE_MAX), say("补写落实")))
    names = ("明细内容", "明细情况", "明细原文", "明细要求")
    return [{"明细序号": str(number), **dict(zip(names, row, strict=True))} for number, row in enumerate(rows, 1)]
