"""Sentences and cuts that several outputs share."""

from __future__ import annotations

import re
from pathlib import PurePath

from scorer.result import Assessment

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def report_name(assessment: Assessment) -> str:
    """The report's title; without one, that it has none, and the name of the file."""
    title = assessment.metadata.get("title")
    return title or f"（没有标题）{PurePath(assessment.source.path).name}"


def verdict(assessment: Assessment) -> str:
    """The one-sentence verdict: required contents and contradictions."""
    required = [f for f in assessment.findings if f.severity == "required" and f.status != "not-applicable"]
    counts = {status: sum(1 for f in required if f.status == status) for status in ("met", "partial", "missing", "needs-review")}
    wrong = sum(1 for s in assessment.statements if s.verdict == "inconsistent")
    words = f"必备内容{len(required)}项：具备{counts['met']}，不足{counts['partial']}，缺失{counts['missing']}"
    if counts["needs-review"]:
        words += f"，待复核{counts['needs-review']}"
    return words + f"；数字{wrong_word(assessment)}{wrong}处。"


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut in the middle."""
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    return f"{line[:head]}……{line[-(limit - head - 2) :]}"


def wrong_word(assessment: Assessment) -> str:
    """What figures that contradict each other are called: with recognised text the recognition may be what is wrong."""
    return "矛盾" if assessment.source.recognised is None else "疑似矛盾"
