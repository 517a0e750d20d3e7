"""``fazhi score``: assess files and write the result in the wanted form."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorer.cli.base import Command
from scorer.cli.options import options, profile
from scorer.errors import FazhiError
from scorer.files import save

if TYPE_CHECKING:
    from scorer.assessing import Options
    from scorer.result import Assessment
    from scorer.rulepack.model import Pack

FORMATS = ("terminal", "html", "json", "markdown")
SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".md": "markdown", ".markdown": "markdown"}
EXTENSIONS = {"html": ".html", "json": ".json", "markdown": ".md", "terminal": ".txt"}


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--format", "form", type=click.Choice(FORMATS), help="输出形式；不写时按 -o 的扩展名，没有 -o 时在终端显示摘要。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；检查几份报告时写文件夹，每份一个文件。")
@profile
@click.option("--previous", type=click.Path(path_type=Path), help="本单位上年的报告：本年报告说到的“上年”数字与它对照。")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="有报告低于这个分数时，以状态 1 退出。")
@click.option("--open", "show", is_flag=True, help="写好 HTML 后在浏览器中打开。")
def score(
    files: tuple[str, ...],
    form: str | None,
    output: Path | None,
    pack: str,
    report_year: int | None,
    level: str | None,
    published: str | None,
    submitted: str | None,
    previous: Path | None,
    fail_under: float | None,
    show: bool,
) -> int:
    """检查一份或几份报告。

    \b
    fazhi score 报告.txt                      在终端显示摘要
    fazhi score 报告.docx -o 差距报告.html     写出 HTML 差距报告
    fazhi score *.html -o 结果/               几份报告，每份一个 HTML
    fazhi score 报告.txt --format json        机器可读的结果

    \b
    退出状态：0 完成；1 完成，但有报告低于 --fail-under；2 用法不对，或有文件读不了、不是年度报告。
    """
    from scorer.rulepack.store import load_pack

    many = len(files) > 1
    if output is not None and not output.is_dir():
        if many and output.suffix.lower() in SUFFIXES and not (output.suffix.lower() == ".json" and form in (None, "json")):
            raise FazhiError("几份报告不能写进一个文件", where=str(output), remedy="请用 -o 给出一个文件夹，或用 --format json")
        if output.suffix.lower() in (".pdf", ".docx", ".doc", ".xlsx"):
            raise FazhiError(f"不能写{output.suffix}文件", where=str(output), remedy="请写 .html，再在浏览器中打印或存为 PDF")
    by_name = SUFFIXES.get(output.suffix.lower()) if output is not None and not many else None
    form = form or by_name or ("html" if output or show else "terminal")
    if show and form != "html":
        raise FazhiError("--open 只能用于 HTML", remedy="请去掉 --format，或改为 --format html")
    if show and output is None:
        output = Path.cwd() if many else Path(Path(files[0]).stem + ".差距报告.html")
    chosen = options(report_year, level, published, submitted)
    if previous is not None:
        from scorer.cli.judging import document_of

        if many:
            raise FazhiError("--previous 只能用于一份报告", remedy="几份报告请用 fazhi audit --previous 上年的文件夹")
        chosen = replace(chosen, previous=document_of(previous, _tell))
    rules = load_pack(pack)
    if fail_under is not None and math.isnan(fail_under):
        raise FazhiError("--fail-under 要写 0 到 100 之间的数字")
    done, others, failed = _assessed(files, rules, chosen)
    if form == "json" and output is None and others:
        order = {name: number for number, name in enumerate(files)}
        done = sorted([*done, *others], key=lambda a: order.get(a.source.path, len(order)))
    if done:
        _write(done, form, output, many, show)
    if failed:
        return 2
    low = fail_under is not None and any(a.score is not None and round(a.score.total, 1) < fail_under for a in done)
    return 1 if low else 0


def _assessed(files: Sequence[str], rules: Pack, chosen: Options) -> tuple[list[Assessment], list[Assessment], bool]:
    """The assessments of annual reports, those of what is none (in JSON it has its place, elsewhere only an error line), and
    whether anything failed; each failure is one line."""
    from scorer.cli.judging import document_of, judged

    done: list[Assessment] = []
    failed = False
    others: list[Assessment] = []
    for file in files:
        try:
            assessment = judged(document_of(file, _tell), rules, chosen)
            (done if assessment.is_annual_report else others).append(assessment)
            if assessment.is_annual_report:
                continue
            error = FazhiError(f"不是法治政府建设年度报告：{assessment.reason}", where=assessment.source.path)
        except FazhiError as caught:
            error = caught
        except Exception as caught:
            error = FazhiError(
                f"检查时程序出错（{type(caught).__name__}），这是本工具的缺陷",
                where=file,
                remedy="其余文件照常检查；请把这份文件的情况反馈给维护者",
            )
        click.echo(f"错误：{error}", err=True)
        failed = True
    return done, others, failed


def _tell(page: int, pages: int) -> None:
    """Pages that are recognised take seconds each; who waits at a terminal is told."""
    if sys.stderr.isatty():
        click.echo(f"\r正在识别图片中的文字：第{page}页，共{pages}页" + ("\n" if page == pages else ""), nl=False, err=True)


def _render(assessments: list[Assessment], form: str, *, many: bool) -> str:
    if form == "json":
        from scorer.outputs import json

        return json.render(assessments, array=many)
    if form == "html":
        from scorer.outputs import html

        return html.render(assessments[0])
    if form == "markdown":
        from scorer.outputs import markdown

        return "\n".join(markdown.render(a) for a in assessments)
    from scorer.outputs import terminal

    return "\n".join(terminal.render(a) for a in assessments)


def _write(done: list[Assessment], form: str, output: Path | None, many: bool, show: bool) -> None:
    inputs = [Path(assessment.source.path) for assessment in done]
    if output is None:
        if form == "html" and len(done) > 1:
            raise FazhiError("几份报告的 HTML 不能都写到屏幕上", remedy="请用 -o 指定一个文件夹")
        click.echo(_render(done, form, many=many), nl=False)
        return
    single = not many or (form == "json" and output.suffix.lower() == ".json")
    if single and output.is_dir():
        output = output / (Path(done[0].source.path).stem + ".差距报告" + EXTENSIONS[form])
    if single:
        save(output, _render(done, form, many=many), inputs)
        click.echo(f"已写出 {output}", err=True)
        written = [output]
    else:
        written = []
        taken: set[str] = set()
        for assessment in done:
            stem = Path(assessment.source.path).stem or "报告"
            name, number = stem, 2
            while name in taken:
                name, number = f"{stem}-{number}", number + 1
            taken.add(name)
            target = output / (name + EXTENSIONS[form])
            save(target, _render([assessment], form, many=False), inputs)
            written.append(target)
        click.echo(f"已写出{len(written)}个文件到 {output}", err=True)
    if show:
        for target in written:
            click.launch(str(target))
