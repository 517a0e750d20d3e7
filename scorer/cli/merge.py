"""``fazhi merge``: audits of counties rolled up to city and province."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.errors import FazhiError


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("audits", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="汇总写到这个文件夹；没有就新建。")
@click.option("--open", "show", is_flag=True, help="做完后在浏览器中打开。")
def merge(audits: tuple[Path, ...], output: Path, show: bool) -> int:
    """把各县的审核汇总到市和省：合计、各层级分布、最常缺的要素、各结论的单位，逐级链接到各次审核自己的页面。

    \b
    fazhi merge 甲县审核/ 乙县审核/ -o 全市汇总/
    fazhi merge 全省/ -o 全省汇总/          全省/甲市/A县审核、全省/乙市/B县审核……按所在文件夹分市

    \b
    AUDITS 是 fazhi audit 用 -o 写出的文件夹，或者它们的上级文件夹。各次审核必须用同一规则包。
    汇总/ 里有：index.html（总览）、cities/（各市）、units/（各结论的单位）、merge.xlsx（合计和全部单位）。
    退出状态：0 完成；2 用法不对，或规则包不同。
    """
    from scorer.audit.merge import merge as merge_audits
    from scorer.audit.mergewriter import write
    from scorer.audit.write import INDEX

    if output.is_file():
        raise FazhiError("这是一个文件，不是文件夹", where=str(output), remedy="请用 -o 给出一个文件夹")
    merged = merge_audits(audits)
    click.echo(write(merged, output))
    if show:
        click.launch(str(output / INDEX))
    return 0
