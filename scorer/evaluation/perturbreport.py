"""The figures of ``perturb`` in words and tables, and as JSON."""

from __future__ import annotations

import json

from scorer.evaluation.agreement import Rate
from scorer.evaluation.alter import KINDS
from scorer.evaluation.perturb import Noticed
from scorer.evaluation.report import percent, table

SHOWN = 200


def render(result: Noticed, *, misses: bool = True, markdown: bool = False) -> str:
    """One row a kind of change, the sum, and what was missed or changed beside it, by name."""
    title, point = ("## ", "- ") if markdown else ("■ ", "  ")
    total, other = result.total, result.other
    lines = [
        f"{title}改动一处，看不看得出来（{total.total}份）",
        "",
        f"{point}看出来的 {_exact(total)}",
        f"{point}别的结论跟着变了的 {_exact(other)}",
        "",
    ]
    rows = [["改动", "份数", "看出来", "别的结论变了"]]
    for kind, rate in result.caught.items():
        others = result.others.get(kind, Rate(0, 0))
        rows.append([KINDS[kind], str(rate.total), percent(rate), f"{_fine(others)}（{others.hits}/{others.total}）"])
    lines.extend(table(rows, markdown))
    if misses and result.misses:
        lines.extend([f"{title}没有看出来的", ""])
        lines.extend(f"{point}{miss.report}　{KINDS[miss.kind]}：{miss.what}" for miss in result.misses[:SHOWN])
        lines.append("")
    if misses and result.collateral:
        lines.extend([f"{title}跟着变了的", ""])
        for c in result.collateral[:SHOWN]:
            lines.append(f"{point}{c.report}　{KINDS[c.kind]}（{c.what}）：{c.decision} {c.before}→{c.after}")
        lines.append("")
    return "\n".join(lines)


def to_json(result: Noticed) -> str:
    """The measured figures, schema ``fazhi-perturb/1``."""
    data = {
        "schema": "fazhi-perturb/1",
        "documents": result.total.total,
        "noticed": _rate(result.total),
        "collateral": _rate(result.other),
        "kinds": {kind: {"noticed": _rate(rate), "collateral": _rate(result.others[kind])} for kind, rate in result.caught.items()},
        "misses": [miss._asdict() for miss in result.misses],
        "changes": [change._asdict() for change in result.collateral],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rate(rate: Rate) -> dict[str, float | int | None]:
    return {"hits": rate.hits, "total": rate.total, "share": None if rate.value is None else round(rate.value, 5)}


def _exact(rate: Rate) -> str:
    return f"{_fine(rate)}（{rate.hits}/{rate.total}）"


def _fine(rate: Rate) -> str:
    return "—" if rate.value is None else f"{rate.value * 100:.2f}%"
