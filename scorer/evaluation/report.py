"""The agreement with experts' labels, for people (text, Markdown) and machines (JSON)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorer.evaluation.agreement import STATUSES, Agreement, Decision, Rate, Summary, calibration, certain, confusion, summarise, worst
from scorer.vocabulary import Status


def percent(rate: Rate) -> str:
    """A share in percent, — where there is nothing to count."""
    return "—" if rate.value is None else f"{rate.value * 100:.1f}%"


def _with_interval(rate: Rate) -> str:
    if rate.value is None:
        return "—"
    low, high = rate.interval()
    return f"{rate.value * 100:.1f}%（{rate.hits}/{rate.total}，95%区间 {low * 100:.1f}%—{high * 100:.1f}%）"


def _groups(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    groups: dict[str, list[Decision]] = {}
    for decision in decisions:
        groups.setdefault(decision.element.split(".")[0] + ".*", []).append(decision)
    return groups


def table(rows: Sequence[Sequence[str]], markdown: bool) -> list[str]:
    """Rows, the first of them the heads, as lines of text or of Markdown."""
    if markdown:
        head, *body = [f"| {' | '.join(row)} |" for row in rows]
        return [head, "|" + " --- |" * len(rows[0]), *body, ""]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(row)).rstrip() for row in rows] + [""]


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F or c in "—“”" else 1 for c in text)


def render(result: Agreement, *, misses: bool = True, markdown: bool = False) -> str:
    """The measured figures in words and tables."""
    total, plain = summarise(result.decisions), summarise(result.baseline)
    coverage, sure = certain(result.decisions)
    title = "## " if markdown else "■ "
    point = "- " if markdown else "  "
    lines = [
        f"{title}总的一致情况",
        "",
        f"{point}报告{result.reports}份，结论{len(result.decisions)}条，与标注一致 {_with_interval(total.agreement)}",
        f"{point}缺项（不足或缺失）查准率 {_with_interval(total.precision)}",
        f"{point}缺项查全率 {_with_interval(total.recall)}",
        f"{point}Kappa 系数 {'—' if total.kappa is None else f'{total.kappa:.3f}'}",
        f"{point}有把握的结论占 {_with_interval(coverage)}，其中与标注一致 {_with_interval(sure)}",
        f"{point}单纯关键词检索（对照）：一致率 {percent(plain.agreement)}，缺项查准率 {percent(plain.precision)}，缺项查全率 {percent(plain.recall)}",
        "",
    ]
    if result.refused:
        lines.append(f"{title}没有认作年度报告")
        lines.extend(f"{point}{name}：{reason}" for name, reason in result.refused)
        lines.append("")
    lines.extend([f"{title}结论对照（行为标注，列为程序）", ""])
    counts = confusion(result.decisions)
    rows = [["标注＼程序", *(Status(s).word for s in STATUSES)]]
    rows += [[Status(w).word, *(str(counts[w, g]) for g in STATUSES)] for w in STATUSES]
    lines.extend(table(rows, markdown))
    lines.extend([f"{title}按类别", ""])
    rows = [["类别", "结论", "一致率", "缺项查准", "缺项查全", "Kappa"]]
    for name, decisions in _groups(result.decisions).items():
        rows.append([name, str(len(decisions)), *_cells(summarise(decisions))])
    lines.extend(table(rows, markdown))
    lines.extend(_doubts(result, title, point, markdown))
    lines.extend([f"{title}按元素", ""])
    rows = [["元素", "一致", "缺项查准", "缺项查全"]]
    for element in dict.fromkeys(d.element for d in result.decisions):
        summary = summarise(d for d in result.decisions if d.element == element)
        rows.append([element, f"{summary.agreement.hits}/{summary.agreement.total}", percent(summary.precision), percent(summary.recall)])
    lines.extend(table(rows, markdown))
    lines.extend([f"{title}事实的识别", ""])
    rows = [["项目", "结果"], ["年度和层级", percent(result.profile)]]
    rows += [[f"元数据 {name}", f"{percent(rate)}（{rate.hits}/{rate.total}）"] for name, rate in result.metadata.items()]
    rows.append(["各部分的类别（整份相同）", f"{percent(result.sections)}（{result.sections.hits}/{result.sections.total}）"])
    for words, (found, right) in (("不足", result.shortcomings), ("原因", result.causes), ("可验算的数字", result.statements)):
        rows.append(
            [f"{words}：查全 / 查准", f"{percent(found)}（{found.hits}/{found.total}） / {percent(right)}（{right.hits}/{right.total}）"]
        )
    rows.append(["可验算的数字：结论相同", f"{percent(result.verdicts)}（{result.verdicts.hits}/{result.verdicts.total}）"])
    lines.extend(table(rows, markdown))
    lines.extend(_misses(result, title, point) if misses else ())
    return "\n".join(lines)


def _misses(result: Agreement, title: str, point: str) -> list[str]:
    """Every verdict and fact of a page that differs, by name."""
    wrong = [d for d in result.decisions if d.wanted != d.got]
    if not wrong and not result.metadata_misses:
        return []
    lines = [f"{title}与标注不同之处", ""]
    for d in wrong:
        also = f"（标注注明也可为{'、'.join(Status(s).word for s in d.also)}）" if d.also else ""
        lines.append(f"{point}{d.report}　{d.element}：标注 {Status(d.wanted).word}，程序 {Status.shown(d.got)}{also}")
    for name, key, want, got in result.metadata_misses:
        lines.append(f"{point}{name}　{key}：标注 {want}，程序 {got}")
    lines.append("")
    return lines


def _doubts(result: Agreement, title: str, point: str, markdown: bool) -> list[str]:
    """The elements that differ most, and how the confidence that is told compares with what came out."""
    lines = [f"{title}差得最多的元素", ""]
    lines.extend(f"{point}{element}：{rate.total}份中{rate.hits}份不同" for element, rate in worst(result.decisions))
    lines.extend(["", f"{title}把握与实际", ""])
    rows = [["标称把握（平均）", "结论", "与标注一致"]]
    rows += [[f"{mean * 100:.1f}%", str(rate.total), percent(rate)] for mean, rate in calibration(result.decisions)]
    lines.extend(table(rows, markdown))
    return lines


def _cells(summary: Summary) -> list[str]:
    kappa = "—" if summary.kappa is None else f"{summary.kappa:.3f}"
    return [percent(summary.agreement), percent(summary.precision), percent(summary.recall), kappa]


def to_json(result: Agreement) -> str:
    """The measured figures, schema ``fazhi-agreement/1``."""
    import json

    def rate(value: Rate) -> dict[str, Any]:
        low, high = value.interval()
        share = None if value.value is None else round(value.value, 4)
        return {"hits": value.hits, "total": value.total, "share": share, "interval": [round(low, 4), round(high, 4)]}

    def summary(decisions: Sequence[Decision]) -> dict[str, Any]:
        s = summarise(decisions)
        return {
            "decisions": len(decisions),
            "agreement": rate(s.agreement),
            "gap_precision": rate(s.precision),
            "gap_recall": rate(s.recall),
            "kappa": None if s.kappa is None else round(s.kappa, 4),
        }

    elements = {e: summary([d for d in result.decisions if d.element == e]) for e in dict.fromkeys(d.element for d in result.decisions)}
    data = {
        "schema": "fazhi-agreement/1",
        "reports": result.reports,
        "total": summary(result.decisions),
        "certainty": dict(zip(("coverage", "agreement"), map(rate, certain(result.decisions)), strict=True)),
        "baseline": summary(result.baseline),
        "groups": {name: summary(decisions) for name, decisions in _groups(result.decisions).items()},
        "elements": elements,
        "confusion": [{"label": w, "result": g, "count": n} for (w, g), n in sorted(confusion(result.decisions).items())],
        "profile": rate(result.profile),
        "metadata": {name: rate(r) for name, r in result.metadata.items()},
        "sections": rate(result.sections),
        "shortcomings": {"recall": rate(result.shortcomings[0]), "precision": rate(result.shortcomings[1])},
        "causes": {"recall": rate(result.causes[0]), "precision": rate(result.causes[1])},
        "statements": {"recall": rate(result.statements[0]), "precision": rate(result.statements[1]), "verdicts": rate(result.verdicts)},
        "refused": [{"report": name, "reason": reason} for name, reason in result.refused],
        "misses": [
            {"report": d.report, "element": d.element, "label": d.wanted, "result": d.got, "also": list(d.also)}
            for d in result.decisions
            if d.wanted != d.got
        ],
        "metadata_misses": [{"report": n, "field": k, "label": w, "result": g} for n, k, w, g in result.metadata_misses],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
