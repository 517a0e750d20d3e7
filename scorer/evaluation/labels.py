"""Label files: experts' decisions on a report, one YAML file each. Statuses are written in English or in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorer.errors import FazhiError
from scorer.rulepack import yamlnodes
from scorer.vocabulary import Status

_STATUSES = {**{status.value: status.value for status in Status}, **{status.word: status.value for status in Status}}


def load_labels(reports: Path, labels: Path) -> list[tuple[dict[str, Any], Path]]:
    """Each label file with the path of its report, in the order of names. Raises ``FazhiError`` on what is wrong."""
    for folder, words in ((reports, "报告"), (labels, "标注")):
        if not folder.is_dir():
            raise FazhiError(f"没有这个{words}文件夹", where=str(folder), remedy="请检查路径")
    files = sorted(labels.glob("*.yaml"))
    if not files:
        raise FazhiError("文件夹里没有 .yaml 标注文件", where=str(labels), remedy="每份报告一个标注文件，写法见 rules/EVALUATION.md")
    found = []
    for file in files:
        parsed = yamlnodes.parse(file.read_bytes(), file.name)
        if parsed.problems:
            raise FazhiError(str(parsed.problems[0]), remedy="请改正标注文件后再试")
        data = parsed.data
        if not isinstance(data, dict) or not isinstance(data.get("report"), str) or not isinstance(data.get("elements"), dict):
            raise FazhiError("标注文件要有 report（报告文件名）和 elements（各元素的结论）", where=str(file))
        for element, entry in data["elements"].items():
            status = _STATUSES.get(str(entry.get("status"))) if isinstance(entry, dict) else None
            if status is None:
                raise FazhiError(
                    f"元素“{element}”的 status 不对",
                    where=str(file),
                    remedy=f"应为 {'、'.join(f'{s.word}（{s.value}）' for s in Status)} 之一",
                )
            entry["status"] = status
        if Path(data["report"]).name != data["report"]:
            raise FazhiError("report 只能写文件名", where=str(file))
        path = reports / data["report"]
        if not path.is_file():
            raise FazhiError(f"找不到标注所指的报告 {data['report']}", where=str(file))
        found.append((data, path))
    return found
