"""The summary for a terminal: verdict, score, what to mend first."""

from __future__ import annotations

from scorer.outputs.shares import Shares, tenths
from scorer.outputs.words import KIND_WORDS, report_name, shorten, verdict
from scorer.result import SEVERITY_WORDS, STATUS_WORDS, Assessment

SHOWN = 12


def render(assessment: Assessment) -> str:
    """Plain lines of Chinese, no colour codes."""
    lines = []
    lines.append(f"《{report_name(assessment)}》" if assessment.metadata.get("title") else report_name(assessment))
    if not assessment.is_annual_report:
        lines.append(f"不是法治政府建设年度报告：{assessment.reason}。")
        return "\n".join(lines) + "\n"
    score = assessment.score
    assert score is not None
    shares = Shares.of(assessment)
    lines.append(f"得分 {score.total:.1f}　等次 {score.grade}　{verdict(assessment)}")
    if score.capped:
        lines.append(score.capped)
    for note in (*assessment.notes, *assessment.source.warnings):
        lines.append(f"注意：{note}")
    lines.append(
        "分类得分："
        + "　".join(
            f"{c.title} {tenths(share.points)}/{tenths(share.points + share.gain)}"
            for c in score.categories
            if (share := shares.categories[c.id])
        )
    )
    gaps = assessment.gaps()
    if gaps:
        lines.append("")
        lines.append("先改这些（改好可得的分）：")
    for finding in gaps[:SHOWN]:
        lines.append(
            f"  +{finding.gain:4.1f}　[{STATUS_WORDS[finding.status]}·{SEVERITY_WORDS[finding.severity]}] {finding.title}：{finding.message}"
        )
        for passage in finding.evidence[:1]:
            lines.append(f"         第{passage.paragraph}段：“{shorten(passage.quote.quote, 60)}”")
    if len(gaps) > SHOWN:
        lines.append(f"  另有{len(gaps) - SHOWN}项，见 HTML 报告。")
    wrong = [s for s in assessment.statements if s.verdict == "inconsistent"]
    for statement in wrong:
        quote = f"第{statement.passage.paragraph}段“{shorten(statement.passage.quote.quote, 60)}”"
        if statement.across:
            other = f"，与第{statement.other.paragraph}段“{shorten(statement.other.quote.quote, 60)}”不一致" if statement.other else ""
            lines.append(f"{KIND_WORDS[statement.kind]}：{quote}{other}（{statement.formula}）")
        else:
            lines.append(f"数字矛盾：{quote}文中写{statement.printed}，按{statement.formula}应为{statement.computed}")
    return "\n".join(lines) + "\n"
