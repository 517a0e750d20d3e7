"""Sentences and cuts that several outputs share."""

from __future__ import annotations

import re
from pathlib import PurePath

from scorer.result import Assessment
from scorer.vocabulary import Arithmetic, Severity, Status

KIND_WORDS = {
    "rate": "比率",
    "share": "占比",
    "change": "增减",
    "difference": "差额",
    "total": "合计",
    "rest": "余数",
    "multiple": "倍数",
    "average": "平均",
    "all": "全部",
    "limit": "不可能",
    "same-quantity": "前后不一",
    "sum": "总分不符",
    "dated-act": "年份不符",
    "data-date": "晚于落款",
    "date-order": "成文晚于发布",
    "instrument-years": "文件年份",
}
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

EVIDENCE_OPEN = 3
"""So many passages of a finding are shown, the others folded."""


def report_name(assessment: Assessment) -> str:
    """The report's title; without one, that it has none, and the name of the file."""
    title = assessment.metadata.get("title")
    return title or f"（没有标题）{PurePath(assessment.source.path).name}"


def verdict(assessment: Assessment) -> str:
    """The one-sentence verdict: required contents and contradictions."""
    required = [f for f in assessment.findings if f.severity == Severity.REQUIRED and f.status != Status.NOT_APPLICABLE]
    counts = {
        status: sum(1 for f in required if f.status == status)
        for status in (Status.MET, Status.PARTIAL, Status.MISSING, Status.NEEDS_REVIEW)
    }
    wrong = sum(1 for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT and not s.across)
    across = sum(1 for s in assessment.statements if s.across)
    words = f"必备内容{len(required)}项：具备{counts[Status.MET]}，不足{counts[Status.PARTIAL]}，缺失{counts[Status.MISSING]}"
    if counts[Status.NEEDS_REVIEW]:
        words += f"，待复核{counts[Status.NEEDS_REVIEW]}"
    return words + f"；数字{wrong_word(assessment)}{wrong}处{f'，前后不一{across}处' if across else ''}。"


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut in the middle."""
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    return f"{line[:head]}……{line[-(limit - head - 2) :]}"


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, as office files must be."""
    return _UNFIT.sub("", text)


def unquoted(words: str) -> str:
    """Words that stood in quotation marks, on their own: the marks inside them become outer ones."""
    return words.replace("‘", "“").replace("’", "”")


def wrong_word(assessment: Assessment) -> str:
    """What figures that contradict each other are called: with recognised text the recognition may be what is wrong."""
    return "矛盾" if assessment.source.recognised is None else "疑似矛盾"
