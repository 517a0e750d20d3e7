"""Builders of small reports, Word files and rule packs. All places are invented."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

from scorer import Options, assess
from scorer.checks import KINDS
from scorer.checks.base import Case, Outcome
from scorer.document import Document
from scorer.findings import case_of
from scorer.parsing.report import Report, parse
from scorer.result import Assessment, Finding
from scorer.rulepack.model import Pack, Rule, Years
from scorer.rulepack.store import load_pack
from scorer.vocabulary import Level

TITLE = "岚溪县人民政府关于2023年法治政府建设情况的报告"
MEASURES = "全年受理行政复议案件85件，办结80件。组织行政执法培训6期，培训执法人员320人次，审查行政规范性文件12件、重大行政决策4项。"
PROBLEMS = "一是乡镇执法力量薄弱，原因是编制紧张。二是普法宣传方式单一，主要是经费投入不足。"
PLAN = "为乡镇充实执法力量，开展案卷评查；创新普法宣传方式，拍摄法治短视频。"


def page(
    measures: str = MEASURES,
    problems: str = PROBLEMS,
    plan: str = PLAN,
    *,
    title: str = TITLE,
    header: str = "发布日期：2024-02-20　来源：岚溪县司法局\n县委、县人大常委会：\n2023年，岚溪县深入推进法治政府建设，现将有关情况报告如下。",
    signature: str = "岚溪县人民政府\n2024年2月5日",
) -> str:
    """The plain text of a complete report, of which single parts can be replaced."""
    parts = (title, header, "一、主要举措和成效", measures, "二、存在的不足和原因", problems, "三、2024年工作安排", plan, signature)
    return "\n".join(part for part in parts if part) + "\n"


def parsed(text: str, *, year: int | None = None, level: str | None = None) -> Report:
    """A text read as a report with the national pack."""
    return parse(Document.from_text(text), load_pack(), year=year, level=level)


def case(text: str, *, year: int | None = None, level: str | None = None) -> Case:
    """A text read as a report, with what follows from it."""
    return case_of(parsed(text, year=year, level=level), load_pack())


def assessed(text: str, options: Options | None = None, *, force: bool = True) -> Assessment:
    """A text judged by the national pack."""
    return assess(Document.from_text(text), load_pack(), options, force=force)


def finding(text: str, rule: str, options: Options | None = None) -> Finding:
    """The verdict of one rule on a text."""
    return next(f for f in assessed(text, options).findings if f.rule == rule)


def places(pack: Pack, text: str, name: str) -> list[tuple[int, int]]:
    """Where the phrases of one set of a pack stand in a folded text."""
    return [(start, end) for start, end in pack.find(text).get(name)]


# ---- Word files

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_xml(root: str, inner: str) -> str:
    """An XML part with the Word namespace bound to ``w``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{inner}</w:{root}>'


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with the given body; other parts (``styles``, ``numbering``) by name."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
            **{f"word/{k}.xml": v for k, v in parts.items()},
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# ---- rule packs

TESTS = "    tests:\n" + "      - {status: met, text: 全年办结甲类事项三件。}\n" * 4


def rule(
    name: str = "task.first",
    *,
    check: str = "check: coverage",
    params: str = "{terms: [甲类事项]}",
    extra: str = "",
    source: str = "local",
    category: str = "task",
) -> str:
    """One rule as YAML, two spaces deep."""
    lines = [
        f"  - id: {name}",
        "    title: 甲类事项",
        f"    category: {category}",
        "    severity: expected",
        "    weight: 2",
        f"    basis: [{{source: {source}, clause: 第一条}}]",
        f"    {check}",
        *([f"    with: {params}"] if params else []),
        *([f"    {extra}"] if extra else []),
        "    why: 本县办法要求写明。",
        "    fix: 补写办结的件数。",
    ]
    return "\n".join(lines) + "\n" + TESTS


def pack_text(rules: str = "", *, name: str = "mine", extra: str = "") -> str:
    """A complete pack as YAML: line 1 is the id, ``extra`` begins on line 8, rules follow after it."""
    head = f'id: {name}\ntitle: 本县的规则\nversion: "1.0"\nsources:\n  local: {{title: 本县办法}}\ncategories:\n  - {{id: task, title: 任务, weight: 100}}\n'
    return head + (extra.rstrip("\n") + "\n" if extra else "") + ("rules:\n" + rules if rules else "")


def write_pack(folder: Path, text: str | bytes, name: str = "mine") -> Path:
    """A pack file in a folder."""
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def replace(value: Any, **changes: Any) -> Any:
    """A changed copy of a frozen dataclass or a named tuple."""
    return value._replace(**changes) if isinstance(value, tuple) else dataclasses.replace(value, **changes)


def status_of(text: str, rule: str, options: Options | None = None) -> str:
    """The status of one rule of the national pack."""
    return finding(text, rule, options).status


def judged_by(text: str, check: str, **params: object) -> Outcome:
    """A check of this kind with these parameters on a text."""
    rule = Rule("own.rule", "own:rule", "甲", "task", "expected", 1, (), check, params, Years(0, 9999), tuple(Level), "", "", "", "own")
    return KINDS[check](case(text), rule)


WHOLE = page()
"""A complete report."""
FIRST = "二、党政主要负责人履行推进法治建设第一责任人职责情况\n{}\n三、存在的不足和原因"


def with_first(words: str) -> str:
    """The report with a part about the principals."""
    return WHOLE.replace("三、2024", "四、2024").replace("二、存在的不足和原因", FIRST.format(words))
