"""The table after a letter: everything that is to be mended or looked at, what the verdict rests on first.

A row says of itself whether a person has checked it (经复核) or the verdict rests on it; every other row is only to be looked at.
"""

from __future__ import annotations

import re

from scorer.audit.items import key_of_likeness, own_passages, side_of
from scorer.audit.model import Contradiction, Gap, Likeness
from scorer.audit.outputs import grounds
from scorer.audit.outputs.grounds import NEVER, QUOTE_MAX, Told
from scorer.audit.outputs.tally import VERDICT_WORDS, gaps_of
from scorer.audit.outputs.wording import Words
from scorer.text.shorten import shorten
from scorer.vocabulary import Severity

PASSAGES = 3
"""So many shared passages of a likeness stand in the table."""
NAMES = ("明细内容", "明细情况", "明细原文", "明细要求")
# A heading and nothing after it: it says where, and is no passage to be quoted as if it said what was done.
_HEADING = re.compile(r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)[^\s，,；;：:。]{1,20}。?")
Row = tuple[str, str, str, str]


def annex(say: Words, told: Told) -> list[dict[str, str]]:
    """The rows of the table: elements, figures, shared text, last year's arrangements and shortcomings."""
    entry, rows = told.entry, list[Row]()
    if entry.summary:
        rows += _gaps(say, told)
        rows += [_contradiction(say, told, one) for one in entry.summary.contradictions]
    for like in told.likenesses:
        rows.append(_likeness(say, told, like))
        rows += [(say("年份"), say("旧年份"), shorten(line, QUOTE_MAX), say("改正年份")) for line in like.old_years]
    for item in entry.follow_up:
        if item.kind == "arrangement" and item.state in ("silent", "mentioned"):
            rows.append((say("上年安排"), say(item.state), shorten(item.quote, QUOTE_MAX), say("补写落实")))
    rows += [(say("上年不足"), say("repeated"), shorten(text, QUOTE_MAX), say("核对重提")) for text in grounds.repeated(entry)]
    return [{"明细序号": str(number), **dict(zip(NAMES, row, strict=True))} for number, row in enumerate(rows, 1)]


def _gaps(say: Words, told: Told) -> list[Row]:
    summary = told.entry.summary
    doubled = set(told.audit.figures) if summary and summary.contradictions else set()
    gaps = [gap for gap in gaps_of(told.audit, told.entry) if gap.rule not in doubled]
    first = {gap.rule for gap in grounds.deciding(told)}
    mended = {gap.quote for gap in gaps if grounds.correction(say, gap)}
    rows = []
    if grounds.published(say, told.entry.publication):  # the day is asked for in the letter itself
        gaps = [gap for gap in gaps if gap.title != say("发布日期要素")]
    for gap in sorted(gaps, key=lambda gap: gap.rule not in first):
        if grounds.wrong_year(gap) and gap.quote in mended and not grounds.correction(say, gap):
            continue  # the same slip, told once
        rows.append(_gap(say, told, gap, gap.rule in first))
    return rows


def _gap(say: Words, told: Told, gap: Gap, deciding: bool) -> Row:
    status = say("年份有误") if grounds.wrong_year(gap) else VERDICT_WORDS.get(gap.status, gap.status)
    rests = say("结论依据") if deciding and not grounds.confirmed(told, gap) else ""
    word = say("内容状态", 要求=Severity.shown(gap.severity), 状态=status, 依据=rests)
    # What came near is no passage of what is not there at all.
    passage = "" if gap.message == NEVER else shorten(gap.quote, QUOTE_MAX)
    if _HEADING.fullmatch(passage) and not grounds.wrong_year(gap):
        passage = say("小标题", 原文=passage.rstrip("。"))
    return (gap.title, word + grounds.finding(say, told, gap), passage, grounds.correction(say, gap) or grounds.advice(say, gap))


def _contradiction(say: Words, told: Told, one: Contradiction) -> Row:
    apart = bool(one.other and one.other != one.quote)
    if apart:
        found = say("两处")
    elif one.printed and one.computed:
        found = say("推算", 文中写=one.printed, 算得=one.computed, 算式=say("算式", 算式=one.formula) if one.formula else "")
    else:
        found = say("不一致")
    passage = shorten(one.quote, QUOTE_MAX) + (f"／{shorten(one.other, QUOTE_MAX)}" if apart else "")
    checked = bool(one.decided and one.decided.holds)
    return (say("数据"), _standing(say, told, one.key, checked) + found, passage, say("改正数据" if checked else "核对数据"))


def _likeness(say: Words, told: Told, like: Likeness) -> Row:
    unit = told.entry.unit
    share, other = side_of(like, unit)
    passages = own_passages(like, unit)
    shown = "／".join(shorten(passage, QUOTE_MAX) for passage in passages[:PASSAGES])
    more = say("相同段数", 数目=str(len(passages))) if len(passages) > PASSAGES else ""
    checked = grounds.settled(like, unit)
    found = say("相同", 对方=other, 占比=f"{share * 100:.0f}%", 段数=more)
    return (
        say("相同文字"),
        _standing(say, told, key_of_likeness(like, unit), checked) + found,
        shown,
        say("改写文字" if checked else "核对文字"),
    )


def _standing(say: Words, told: Told, key: str, checked: bool) -> str:
    """Whether a person has found it so, or else the verdict rests on it."""
    if checked:
        return say("经复核")
    return say("依据在前") if any(key in condition.items for condition in told.failed) else ""
