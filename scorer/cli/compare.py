"""``fazhi compare``: two audits side by side."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.errors import FazhiError

SUFFIXES = {".html": "html", ".htm": "html", ".json": "json"}


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html"]), help="输出形式；不写时按 -o 的扩展名。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件。")
@click.option("--open", "show", is_flag=True, help="写好 HTML 后在浏览器中打开。")
def compare(first: Path, second: Path, form: str | None, output: Path | None, show: bool) -> int:
    """比较两次审核：每个单位解决了什么、新出了什么、什么没有变。

    \b
    fazhi compare 审核-初审/ 审核-复审/                 在终端显示
    fazhi compare 审核-2023/ 审核-2024/ -o 比较.html    写成网页
    fazhi compare 审核-2023/ 审核-2024/ --format json   机器可读

    \b
    FIRST 和 SECOND 是 fazhi audit 用 -o 写出的文件夹。两次的规则包不同时，变了的规则只列出，不比较。
    退出状态：0 完成；2 用法不对，或文件夹里没有审核结果。
    """
    from scorer.audit import compare as comparing
    from scorer.audit.outputs import comparison as outputs

    if form is None:
        form = SUFFIXES.get(output.suffix.lower(), "terminal") if output else "html" if show else "terminal"
    if show and form != "html":
        raise FazhiError("--open 只能用于 HTML", remedy="请去掉 --format，或改为 --format html")
    if show and output is None:
        output = Path("比较.html")
    if output is not None and output.is_dir():
        raise FazhiError("这是一个文件夹", where=str(output), remedy="请用 -o 给出文件名，如 比较.html")
    comparison = comparing.compare(first, second)
    text = {"terminal": outputs.terminal, "json": outputs.to_json, "html": outputs.to_html}[form](comparison)
    if output is None:
        click.echo(text, nl=False)
        return 0
    from scorer.files import save

    save(output, text.encode("utf-8", "replace"))
    click.echo(f"已写出 {output}", err=True)
    if show:
        click.launch(str(output))
    return 0
