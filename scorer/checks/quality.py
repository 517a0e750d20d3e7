"""Kinds ``density``, ``alignment``, ``plan-year``, ``year-agreement`` and ``statements`` (guide: quality.*, consistency.*)."""

from __future__ import annotations

import re

from scorer.checks.base import EVIDENCE_MAX, FAULTS_MAX, Case, NearMiss, Outcome, section_spans, title_span
from scorer.document import Span
from scorer.parsing.report import Report
from scorer.rulepack.model import Rule
from scorer.text.numerals import chinese_number
from scorer.vocabulary import Arithmetic, Certainty, Role, Status

_YEAR = re.compile(r"(?<![\d〔(\-])((?:20)\d\d)(?:年度?|度)(?![\d\-版])")
_CHINESE_YEAR = re.compile("(二〇[一二三四五六七八九〇]{2})年")
_COMING = re.compile(r"(?<![\d〔(\-])(20\d\d)年")
_NAMES = re.compile(r"《[^《》]{0,200}》|\([^()]{0,200}\)|\"[^\"]{0,200}\"")


def density(case: Case, rule: Rule) -> Outcome:
    """Result figures per thousand characters of the measures part."""
    report = case.report
    told = [s for s in report.sentences if s.role in (Role.MEASURES, Role.FIRST) and not s.future]
    length = sum(s.span.end - s.span.start for s in told)
    figures = sum(len(s.results) for s in told)
    per = rule.params["per"]
    if not length:
        return Outcome(Status.MISSING, "没有写上一年度的举措，谈不上用数字说明成效。", searched="主要举措和成效部分")
    rate = figures * per / length
    words = f"主要举措部分约{length}字，有成效数字{figures}个，每千字{rate:.1f}个"
    spans = tuple(s.span for s in [s for s in told if s.results][:2])
    if rate >= rule.params["met"]:
        return Outcome(Status.MET, f"{words}。", spans)
    status = Status.PARTIAL if rate >= rule.params["partial"] else Status.MISSING
    return Outcome(status, f"{words}，少于{rule.params['met']}个。", spans, searched="主要举措和成效部分")


def alignment(case: Case, rule: Rule) -> Outcome:
    """Every shortcoming has an arrangement in the plan that answers it; to be checked where words and themes differ, or where
    an arrangement is left that answers nothing."""
    outcome, differ = _aligned(case)
    lacking = outcome.status in (Status.PARTIAL, Status.MISSING)
    if not differ and not (lacking and _left_over(case)):
        return outcome
    # An answer in other words is not found: what was not found is asked for, not denied.
    message = f"{outcome.message.rstrip('。')}，其余没有找到，请对照核对。" if outcome.status == Status.PARTIAL else outcome.message
    message = "没有找到回应所写不足的安排，请对照核对。" if outcome.status == Status.MISSING else message
    return outcome._replace(message=message, certainty=Certainty.CHECK, confidence=0.7, readers=differ[:EVIDENCE_MAX])


def _left_over(case: Case) -> bool:
    """Whether a concrete arrangement answers nothing: it may answer, in other words, the shortcoming that seems to have none."""
    used = [answer.span for answer in case.answers if answer]
    return any(a.concrete and not any(a.span.overlaps(span) for span in used) for a in case.report.arrangements)


def _aligned(case: Case) -> tuple[Outcome, tuple[NearMiss, ...]]:
    report = case.report
    if not report.shortcomings or not report.has_role(Role.PLAN):
        return Outcome(Status.NOT_APPLICABLE, "没有写不足或没有写下一年度安排，不作对照。"), ()
    answered, differ = list(zip(report.shortcomings, case.answers, strict=True)), case.unsure
    spans = tuple(a.span for _, a in answered if a)[:EVIDENCE_MAX]
    open_ones = tuple(NearMiss(s.span, "下一年度安排中没有找到针对这项不足的措施") for s, a in answered if a is None)
    faults = open_ones[:FAULTS_MAX]
    count = len(answered) - len(open_ones)
    if not open_ones:
        return Outcome(Status.MET, f"{len(answered)}项不足都有对应的安排。", spans), differ
    if count:
        words = f"{len(answered)}项不足中，{count}项有对应的安排。"
        return Outcome(Status.PARTIAL, words, spans, near=open_ones[:EVIDENCE_MAX], searched="下一年度安排部分", faults=faults), differ
    near = open_ones[:EVIDENCE_MAX]
    return Outcome(Status.MISSING, "下一年度安排没有回应所写的不足。", near=near, searched="下一年度安排部分", faults=faults), differ


def plan_year(case: Case, rule: Rule) -> Outcome:
    """The plan names the year after the report year, or no other year as the coming one."""
    report = case.report
    year = report.metadata.report_year
    if not report.has_role(Role.PLAN):
        return Outcome(Status.NOT_APPLICABLE, "没有写下一年度安排。")
    headings = section_spans(report, Role.PLAN)
    if year is None:
        return Outcome(Status.MET, "不能确定报告年度，安排部分没有发现矛盾。", headings)
    for span in headings:
        wrong = [y for y in _years(report, span) if y != year + 1]
        right = [y for y in _years(report, span) if y == year + 1]
        if wrong and not right:
            words = f"安排部分的标题写的是{wrong[0]}年，应为{year + 1}年"
            return Outcome(Status.MISSING, f"{words}。", (span,), faults=(NearMiss(span, words, _year_mend(report, span, year + 1)),))
    named: list[int] = []
    for sentence in report.sentences:
        if sentence.role != Role.PLAN or sentence.heading:
            continue
        found = _COMING.match(report.text, sentence.span.start)
        if found:
            named.append(int(found.group(1)))
            if (
                named[0] not in (year + 1,)
                and named[0] <= year
                and re.match(r"20\d\d年,?[^,。;]{0,12}(?:将|要|计划|继续)", report.text[sentence.span.start :][:60])
            ):
                words = f"安排部分以{named[0]}年为来年，应为{year + 1}年"
                return Outcome(Status.MISSING, f"{words}。", (sentence.span,), faults=(NearMiss(sentence.span, words),))
    return Outcome(Status.MET, f"安排部分说的是{year + 1}年。" if year + 1 in named else "安排部分没有写错来年的年份。", headings[:1])


