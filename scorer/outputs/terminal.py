"""The summary for a terminal: verdict, score, what to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.outputs.shares import Shares, tenths
from scorer.outputs.words import KIND_WORDS, is_late, report_name, status_word, verdict, wrong_word
from scorer.result import Assessment, Finding, StatementResult
from scorer.text.shorten import shorten
from scorer.vocabulary import Arithmetic, Certainty, Severity

if TYPE_CHECKING:
    from scorer.changes import Change, Changes

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
    lines.append(f"得分 {tenths(shares.total.points)}　等次 {score.grade}　{verdict(assessment)}")
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
    gaps = shares.mends(assessment)
    if gaps:
        lines.append("")
        lines.append("优先修改（可加分）：")
    for finding in gaps[:SHOWN]:
        lines.append(
            f"  +{tenths(shares.findings[finding.rule].gain):>4}　[{status_word(finding)}·{Severity(finding.severity).word}{_certainty(finding)}] {finding.title}：{finding.message}"
        )
        for passage in finding.evidence[:1]:
            page = f"第{passage.page}页" if passage.page else ""
            lines.append(f"         {page}第{passage.paragraph}段：“{shorten(passage.quote.quote, 60)}”")
    if len(gaps) > SHOWN:
        lines.append(f"  另有{len(gaps) - SHOWN}项，见 HTML 报告。")
    for finding in assessment.findings:
        if is_late(finding):
            lines.append(finding.message)
    wrong = [s for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT]
    for statement in wrong:
        quote = f"第{statement.passage.paragraph}段“{shorten(statement.passage.quote.quote, 60)}”"
        if statement.across:
            other = f"，与第{statement.other.paragraph}段“{shorten(statement.other.quote.quote, 60)}”不一致" if statement.other else ""
            lines.append(f"{KIND_WORDS[statement.kind]}：{quote}{other}（{statement.formula}）")
        else:
            lines.append(f"数字{wrong_word(assessment)}：{quote}文中写{statement.printed}，按{statement.formula}应为{statement.computed}")
    return "\n".join(lines) + "\n"


def _certainty(finding: Finding) -> str:
    return f"·{finding.certainty.word}" if finding.certainty == Certainty.CHECK else ""


def render_changes(changes: Changes, moment: str = "") -> str:
    """What the last save changed: the score, then a line for everything mended, better, worse and new."""
    before, after = changes.before, changes.after
    head = f"{moment} " if moment else ""
    if not changes.any:
        return f"{head}没有变化，{after:.1f}分。\n" if after is not None else f"{head}没有变化。\n"
    if before is not None and after is not None:
        moved = f"（{changes.gain:+.1f}）" if round(changes.gain, 1) else ""
        head += f"{before:.1f} → {after:.1f}分{moved}" if moved else f"{after:.1f}分，不变"
    lines = [f"{head}　改好{len(changes.mended)}项，新出{len(changes.new)}项"]
    for sign, group in (("✓ 改好", changes.mended), ("↑ 好转", changes.better), ("↓ 变差", changes.worse), ("✗ 新出", changes.new)):
        lines.extend(f"  {sign}　{_change(change)}" for change in group)
    lines.extend(f"  · 有变　{_change(change)}" for change in changes.moved)
    lines.extend(f"  ✓ 数字已相符　{_statement(s)}" for s in changes.settled)
    lines.extend(f"  ✗ 数字矛盾　{_statement(s)}" for s in changes.contradictory)
    return "\n".join(lines) + "\n"


def _change(change: Change) -> str:
    now = change.after or change.before
    assert now is not None
    points = f"{change.gain:+.1f}　" if round(change.gain, 1) else ""
    return f"{points}{now.title}：{shorten(now.message, 80)}"


def _statement(statement: StatementResult) -> str:
    quote = shorten(statement.passage.quote.quote, 40)
    return f"“{quote}”文中写{statement.printed}，按{statement.formula}应为{statement.computed}"
