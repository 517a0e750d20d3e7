"""The figures of ``sentencewise`` in words and tables."""

from __future__ import annotations

from scorer.evaluation.agreement import Rate
from scorer.evaluation.report import percent, table
from scorer.evaluation.sentencewise import LabelRates, Sentencewise

KINDS = {"act:": "具体做法", "about:": "谈到"}
ROLES = {
    "shortcoming": "不足",
    "cause": "原因",
    "consequence": "后果、例子",
    "arrangement": "安排",
    "principal": "主要负责人的事",
    "principal-slogan": "主要负责人的表态",
    "body": "领导班子的事",
    "organ": "其他机关的事",
}


def words_of(label: str) -> str:
    """A label in words: ``act:functions.streamlining`` -> 具体做法 functions.streamlining."""
    kind, colon, item = label.partition(":")
    return f"{KINDS[kind + colon]} {item}" if colon else ROLES.get(label, label)


def render(result: Sentencewise, *, markdown: bool = False) -> str:
    """One row a label, sums by kind, and the worst sentences by name."""
    title = "## " if markdown else "■ "
    point = "- " if markdown else "  "
    groups: dict[str, list[LabelRates]] = {}
    for rates in result.labels:
        kind = rates.label.partition(":")[0] if ":" in rates.label else "role"
        groups.setdefault(kind, []).append(rates)
    lines = [f"{title}句子分类（{result.sentences}句）", ""]
    rows = [["标注", "有此标注", "查准", "查全", "AUC"]]
    for rates in result.labels:
        rows.append(_row(words_of(rates.label), rates.recall, rates.precision, rates.auc))
    for kind, words in (("act", "合计：具体做法"), ("about", "合计：谈到"), ("role", "合计：其他")):
        own = groups.get(kind, [])
        areas = [r.auc for r in own if r.auc is not None]
        found = sum(r.recall.hits for r in own)
        mean = sum(areas) / len(areas) if areas else None
        rows.append(_row(words, Rate(found, sum(r.recall.total for r in own)), Rate(found, sum(r.precision.total for r in own)), mean))
    lines.extend(table(rows, markdown))
    for kind, first, three in result.ranked:
        lines.append(f"{point}{KINDS[kind]}：正确的一项排第一 {percent(first)}，排前三 {percent(three)}（{first.total}句）")
    lines.extend(["", f"{title}错得最远的句子", ""])
    for miss in result.worst:
        lines.append(f"{point}{words_of(miss.label)}：标注{'是' if miss.holds else '否'}，分数 {miss.score:+.1f}　{miss.sentence}")
    return "\n".join(lines) + "\n"


def _row(words: str, recall: Rate, precision: Rate, auc: float | None) -> list[str]:
    return [words, str(recall.total), percent(precision), percent(recall), "—" if auc is None else f"{auc:.3f}"]
