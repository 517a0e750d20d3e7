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
    GATE_WORDS,
    LATE,
    MEND,
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
    Verdict,
)
from scorer.audit.outputs.tally import VERDICT_WORDS, gaps_of
from scorer.audit.outputs.wording import Words
from scorer.audit.rounds import since
from scorer.checks.coverage import NEIGHBOUR
from scorer.text.shorten import shorten
from scorer.vocabulary import Certainty, Severity, Status

QUOTE_MAX = 60
EXAMPLE_MAX = 44
NAMED = 8
"""So many elements, contradictions or likenesses are named in the letter; the table after it has all."""
SHOWN = 2
"""So many contradictions and likenesses are quoted as a ground."""
# A model sentence with blanks to fill in: ``，如“受理____件”``.
_MODEL = re.compile(r"[，,：:；;。]?(?:例如|比如|如)“[^“”]*__[^“”]*(?:“[^“”]*”[^“”]*)*”")
# What only concerns whoever checks a draft with the program.
_OWN = re.compile("[；，][^；。]{0,20}检查时[^；。]{0,30}")
NEVER = "全文未涉及。"
"""The message of an element of which nothing at all was found."""
_WRITTEN, _MEANT = re.compile(r"写的是((?:19|20)\d\d)年"), re.compile(r"应为((?:19|20)\d\d)年")


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
    if decided and decided.holds:
        return [sentence(say("复核认定", 理由=decided.reason.rstrip("。"))), *found]
    if found and told.gate.verdict == MEND and _nothing_else(told):
        found[-1] += say("其余齐全")
    return found


def _nothing_else(told: Told) -> bool:
    """Whether the verdict rests on required elements that are not there, and all other required ones are."""
    if any(one.measure != "elements" for one in told.failed):
        return False
    failing = {key for one in told.failed for key in one.items}
    required = {element.rule for element in told.audit.elements if element.severity == Severity.REQUIRED} - set(told.audit.days)
    verdicts = told.entry.summary.verdicts if told.entry.summary else ()
    own = [v for v in verdicts if v.rule in required and v.status != Status.NOT_APPLICABLE]
    return all(v.status == Status.MET or element_key(v.rule) in failing for v in own)


def _ground(say: Words, told: Told, condition: Condition) -> Iterator[str]:
    if condition.measure == "elements":
        yield from _lacking(say, told, condition)
    elif condition.measure == "contradictions" and told.entry.summary:
        found = [one for one in told.entry.summary.contradictions if one.key in condition.items]
        shown = "；".join(contradiction(say, one) for one in found[:SHOWN])
        rest = say("其余见附件", 数目=str(len(found) - SHOWN)) if len(found) > SHOWN else ""
        checked = all(one.decided and one.decided.holds for one in found)
        yield say("矛盾依据", 数目=str(len(found)), 举例=shown, 其余=rest, 请=say("改正数据" if checked else "核对数据"))
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
    checked = say("经复核") if found.decided and found.decided.holds else ""
    return checked + _contradicts(say, found)


def _contradicts(say: Words, found: Contradiction) -> str:
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
    checked = settled(found, unit)
    example = say("例句", 原文=quote(passages[0], EXAMPLE_MAX)) if passages else ""
    ask = say(("改写" if checked else "核实") + ("沿用" if found.previous else "相似"))
    text = say("沿用" if found.previous else "相似", 对方=other, 占比=f"{share * 100:.0f}%", 例句=example, 请=ask)
    return (say("经复核") if checked else "") + text


def settled(found: Likeness, unit: str) -> bool:
    """Whether a person found that the text is shared."""
    decided = found.decision(unit)
    return bool(decided and decided.holds)


# -- what must be changed -----------------------------------------------------------------------------------------------------


def deciding(told: Told) -> list[Gap]:
    """The gaps on which the verdict rests, in the order of the conditions."""
    keys = [key for condition in told.failed for key in condition.items]
    by_key = {element_key(gap.rule): gap for gap in gaps_of(told.audit, told.entry)}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def demand(say: Words, told: Told, gap: Gap) -> str:
    """What was found of an element, and what to write; asked where nobody is sure."""
    text = finding(say, told, gap)
    verdict = _verdict(told, gap)
    if verdict and not verdict.decided and verdict.certainty == Certainty.CHECK:
        text = say("请核对", 说明=text)
    return say("修改要求", 要素=gap.title, 说明=text, 建议=advice(say, gap))


def finding(say: Words, told: Told, gap: Gap) -> str:
    """What was found of an element; a person's reason where he confirmed it."""
    verdict = _verdict(told, gap)
    if verdict and verdict.decided:
        return say("复核认定缺项", 状态=VERDICT_WORDS.get(gap.status, gap.status), 理由=verdict.reason.rstrip("。"))
    if verdict and verdict.stale:
        return say("没有写到") if gap.status == "missing" else say("写得不够")
    if NEIGHBOUR in gap.message:
        return say("只写相关", 要素=gap.title)
    return say("没有写到") if gap.message == NEVER else sentence(gap.message)


