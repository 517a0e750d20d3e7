"""Whether a document is an annual 法治政府建设 report at all; if not, why, in one line of Chinese."""

from __future__ import annotations

import re

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.vocabulary import Role

SHORTEST = 150
HEAD = 12
NAME_MAX = 60


def why_no_report(report: Report) -> str:
    """An empty string for an annual report, else the reason."""
    title = report.metadata.title
    if title is not None and title.span is not None:
        kind = _other_kind(report, title.span)
        if kind:
            return f"标题“{title.value}”{kind}，不是法治政府建设年度报告"
    else:
        # Without a title of this kind the head of the page may still say what it is.
        for line in report.page.lines[: (report.body[0].number if report.body else HEAD) + 1][-HEAD:]:
            kind = _other_kind(report, line.span) if len(line.text) <= NAME_MAX else ""
            if kind:
                return f"“{report.quote(line.span).quote}”{kind}，不是法治政府建设年度报告"
    if sum(len(line.text) for line in report.body) < SHORTEST:
        if instead := report.document.hints.get("instead"):
            return instead
        if re.search(r"附件|\.pdf|\.docx?|下载", report.text):
            return "页面上只有附件链接，没有报告正文；请下载附件后检查附件文件"
        return "没有读到报告正文（文字太少）"
    signs = _signs(report)
    roles = {section.role for section in report.sections} & {Role.MEASURES, Role.FIRST, Role.PROBLEMS, Role.PLAN}
    if title is not None and title.span is not None:
        if not report.hits.any("lexicon.report-genre", *title.span) and (len(signs) < 3 or not roles & {Role.PROBLEMS, Role.PLAN}):
            return f"标题“{title.value}”不是年度报告的标题"
        if len(signs) < 2 and len(roles) < 2:
            return "正文没有写法治政府建设的工作，不是法治政府建设年度报告"
        return ""
    if len(signs) >= 2 and len(roles) >= 2 and _about_law(report):
        return ""
    return "没有找到法治政府建设年度报告的标题，正文也不像年度报告；如果确是年度报告，请补上标题再试"


def _other_kind(report: Report, span: Span) -> str:
    """What a title shows the document to be instead: the first kind of the pack that has a word in it."""
    for name in report.hits.names("not-report."):
        if report.hits.any(name, *span):
            return name.removeprefix("not-report.")
    return ""


def _signs(report: Report) -> set[str]:
    """The different words of the field in the body."""
    return {report.text[a:b] for a, b in report.hits.get("lexicon.body-signs") if report.index.sentence_at(a)}


def _about_law(report: Report) -> bool:
    count = sum(1 for a, _ in report.hits.get("lexicon.body-signs") if report.index.sentence_at(a))
    size = sum(line.span.end - line.span.start for line in report.body)
    return count * 400 >= size