def _years(report: Report, span: Span) -> list[int]:
    """The years a heading names, outside names of documents, brackets and quotations."""
    text = _NAMES.sub(lambda m: "□" * len(m.group()), report.text[span.start : span.end])
    chinese = (chinese_number(match.group(1)) for match in _CHINESE_YEAR.finditer(text))
    return [*(int(match.group(1)) for match in _YEAR.finditer(text)), *(year for year in chinese if year)]


def _year_mend(report: Report, span: Span, right: int) -> tuple[str, str] | None:
    """The one year of a heading and what it ought to be; None where several years stand in it or it is not in figures."""
    found = re.findall(r"(?<!\d)20\d\d(?!\d)", report.text[span.start : span.end])
    return (found[0], str(right)) if len(found) == 1 else None


_ANNOUNCED = re.compile(
    r"现[将就把][^。;0-9]{0,16}(?P<year>20\d\d)年度?(?!\D{0,10}(?:规划|计划|文件|要求|纲要|意见|方案|会议|部署|决定|通知|以来|精神|考核|反馈|督察))[^。;年]{0,30}(?:报告|总结|汇报|公布|公开|公示)(?:如下|于后)?"
)


def year_agreement(case: Case, rule: Rule) -> Outcome:
    """Title, preamble, headings of the past-year part and heading of the plan agree on the report year."""
    report = case.report
    year = report.metadata.report_year
    if year is None:
        return Outcome(Status.MET, "没有写明报告年度，没有发现矛盾。")
    wrong: list[tuple[Span, str, int]] = []
    seen: list[Span] = []
    title = title_span(report)
    if title is not None:
        seen.append(title)
        years = _years(report, title)
        if years and year not in years:
            wrong.append((title, f"标题写的是{years[0]}年", year))
    told = (s for s in report.sentences if not s.heading and s.role in (Role.PREAMBLE, Role.MEASURES))
    first = next((s for s in told if not report.text.endswith(":", s.span.start, s.span.end)), None)
    if first is not None:
        found = re.match(
            r"(20\d\d)年(?:,|度|以来|来|[^\d月]{0,10}[省市县区镇乡局街旗州])", report.text[first.span.start : first.span.start + 24]
        )
        if found:
            seen.append(first.clauses[0] if first.clauses else first.span)
            if int(found.group(1)) != year:
                wrong.append((first.span, f"开头写的是{found.group(1)}年", 0))
    for sentence in report.sentences:
        # 现将2021年度……情况报告如下: what the opening announces is the report's own year.
        said = _ANNOUNCED.search(report.text, *sentence.span) if sentence.role == Role.PREAMBLE else None
        if said and int(said["year"]) != year and all(span != sentence.span for span, _, _ in wrong):
            wrong.append((sentence.span, f"导语写的是{said['year']}年", 0))
    for section in report.sections:
        if section.role == Role.PREAMBLE:
            continue
        span = next((s.span for s in report.sentences if s.span.start >= section.span.start), None)
        if span is None or not section.heading:
            continue
        years = _years(report, span)
        allowed = {year + 1} if section.role == Role.PLAN else {year}
        if any(other.span == section.span and (other.role == Role.PLAN) != (section.role == Role.PLAN) for other in report.sections):
            allowed = {year, year + 1}
        if years and not set(years) & allowed:
            wrong.append((span, f"标题“{section.heading}”写的是{years[0]}年", min(allowed) if len(allowed) == 1 else 0))
    unique = list(dict.fromkeys(wrong))
    if unique:
        # What the opening tells may be of another year on purpose; a heading is certain.
        faults = tuple(
            NearMiss(span, f"报告年度为{year}年，而{message}", _year_mend(report, span, right) if right else None)
            for span, message, right in unique
        )
        words = "；".join(message for _, message, _ in unique)
        return Outcome(Status.MISSING, f"报告年度为{year}年，而{words}。", tuple(span for span, _, _ in unique), faults=faults)
    return Outcome(Status.MET, f"标题、导语和各部分标题的年度一致（{year}年）。", tuple(seen[:2]))


def statements(case: Case, rule: Rule) -> Outcome:
    """No statement whose figures determine one another contradicts itself."""
    wrong = [s for s in case.statements if s.verdict == Arithmetic.INCONSISTENT]
    if wrong:
        words = "；".join(f"文中写{s.printed}，按{s.formula}应为{s.computed}" for s in wrong[:EVIDENCE_MAX])
        faults = tuple(NearMiss(s.span, f"文中写{s.printed}，按{s.formula}应为{s.computed}") for s in wrong[:FAULTS_MAX])
        return Outcome(Status.MISSING, f"有{len(wrong)}处数字自相矛盾：{words}。", tuple(s.span for s in wrong), faults=faults)
    if case.statements:
        return Outcome(
            Status.MET, f"验算了{len(case.statements)}处可以验算的数字，都相符。", tuple(s.span for s in case.statements[:EVIDENCE_MAX])
        )
    return Outcome(Status.MET, "没有可以验算的数字。")
