"""What several commands share: the options that describe a report, and writing a file whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorer.errors import FazhiError

if TYPE_CHECKING:
    from scorer.assessing import Options

# As scorer.rulepack.model has them; importing it here would load the matcher for every --help.
LEVELS = ("province", "city", "county", "township", "department")
LEVEL_HELP = "层级：省 province、市 city、县 county、乡 township、部门 department；不写时自动认出。"

_PROFILE = (
    click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。"),
    click.option("--report-year", type=click.IntRange(1990, 2100), help="报告年度，如 2023；不写时从标题认出。"),
    click.option("--level", type=click.Choice(LEVELS), help=LEVEL_HELP),
    click.option("--published", help="公开发布日期，如 2024-03-20；草稿可填计划发布日期。"),
    click.option("--submitted", help="报送日期，如 2024-02-20；不写时看成文日期。"),
)


def profile(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which a command is told what the page does not say of a report."""
    for option in reversed(_PROFILE):
        command = option(command)
    return command


def options(report_year: int | None, level: str | None, published: str | None, submitted: str | None) -> Options:
    """What was given, checked. Raises ``FazhiError``."""
    from scorer.assessing import Options

    return Options(report_year, level, date(published, "--published"), date(submitted, "--submitted"))


def date(text: str | None, name: str) -> datetime.date | None:
    """A date as people write it. Raises ``FazhiError`` naming the option."""
    if text is None:
        return None
    from scorer.document import fold
    from scorer.text.dates import parse_date

    found = parse_date(fold(text))
    if found is None:
        raise FazhiError(f"{name} 的日期“{text}”认不出来", remedy="请写成 2024-03-20 这样")
    return found


def save(target: Path, content: str | bytes, inputs: Sequence[Path]) -> None:
    """Write whole or not at all: an interrupted run leaves no half file. A report is never written over."""
    if target.resolve() in {path.resolve() for path in inputs}:
        raise FazhiError("结果会盖掉报告本身", where=str(target), remedy="请用 -o 换一个文件名")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.part")
        try:
            temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FazhiError(
            f"写不进去（{error.strerror}）", where=str(target), remedy="请检查文件夹是否存在、是否有权限，文件是否正被打开"
        ) from error