def confirmed(told: Told, gap: Gap) -> bool:
    """Whether a person's decision on the element is in force."""
    verdict = _verdict(told, gap)
    return verdict is not None and verdict.decided


def _verdict(told: Told, gap: Gap) -> Verdict | None:
    return next((v for v in told.entry.summary.verdicts if v.rule == gap.rule), None) if told.entry.summary else None


def advice(say: Words, gap: Gap) -> str:
    """What to do; the model sentence with its blanks, and what is about checking a draft, stay in the gap report."""
    if wrong_year(gap):
        return say("改正年份")
    return sentence(_OWN.sub("", _MODEL.sub("", gap.fix)))


def wrong_year(gap: Gap) -> str:
    """The year that a passage names and should not; empty for any other gap."""
    found = _WRITTEN.search(gap.message)
    return found[1] if found and f"{found[1]}年" in gap.quote else ""


def correction(say: Words, gap: Gap) -> str:
    """The passage with its wrong year and with the right one; nothing where the right one is not told."""
    wrong, right = wrong_year(gap), _MEANT.search(gap.message)
    if not (wrong and right) or len(gap.quote) > QUOTE_MAX:
        return ""
    passage = quote(gap.quote)
    return say("改年份", 原文=passage, 改为=passage.replace(f"{wrong}年", f"{right[1]}年"))


def corrections(say: Words, told: Told) -> list[str]:
    """The plain slips of a year, each once; an element the verdict rests on is demanded as such."""
    first = {gap.rule for gap in deciding(told)}
    found = (correction(say, gap) for gap in gaps_of(told.audit, told.entry) if gap.rule not in first)
    return list(dict.fromkeys(filter(None, found)))


# -- the two days -------------------------------------------------------------------------------------------------------------


def submitted(say: Words, fact: Fact | None) -> str:
    """What is said of the day on which the report was handed in; nothing where that was in time."""
    return _day(say, fact, "报送逾期", "成文逾期", "报送逾期复核", "报送不明")


def published(say: Words, fact: Fact | None) -> str:
    """What is said of the day on which the report was made public."""
    return _day(say, fact, "公开逾期", "网页逾期", "公开逾期复核", "公开不明")


def _day(say: Words, fact: Fact | None, late: str, late_by_text: str, decided: str, unknown: str) -> str:
    """A day that was too late, by the roster, by what is written or by a person's decision, or that nobody knows."""
    if fact is None or fact.limit is None:
        return ""
    limit = say.day(fact.limit)
    if fact.state == LATE:
        if fact.decided and fact.decided.holds:
            return say(decided, 时限=limit)
        if fact.day:
            return say(late if fact.source == ROSTER else late_by_text, 日期=say.day(fact.day), 时限=limit)
    return say(unknown, 时限=limit) if fact.late is None else ""


# -- last year's plan ---------------------------------------------------------------------------------------------------------


def followed(say: Words, entry: Entry) -> str:
    """How many of last year's arrangements were carried out, only mentioned and not written of by this year's report, those named;
    and the shortcomings that are named again word for word. What there is none of is not told."""
    own = [item for item in entry.follow_up if item.kind == "arrangement"]
    parts = []
    # What is silent and yet has an answer is planned once more.
    for form, state, planned in (
        ("安排落实", "done", None),
        ("安排提到", "mentioned", None),
        ("安排再列", "silent", True),
        ("安排未提", "silent", False),
    ):
        texts = [item.quote for item in own if item.state == state and planned in (None, bool(item.answer))]
        if texts:
            parts.append(say(form, 数目=str(len(texts)), 举例=_named(say, texts)))
    told = say("上年落实", 数目=str(len(own)), 各项="，".join(parts)) if parts else ""
    again = repeated(entry)
    return told + (say("上年重提", 数目=str(len(again)), 举例=_named(say, again)) if again else "")


def _named(say: Words, texts: list[str]) -> str:
    quoted = "".join(f"“{quote(text, 40)}”" for text in texts[:SHOWN])
    return say("举例", 原文=quoted + ("等" if len(texts) > SHOWN else ""))


def silent(entry: Entry) -> list[str]:
    """Last year's arrangements of which this year's report says nothing."""
    return [item.quote for item in entry.follow_up if item.kind == "arrangement" and item.state == "silent"]


def repeated(entry: Entry) -> list[str]:
    """Last year's shortcomings that this year's report names word for word."""
    return [item.quote for item in entry.follow_up if item.kind == "shortcoming" and item.state == "repeated"]


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
