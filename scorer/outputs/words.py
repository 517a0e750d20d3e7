"""Sentences and cuts that several outputs share."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath

from scorer.outputs.sentences import CONTRARY_WORD, LATE_WORD
from scorer.result import Assessment, Finding, Passage
from scorer.text.shorten import shorten
from scorer.vocabulary import Arithmetic, Nature, Severity, Status

KIND_WORDS = {
    "rate": "比率",
    "share": "占比",
    "change": "增减",
    "difference": "差额",
    "total": "合计",
    "rest": "余数",
    "multiple": "倍数",
    "average": "平均",
    "product": "乘积",
    "sign": "升降相反",
    "date": "日期",
    "scale": "单位（万、亿）",
    "rank": "名次",
    "previous": "与上年报告不符",
    "all": "全部",
    "limit": "不可能",
    "same-quantity": "前后不一",
    "sum": "总分不符",
    "dated-act": "年份不符",
    "data-date": "晚于落款",
    "date-order": "成文晚于发布",
    "instrument-years": "文件年份",
}

FORMAT_WORDS = {
    "text": "文本", "html": "网页", "mht": "网页（.mht）", "docx": "Word文档", "doc": "旧版Word或WPS文档", "rtf": "RTF文档", "pdf": "PDF",
    "ofd": "OFD", "picture": "图片",
}  # fmt: skip
PLACE_WORDS = {"title": "标题", "signature": "落款", "outside": "页面信息"}
QUOTE_MAX = 120

_MODEL = re.compile(r"^(?P<advice>.+?)[，,：:；;。]?(?:例如|比如|如)“(?P<model>[^“”]*(?:“[^“”]*”[^“”]*)*)”。?$", re.DOTALL)
_NUMBERED = re.compile(
    r"^\s*(?:(?P<han>[一二三四五六七八九十百]+)、|[（(](?P<inner>[一二三四五六七八九十百\d]+)[）)]|(?P<digits>\d{1,2})[.．、])"
)

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
    late = sum(1 for finding in required if is_late(finding))
    words = f"必备内容{len(required)}项：具备{counts[Status.MET]}，不足{counts[Status.PARTIAL]}，缺失{counts[Status.MISSING] - late}"
    words += f"，{LATE_WORD}{late}" if late else ""
    if counts[Status.NEEDS_REVIEW]:
        words += f"，待复核{counts[Status.NEEDS_REVIEW]}"
    return words + f"；数字{wrong_word(assessment)}{wrong}处{f'，前后不一{across}处' if across else ''}。"


def wrong_word(assessment: Assessment) -> str:
    """What figures that contradict each other are called: with recognised text the recognition may be what is wrong."""
    return "矛盾" if assessment.source.recognised is None else "疑似矛盾"


def is_late(finding: Finding) -> bool:
    """Whether its day has passed, which no writing mends."""
    return finding.nature == Nature.LATE and finding.status == Status.MISSING


def status_word(finding: Finding) -> str:
    """The word for the verdict: what is late or contradictory is called so, and not missing."""
    if is_late(finding):
        return LATE_WORD
    return CONTRARY_WORD if finding.gap and finding.nature == Nature.CONTRARY and finding.faults else Status(finding.status).word


def where(passage: Passage, assessment: Assessment) -> str:
    """``一 ›（三），第10段``: the numbers of the headings above, or what kind of place it is, and the paragraph."""
    path = _steps(passage.path) if passage.path else ""
    if not passage.path and 0 < passage.paragraph <= len(assessment.paragraphs):
        path = PLACE_WORDS.get(assessment.paragraphs[passage.paragraph - 1][2], "")
    place = f"第{passage.page}页，第{passage.paragraph}段" if passage.page else f"第{passage.paragraph}段"
    return f"{path}，{place}" if path else place


@lru_cache(maxsize=1024)
def _steps(path: tuple[str, ...]) -> str:
    """The numbers of the headings; kept, because most passages of a report share a few paths."""
    return " › ".join(map(_step, path)).replace(" （", "（").replace("） ", "）")


def _step(heading: str) -> str:
    match = _NUMBERED.match(heading)
    if not match:
        return shorten(heading, 12)
    return f"（{match['inner']}）" if match["inner"] else match["han"] or match["digits"]


@lru_cache(maxsize=1024)
def advice(fix: str) -> tuple[str, str]:
    """The advice and, where it ends in one (``…，如“____”。``), the model sentence; a rule's advice is the same on every page."""
    match = _MODEL.match(fix)
    return (f"{match['advice']}。", match["model"]) if match else (fix, "")
