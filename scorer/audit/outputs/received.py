"""The sentences of a letter about what came in: nothing, a wrong file, a report in time, a report of one's own government."""

from __future__ import annotations

import datetime
import re

from scorer.audit.model import IN_TIME, NO_REPORT, ROSTER, UNREADABLE, Entry
from scorer.audit.outputs.wording import Words

_NO_REPORT = "不是法治政府建设年度报告"
_KIND = re.compile(r"(?:是|写的是).{1,40}，")
# How the program reads a file is nothing to the unit that sent it.
_UNREAD = re.compile(r"(?:压缩结构)?读不出来|打不开")
_GOVERNMENT = "人民政府"


def arrived(say: Words, entry: Entry, year: str) -> str:
    """What was sent in the place of a report; by its title where that is what it was known by, else by the file's name."""
    reason = entry.reason.split("。")[0]
    name, kind = _other(reason) if entry.state == NO_REPORT else ("", "")
    if name:
        told = kind.startswith("是") and name.endswith(kind[1:-1])  # 《……的通知》，是通知
        return say("收到另文", 名称=name, 种类="" if told else kind, 年度=year)
    return say("收到文件", 文件=entry.path.rpartition("/")[2], 原因=_UNREAD.sub("无法打开", reason), 年度=year)


def _other(reason: str) -> tuple[str, str]:
    """The name of another document and what it is (“……”是通知，不是法治政府建设年度报告); two empty strings for any other reason."""
    name, _, kind = reason.removesuffix(_NO_REPORT).rpartition("”")
    fits = reason.startswith("“") and reason.endswith(_NO_REPORT) and len(name) > 1 and _KIND.fullmatch(kind)
    return (name[1:], kind) if fits else ("", "")


def in_time(say: Words, entry: Entry) -> str:
    """That a file that cannot be opened came in time, where the roster says so; of what is no report that says nothing."""
    fact = entry.submission
    if entry.state != UNREADABLE or fact is None or fact.day is None or fact.source != ROSTER or fact.state != IN_TIME:
        return ""
    return say("按时收到", 日期=say.day(fact.day))


def overdue(entry: Entry) -> tuple[bool, bool]:
    """Whether the day of submission, and that of publication, had passed when the unit was last judged. False where that is not known."""
    last = max((one.day for one in entry.rounds), default="")
    judged = datetime.date.fromisoformat(last) if last else None
    submission, publication = (
        bool(judged and fact and fact.limit and judged >= fact.limit) for fact in (entry.submission, entry.publication)
    )
    return submission, publication


def passed(say: Words, entry: Entry, title: str, signer: str) -> str:
    """That the report passed. An office does not pronounce on the government it serves: that is told that there is nothing to mend."""
    place = entry.unit.removesuffix(_GOVERNMENT)
    own = entry.unit.endswith(_GOVERNMENT) and len(place) > 1 and place in signer
    return say("本级政府" if own else "通过情况", 报告=title)
