"""What several commands share: the options that describe a report."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from scorer.errors import FazhiError
from scorer.vocabulary import Level

if TYPE_CHECKING:
    from scorer.assessing import Options

# As scorer.rulepack.model has them; importing it here would load the matcher for every --help.
LEVEL_HELP = "层级：省 province、市 city、县 county、乡 township、部门 department；不写时自动认出。"

_PROFILE = (
    click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。"),
    click.option("--report-year", type=click.IntRange(1990, 2100), help="报告年度，如 2023；不写时从标题认出。"),
    click.option("--level", type=click.Choice([level.value for level in Level]), help=LEVEL_HELP),
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
