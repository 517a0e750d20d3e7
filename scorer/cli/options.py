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
_LEVELS = "省 province、市 city、县 county、乡镇 township、部门 department"
LEVEL_HELP = f"层级：{_LEVELS}；不写时自动认出。"
_WORDS = {
    "省": Level.PROVINCE,
    "自治区": Level.PROVINCE,
    "市": Level.CITY,
    "州": Level.CITY,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "乡": Level.TOWNSHIP,
    "镇": Level.TOWNSHIP,
    "乡镇": Level.TOWNSHIP,
    "街道": Level.TOWNSHIP,
    "部门": Level.DEPARTMENT,
}


class LevelType(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A level by its English or its Chinese word (县, 县级)."""

    name = "level"

    def get_metavar(self, *_: object, **__: object) -> str:
        """What stands behind the option in the help."""
        return "[省|市|县|乡镇|部门]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The level's English word. Fails with a line that names both kinds."""
        word = value.strip().lower()
        known = _WORDS.get(word) or _WORDS.get(word.removesuffix("级"))
        if known is None and word not in tuple(Level):
            raise FazhiError(f"--level 的层级“{value}”认不出来", remedy=f"请写下面的一个，中文或英文都可以：{_LEVELS}")
        return known.value if known else word


_PROFILE = (
    click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。"),
    click.option("--report-year", type=click.IntRange(1990, 2100), help="报告年度，如 2023；不写时从标题认出。"),
    click.option("--level", type=LevelType(), help=LEVEL_HELP),
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
