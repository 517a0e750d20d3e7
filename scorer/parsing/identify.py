"""Whether a document is an annual 法治政府建设 report at all; if not, why, in one line of Chinese."""

from __future__ import annotations

import re

from scorer.document import Span
from scorer.parsing.lines import NUMBERED, Line
from scorer.parsing.report import Report
from scorer.text.dates import find_dates
from scorer.text.sentences import SENTENCE_END
from scorer.vocabulary import Role

SHORTEST = 150
NAME_MAX = 60
ADJACENT = 2
"""So many lines beside a title may be parts of it."""
LEAD = 4
ANSWERS = 4
HEARD, RETOLD = 3, 2
"""News of a meeting says in so many lines that it heard a report, and in so many different words what was said there."""
SPARSE = 400
"""In a report without a title one word of the field stands in so many characters at least."""
ROLES = frozenset({Role.MEASURES, Role.FIRST, Role.PROBLEMS, Role.PLAN})
_YEARLY = re.compile(r"(?:19|20)\d\d年?度?(?P<subject>[^\n]{2,30}?)(?:情况)?的?(?:报告|总结|情况|汇报|年报)$")
_GENERAL = re.compile(r"[局委办厅府镇乡会处](?:19|20)\d\d年?度?(?:年终|全年)?工作(?:总结|报告|情况|汇报)$")
_BEFORE_YEAR = re.compile(r"(?P<subject>[^\W\da-zA-Z_]{2,16}工作)(?:19|20)\d\d年")
_NO_SUBJECT = re.compile(r"年度|关于|年终|全年|上年|个人|工作|总结|[的\"]")
# 2023年工作总结和2024年工作计划: what is arranged for the next year is a part of the report.
_AND_PLAN = re.compile(r"(?:(?<=总结)|(?<=报告)|(?<=情况))[和及暨与、](?:20\d\d年?|下一?年)度?[^\n]{0,12}(?:计划|要点|打算|安排|思路)")
_ATTACHED = re.compile(r"附件|\.pdf|\.docx?|下载")


def why_no_report(report: Report) -> str:
    """An empty string for an annual report, else the reason."""
    title = report.metadata.title
    named = title is not None and title.span is not None and bool(report.page.title)
    for span in _names(report):
        if named and _sister(report, span):
            return f"“{report.quote(span).quote}”写的是另一项工作，不是法治政府建设年度报告"
        if kind := _other_kind(report, span):
            return f"“{report.quote(span).quote}”{kind}，不是法治政府建设年度报告"
    if not named and not _announced(report, clause=True):
        for span in _names(report):
            if subject := _other_subject(report, span):
                return f"“{report.quote(span).quote}”写的是{subject}，不是法治政府建设年度报告"
    if _retells(report):
        return "正文是会议听取、审议报告的报道，不是法治政府建设年度报告"
    if not named and (kind := _kind_of_page(report)):
        return f"网页标题“{report.document.hints['page_title']}”{kind}，不是法治政府建设年度报告"
    if sum(len(line.text) for line in report.body) < SHORTEST:
        if instead := report.document.hints.get("instead"):
            return instead
        if _ATTACHED.search(report.text):
            return "页面上只有附件链接，没有报告正文；请下载附件后检查附件文件"
        return "没有读到报告正文（文字太少）"
    signs = _signs(report)
    roles = {section.role for section in report.sections} & ROLES
    if title is not None and title.span is not None:
        if not report.hits.any("lexicon.report-genre", *title.span) and (len(signs) < 3 or not roles & {Role.PROBLEMS, Role.PLAN}):
            return f"标题“{title.value}”不是年度报告的标题"
        if len(signs) < 2 and len(roles) < 2:
            return "正文没有写法治政府建设的工作，不是法治政府建设年度报告"
        return ""
    if _answers(report):
        return "一问一答的访谈，不是法治政府建设年度报告"
    if len(roles) >= 2 and (_announced(report) or (len(signs) >= 2 and _about_law(report) and _leads_with_subject(report))):
        return ""
    return "没有找到法治政府建设年度报告的标题，正文也不像年度报告；如果确是年度报告，请补上标题再试"


def _names(report: Report) -> list[Span]:
    """The ranges that may say what the document is: its title with the lines it may go on to; without a title the short line
    right above the body."""
    title = report.page.title
    if title:
        spans = [Span(title[0].span.start, title[-1].span.end)]
        last = title[-1].number
        for line in report.page.lines[last + 1 : last + 1 + ADJACENT]:
            if not _may_be_title(report, line) or not _ends_in_kind(report, line):
                break
            spans.append(line.span)
        return spans
    first = report.body[0].number if report.body else len(report.page.lines)
    above = [line for line in report.page.lines[:first] if _may_be_title(report, line)]
    return [line.span for line in above[-ADJACENT:]]


