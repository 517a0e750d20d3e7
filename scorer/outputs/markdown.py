"""The gap report as Markdown, for a mail, an issue or a note: what to mend first, then everything else in short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scorer.outputs import sentences as say
from scorer.outputs.shares import Shares, tenths
from scorer.outputs.words import FORMAT_WORDS, KIND_WORDS, QUOTE_MAX, advice, is_late, report_name, status_word, verdict, where, wrong_word
from scorer.result import Assessment, Finding, Passage, Score
from scorer.text.shorten import shorten
from scorer.version import VERSION
from scorer.vocabulary import Arithmetic, Certainty, Level, Severity, Status

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]")
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def render(assessment: Assessment) -> str:
    """The report; every line that holds foreign text begins with text of our own, so that none can start a block.

    Raises ``ValueError`` for what is no annual report.
    """
    if not assessment.is_annual_report or assessment.score is None:
        raise ValueError(f"not an annual report, nothing to render: {assessment.reason}")
    shares = Shares.of(assessment)
    parts = [
        *_head(assessment, assessment.score, shares),
        *_categories(assessment.score, shares),
        *_gaps(assessment, shares),
        *_shortcomings(assessment),
        *_statements(assessment),
        *_rest(assessment, shares, Status.NEEDS_REVIEW),
        *_rest(assessment, shares, Status.MET),
        *_rest(assessment, shares, Status.NOT_APPLICABLE),
        *_method(assessment),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """On one line, with nothing in it that Markdown or HTML would read as more than text."""
    text = " ".join(text.split())
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _AUTOLINK.sub(r"\\\g<0>", text)
    return text.translate(_ENTITIES)


def _head(assessment: Assessment, score: Score, shares: Shares) -> list[str]:
    metadata = assessment.metadata
    lines = [f"# 差距报告：{escape(report_name(assessment))}", ""]
    facts = [f"机关：{escape(metadata.get('issuer') or '未识别')}", f"报告年度：{assessment.report_year or '未识别'}"]
    if assessment.level:
        facts.append(f"层级：{Level.shown(assessment.level)}")
    lines += ["，".join(facts), "", f"**{verdict(assessment)}**", ""]
    grade = f"，等次：{escape(score.grade)}" if score.grade else ""
    lines += [f"得分 {tenths(shares.total.points)} 分（满分 100 分）{grade}。", ""]
    remarks = [("等次受限", score.capped)] if score.capped else []
    remarks += [("说明", note) for note in assessment.notes] + [("读取提示", warning) for warning in assessment.source.warnings]
    if remarks:
        lines += [*(f"- {name}：{escape(text)}" for name, text in remarks), ""]
    return lines


def _categories(score: Score, shares: Shares) -> list[str]:
    rows = []
    for category in score.categories:
        share = shares.categories[category.id]
        counts = f"{category.counted}/{category.total}"
        rows.append((escape(category.title), counts, tenths(share.worth), tenths(share.points), tenths(share.gain)))
    counted, total = sum(c.counted for c in score.categories), sum(c.total for c in score.categories)
    whole = shares.total
    rows.append(("**合计**", f"{counted}/{total}", tenths(whole.worth), tenths(whole.points), tenths(whole.gain)))
    return ["## 各类得分", "", *_table(("类别", "计分项/全部", "满分", "得分", "失分"), rows, "lrrrr"), ""]


def _gaps(assessment: Assessment, shares: Shares) -> list[str]:
    gaps = shares.mends(assessment)
    late = [finding for finding in assessment.findings if is_late(finding)]
    lines = (
        [
            f"## {say.LATE}",
            "",
            say.LATE_LEAD,
            "",
            *(
                f"- {escape(f.message)}得 {tenths(shares.findings[f.rule].points)} / {tenths(shares.findings[f.rule].worth)} 分"
                for f in late
            ),
            "",
        ]
        if late
        else []
    )
    if not gaps:
        return [*lines, f"## {say.MEND}", "", say.NOTHING, ""]
    lines += [f"## {say.MEND}（{len(gaps)} 项）", "", f"{say.MEND_LEAD_ALL}现为 {tenths(shares.total.points)} 分。", ""]
    reached = shares.total.points
    for number, finding in enumerate(gaps, 1):
        share = shares.findings[finding.rule]
        reached += share.gain
        lines += [f"### {number}. {escape(finding.title)}：{status_word(finding)}（+{tenths(share.gain)}）", ""]
        lines.append(f"- 结果：{escape(finding.message)}")
        worth = f"得 {tenths(share.points)} / {tenths(share.worth)} 分，改后总分 {tenths(reached)} 分"
        lines.append(f"- 要求：{Severity(finding.severity).word}；{worth}")
        lines += [*_details(assessment, finding), ""]
    return lines


def _details(assessment: Assessment, finding: Finding) -> Iterable[str]:
    if finding.certainty == Certainty.CHECK:
        yield f"- 待核对：两种读法不一致（把握 {finding.confidence:.0%}）"
        for view in finding.readers:
            yield f"- {escape(view.because)}：{_quote(assessment, view.passage)}"
    for passage in finding.evidence:
        yield f"- 原文：{_quote(assessment, passage)}"
    for near in finding.near:
        yield f"- 相近文字：{_quote(assessment, near.passage)}，不予认定：{escape(near.because)}"
    if finding.searched:
        yield f"- 查找范围：{escape(finding.searched)}"
    for act in finding.acts:
        yield f"- {act.actor.word}做的：{_quote(assessment, act.passage)}"
    for facet in finding.facets:
        yield f"- 方面：{escape(facet.title)}，{'写到' if facet.passage else '未写到'}"
    yield f"- 为什么：{escape(finding.why)}"
    for basis in finding.basis:
        number = f"（{basis.number}）" if basis.number else ""
        yield f"- 依据：{escape(f'《{basis.source}》{number}{basis.clause}')}"
    text, model = advice(finding.fix)
    yield f"- 修改建议：{escape(text)}"
    if model:
        yield f"- 参考写法：{escape(model)}"


def _shortcomings(assessment: Assessment) -> list[str]:
    lines = ["## 问题、原因与安排", ""]
    if not assessment.shortcomings:
        return [*lines, "没有读出具体的不足。", ""]
    rows = [
        (
            _quote(assessment, row.passage),
            _quote(assessment, row.cause) if row.cause else "**未写原因**",
            _quote(assessment, row.answered_by) if row.answered_by else "**安排中未回应**",
        )
        for row in assessment.shortcomings
    ]
    return [*lines, *_table(("不足", "原因", "对应的安排"), rows, "lll"), ""]


def _statements(assessment: Assessment) -> list[str]:
    lines = ["## 数字核对", ""]
    determined = [row for row in assessment.statements if not row.across]
    if not determined:
        return [*lines, "没有读出可以互相推算的数字。", "", *_disagreements(assessment)]
    rows = [
        (
            f"**{wrong_word(assessment)}**" if row.verdict == Arithmetic.INCONSISTENT else "相符",
            _quote(assessment, row.passage),
            KIND_WORDS.get(row.kind, escape(row.kind)),
            escape(row.printed),
            escape(row.computed),
            escape(row.formula),
            escape(row.tolerance),
        )
        for row in sorted(determined, key=lambda statement: statement.verdict != Arithmetic.INCONSISTENT)
    ]
    head = ("核对", "原文", "种类", "文中写", "算得", "算式", "可写作")
    return [*lines, *_table(head, rows, "lllrrll"), "", *_disagreements(assessment)]


def _disagreements(assessment: Assessment) -> list[str]:
    rows = [
        (
            KIND_WORDS.get(row.kind, escape(row.kind)),
            _quote(assessment, row.passage),
            _quote(assessment, row.other) if row.other else "—",
            escape(row.formula),
        )
        for row in assessment.statements
        if row.across
    ]
    return ["## 前后对照", "", *_table(("种类", "一处", "另一处", "对照"), rows, "llll"), ""] if rows else []


def _rest(assessment: Assessment, shares: Shares, status: str) -> list[str]:
    own = [finding for finding in assessment.findings if finding.status == status]
    if not own:
        return []
    lines = [f"## {Status(status).word}（{len(own)} 项）", ""]
    for finding in own:
        share = shares.findings[finding.rule]
        points = f"（得 {tenths(share.points)} / {tenths(share.worth)} 分）" if share.worth else ""
        lines.append(f"- {Severity(finding.severity).word}：{escape(finding.title)}——{escape(finding.message)}{points}")
    return [*lines, ""]


def _method(assessment: Assessment) -> list[str]:
    pack, source = assessment.pack, assessment.source
    return [
        "## 检查方法",
        "",
        "全部结论由程序依规则包得出，供人工复核。各项分数取一位小数，尾差摊入各项，逐项相加等于总分。",
        "",
        f"- 规则包：{escape(pack.title)}（{escape(pack.id)}，第 {escape(pack.version)} 版），SHA-256 {pack.sha256 or '未记录'}",
        f"- 程序：fazhi-scorer {VERSION}",
        f"- 输入文件：{escape(source.path) or '未命名'}，{escape(FORMAT_WORDS.get(source.format, source.format))}，{source.characters} 个字符，SHA-256 {source.sha256 or '未记录'}",
    ]


def _quote(assessment: Assessment, passage: Passage) -> str:
    return f"“{escape(shorten(passage.quote.quote, QUOTE_MAX))}”（{escape(where(passage, assessment))}）"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> list[str]:
    rule = ["---:" if side == "r" else "---" for side in align]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
