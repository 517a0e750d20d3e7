"""Whether a document is an annual 法治政府建设 report at all; if not, why, in one line of Chinese."""

from __future__ import annotations

from scorer.parsing.report import Report
from scorer.parsing.roles import MEASURES, PLAN, PROBLEMS

SHORTEST = 150
KINDS = (
    ("政务公开|信息公开", "是政府信息公开工作年度报告"),
    ("解读|图解|一图读懂|答记者问", "是政策解读"),
    ("要点|工作计划|方案|分工|任务分解|任务清单", "是工作计划、方案或要点"),
    ("规划|意见|细则|规定|办法|指引|指南|指标体系|评分标准", "是制度文件"),
    ("通知", "是通知"),
    ("述职|述法|述廉", "是个人述职述法报告"),
    ("自查|整改|督察|调研|评估", "是自查、整改、督察或调研材料"),
    ("半年|季度", "不是全年的报告"),
    ("", "是新闻或会议活动报道"),
)


def why_no_report(report: Report) -> str:
    """An empty string for an annual report, else the reason."""
    import re

    body = "".join(line.text for line in report.body)
    if len(body) < SHORTEST:
        if re.search(r"附件|\.pdf|\.docx?|下载", report.text):
            return "页面上只有附件链接，没有报告正文；请下载附件后检查附件文件"
        return "没有读到报告正文（文字太少）"
    title = report.metadata.title
    signs = _signs(report)
    roles = {section.role for section in report.sections}
    if title is not None and title.span is not None:
        if report.within("lexicon.not-report", title.span):
            words = report.text[title.span.start : title.span.end]
            for pattern, reason in KINDS:
                if re.search(pattern, words):
                    return f"标题“{title.value}”{reason}，不是法治政府建设年度报告"
        genre = bool(report.within("lexicon.report-genre", title.span))
        if genre or (len(signs) >= 3 and (PROBLEMS in roles or PLAN in roles)):
            return (
                ""
                if len(signs) >= 2 or len(roles & {MEASURES, PROBLEMS, PLAN}) >= 2
                else "正文没有写法治政府建设的工作，不是法治政府建设年度报告"
            )
        return f"标题“{title.value}”不是年度报告的标题"
    # Without a title of this kind the head of the page may still say what it is.
    head = report.page.lines[: (report.body[0].number if report.body else 0) + 1][-12:]
    for line in head:
        if len(line.text) <= 60 and report.within("lexicon.not-report", line.span):
            for pattern, reason in KINDS[:-1]:
                if re.search(pattern, line.text):
                    return f"“{report.quote(line.span).quote}”{reason}，不是法治政府建设年度报告"
    if len(signs) >= 4 and roles & {PROBLEMS, PLAN} and _about_law(report):
        return ""
    return "没有找到法治政府建设年度报告的标题，正文也不像年度报告"


def _signs(report: Report) -> set[str]:
    """The different words of the field in the body."""
    return {report.text[a:b] for a, b in report.hits.get("lexicon.body-signs", ()) if report.sentence_at(a)}


def _about_law(report: Report) -> bool:
    count = sum(1 for a, _ in report.hits.get("lexicon.body-signs", ()) if report.sentence_at(a))
    size = sum(line.span.end - line.span.start for line in report.body)
    return count * 400 >= size
