"""``fazhi outline``: the skeleton of a report as a Word file."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.cli.options import LevelType
from scorer.errors import FazhiError
from scorer.files import save


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--level",
    type=LevelType(),
    required=True,
    help="层级：省 province、市 city、县 county、乡镇 township、部门 department。",
)
@click.option("--report-year", type=click.IntRange(1990, 2100), required=True, help="报告年度，如 2026（2027年年初写的那一份）。")
@click.option("--unit", default="", help="机关名称，如“某某县人民政府”；不写时留空格。")
@click.option("--previous", type=click.Path(path_type=Path), help="上年的报告；其中的安排和不足列入提纲，便于逐条交代。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写时为当前文件夹的“提纲.docx”。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
@click.option("--open", "show", is_flag=True, help="写好后打开。")
def outline(level: str, report_year: int, unit: str, previous: Path | None, output: Path | None, pack: str, show: bool) -> int:
    """生成报告提纲：公文格式的Word文件，列出必写的部分，怎么写写在批注里，留好数字的空格。

    \b
    fazhi outline --level county --report-year 2026
    fazhi outline --level county --report-year 2026 --unit 某某县人民政府 -o 提纲.docx
    fazhi outline --level county --report-year 2026 --previous 2025年报告.docx

    \b
    怎么写在批注里，写好后在Word里点“审阅→删除→删除文档中的所有批注”；有空格（____）没有填的句子不算写了。
    给出上年报告的，上年的安排和不足列在文末的表里，逐条交代后整表删去。
    """
    from scorer.outputs.outline import astray
    from scorer.outputs.outline import outline as written
    from scorer.rulepack.store import load_pack

    target = output or Path("提纲.docx")
    if target.is_dir():
        target = target / "提纲.docx"
    if target.suffix.lower() != ".docx":
        raise FazhiError("提纲只能写成 .docx 文件", where=str(target), remedy="请把 -o 的文件名改成 .docx 结尾")
    rules = load_pack(pack)
    last = None
    if previous is not None:
        from scorer.cli.judging import document_of, judged

        last = judged(document_of(previous), rules)
        if not last.is_annual_report:
            raise FazhiError(f"不是法治政府建设年度报告：{last.reason}", where=str(previous), remedy="请给出上年的年度报告")
        if foreign := astray(last, level, unit):
            click.echo(f"注意：{foreign}", err=True)
        elif last.report_year not in (None, report_year - 1):
            click.echo(f"注意：{previous} 是{last.report_year}年度的报告，不是{report_year - 1}年度的。", err=True)
    if output is None and target.exists():
        raise FazhiError("已有这个文件，里面可能写了东西", where=str(target), remedy="请用 -o 换一个文件名")
    save(target, written(rules, report_year, level, unit=unit, previous=last), [previous] if previous else [])
    click.echo(f"已写出 {target}", err=True)
    if show:
        click.launch(str(target))
    return 0
