"""``fazhi publish-check``: what must not go out with a published report."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.errors import FazhiError
from scorer.files import save

FORMATS = ("terminal", "html", "json")
SUFFIXES = {".html": "html", ".htm": "html", ".json": "json"}


@click.command("publish-check", cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path())
@click.option("--format", "form", type=click.Choice(FORMATS), help="输出形式；不写时按 -o 的扩展名，没有 -o 时在终端列出。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件（.html 或 .json）。")
@click.option("--report-year", type=click.IntRange(1990, 2100), help="报告年度；不写时从标题认出。机构和法律的沿革按它判断。")
@click.option("--list", "checklist", type=click.Path(path_type=Path), help="用自己的清单（.yaml），不写时用自带的。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径；数字按它的用语核对。")
@click.option("--open", "show", is_flag=True, help="写好 HTML 后在浏览器中打开。")
def publish(
    file: str, form: str | None, output: Path | None, report_year: int | None, checklist: Path | None, pack: str, show: bool
) -> int:
    """公开前检查：列出公开之前要处理的地方，不计分。

    \b
    fazhi publish-check 报告.docx                  在终端列出
    fazhi publish-check 报告.docx -o 检查.html --open
    fazhi publish-check 报告.docx --format json

    \b
    查没有填的空、个人信息、密级标志、已经撤并的机构、已经废止的法、固定说法、错别字、标点和对不上的数字。
    退出状态：0 没有查出；1 有要处理的地方；2 用法不对，或文件读不了。
    """
    from scorer.assessing import Options
    from scorer.cli.judging import document_of, in_time
    from scorer.outputs import publication
    from scorer.publication.load import load_checklist
    from scorer.publishing import before_publication
    from scorer.rulepack.store import load_pack

    form = form or (SUFFIXES.get(output.suffix.lower()) if output else None) or ("html" if output or show else "terminal")
    if show and form != "html":
        raise FazhiError("--open 只能用于 HTML", remedy="请去掉 --format，或改为 --format html")
    if output is not None and output.suffix.lower() not in (*SUFFIXES, ".txt"):
        raise FazhiError("只能写成 .html、.json 或 .txt 文件", where=str(output), remedy="请改 -o 的文件名")
    if show and output is None:
        output = Path(Path(file).stem + ".公开前检查.html")
    own, rules = load_checklist(checklist), load_pack(pack)
    document = document_of(file)
    result = in_time(file, lambda: before_publication(document, rules, Options(report_year), own), "检查")
    text = {"terminal": publication.terminal, "html": publication.html, "json": publication.json}[form](result)
    if output is None:
        click.echo(text)
    else:
        save(output, text, [Path(file)])
        click.echo(f"{publication.summary(result)}\n已写出 {output}", err=True)
        if show:
            click.launch(str(output))
    return 1 if result.alarms else 0