def _may_be_title(report: Report, line: Line) -> bool:
    """Whether a line could be a title or a part of one: no menu, no label, no date, no heading, no sentence."""
    text = line.text
    return (
        4 <= len(text) <= NAME_MAX
        and not line.outside
        and not NUMBERED.match(text)
        and not SENTENCE_END.search(text)
        and "|" not in text
        and ">" not in text
        and not text.endswith(":")
        and " " not in report.quote(line.span).quote.strip()
        and not report.hits.among("lexicon.label-", *line.span)
        and not report.hits.any("lexicon.furniture", *line.span)
        and next(find_dates(text), None) is None
    )


def _ends_in_kind(report: Report, line: Line) -> bool:
    """Whether a line ends in the word of another kind of document: the last line of 关于做好…/…年度报告/工作的通知."""
    return any(hit.end == line.span.end for name in report.hits.names("not-report.") for hit in report.hits.within(name, *line.span))


def _other_kind(report: Report, span: Span) -> str:
    """What a title shows the document to be instead: the first kind of the pack that has a word in it."""
    if told := _AND_PLAN.search(report.text, *span):
        span = Span(span.start, told.start())
    for name in report.hits.names("not-report."):
        if report.hits.any(name, *span):
            return name.removeprefix("not-report.")
    return ""


def _sister(report: Report, span: Span) -> bool:
    """Whether a title speaks of a work beside 法治政府建设 and not of that itself."""
    return report.hits.any("lexicon.sister-subject", *span) and not report.hits.any("lexicon.main-subject", *span)


def _other_subject(report: Report, span: Span) -> str:
    """The subject of a title of another report on a year (2022年普法工作总结); empty where it has none of its own."""
    text = report.text[span.start : span.end]
    if told := _AND_PLAN.search(report.text, *span):
        text = report.text[span.start : told.start()]
    if _GENERAL.search(text):
        return "各项工作"
    found = _YEARLY.search(text)
    if (
        not found
        or report.hits.any("lexicon.report-subject", *span)
        or not text.endswith(tuple(report.hits.literals("lexicon.report-genre")))
    ):
        return ""
    subject = _NO_SUBJECT.sub("", found["subject"])
    if len(subject) < 2 and (named := _BEFORE_YEAR.search(text)):
        return named["subject"]
    return f"{subject}工作" if len(subject) > 1 else ""


def _kind_of_page(report: Report) -> str:
    """What the page's own title shows it to be, where the text has none: 甲县年鉴2013."""
    page = report.document.comparable(report.document.hints.get("page_title", ""))
    if not page or any(word in page for word in report.hits.literals("lexicon.spam")):
        return ""
    kind = next((name for name in report.hits.names("not-report.") if page.endswith(tuple(report.hits.literals(name)))), "")
    yearbook = next((name for name in report.hits.names("not-report.") if "年鉴" in page and "年鉴" in report.hits.literals(name)), "")
    return (yearbook or kind).removeprefix("not-report.")


def _signs(report: Report) -> set[str]:
    """The different words of the field in the body."""
    return {report.text[a:b] for a, b in report.hits.get("lexicon.body-signs") if report.index.sentence_at(a)}


def _announced(report: Report, *, clause: bool = False) -> bool:
    """Whether the first lines say that this is the report: 现将法治政府建设情况报告如下; with ``clause`` in one clause."""
    for line in report.body[:LEAD]:
        for _, end in report.hits.within("lexicon.preamble-end", *line.span):
            begin = max(line.span.start, *(report.text.rfind(sign, 0, end) for sign in ",。;")) if clause else line.span.start
            if report.hits.any("lexicon.report-subject", begin, end if clause else line.span.end):
                return True
    return False


def _retells(report: Report) -> bool:
    """Whether the first lines tell of a meeting that heard the report, and the lines below what was said there; what has parts of
    its own for shortcomings and the coming year is a report, whatever meetings it begins with."""
    lead = report.body[:HEARD]
    if {Role.PROBLEMS, Role.PLAN} <= {section.role for section in report.sections}:
        return False
    if not any("会" in line.text and report.hits.any("lexicon.hearing", *line.span) for line in lead) or _announced(report):
        return False
    said = report.hits.get("lexicon.retold")
    return len({report.text[a:b] for a, b in said if a == 0 or report.text[a - 1] in "\n。,;"}) >= RETOLD


def _leads_with_subject(report: Report) -> bool:
    """Whether the first lines or a heading name what such a report is about; a government's report on everything does not."""
    spans = [line.span for line in report.body[:2]] + [heading.title for heading in report.headings]
    return any(report.hits.any("lexicon.report-subject", *span) for span in spans)


def _answers(report: Report) -> bool:
    """Whether questions and answers follow each other."""
    marks = report.hits.get("lexicon.interview")
    return len({report.text[a:b] for a, b in marks if a == 0 or report.text[a - 1] == "\n"}) >= 2 and len(marks) >= ANSWERS


def _about_law(report: Report) -> bool:
    count = sum(1 for a, _ in report.hits.get("lexicon.body-signs") if report.index.sentence_at(a))
    size = sum(line.span.end - line.span.start for line in report.body)
    return count * SPARSE >= size
