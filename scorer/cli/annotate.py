"""``fazhi annotate``: the draft back with Word comments at the gaps."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from scorer.cli.base import Command
from scorer.cli.options import options, profile
from scorer.errors import FazhiError
from scorer.files import save
from scorer.vocabulary import Severity


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("draft", type=click.Path())
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写时放在草稿旁边，名为“草稿.批注.docx”。")
@profile
@click.option(
    "--only", type=click.Choice(["required", "expected"]), metavar="要求", help="required：只批必备的内容；expected：必备的和应有的。"
)
@click.option("--revise", is_flag=True, help="算错的比率、标题里写错的年份另加修订，在Word里点“接受”就改好。")
@click.option("--open", "show", is_flag=True, help="写好后打开。")
def annotate(
    draft: str,
    output: Path | None,
    pack: str,
    report_year: int | None,
    level: str | None,
    published: str | None,
    submitted: str | None,
    only: str | None,
    revise: bool,
    show: bool,
) -> int:
    """把检查结果作为批注写进Word草稿。DRAFT 是 .docx 文件，原文件不动。

    \b
    fazhi annotate 报告.docx                     写出 报告.批注.docx
    fazhi annotate 报告.docx -o 给领导看.docx     写到指定的文件
    fazhi annotate 报告.docx --published 2027-03-20
    fazhi annotate 报告.docx --only required      只批必备的内容
    fazhi annotate 报告.docx --revise            算错的比率、写错的年份加修订

    \b
    文字和格式原样不动，只加批注：数字矛盾、表态空话、没有写原因的不足、错的年份和序数，批在原处；
    缺的内容批在应当写的地方，附参考写法；标题处有总的结果和依据。
    改好后再运行一次，本工具的旧批注会换成新的，别人的批注保留。
    """
    from scorer.cli.judging import document_of, in_time, judged
    from scorer.outputs.annotated import annotate as annotated
    from scorer.rulepack.store import load_pack

    chosen = replace(options(report_year, level, published, submitted), draft=True)
    target = output or Path(draft).with_name(f"{Path(draft).stem}.批注.docx")
    if target.is_dir():
        target = target / f"{Path(draft).stem}.批注.docx"
    if target.suffix.lower() != ".docx":
        raise FazhiError("批注只能写成 .docx 文件", where=str(target), remedy="请把 -o 的文件名改成 .docx 结尾")
    document = document_of(draft)
    if document.format != "docx":
        raise FazhiError(
            "不是Word文档（.docx），不能加批注",
            where=document.path,
            remedy="请用Word或WPS打开后另存为.docx再试，或用 fazhi score 生成差距报告",
        )
    raw = Path(draft).read_bytes()
    assessment = judged(document, load_pack(pack), chosen)
    if not assessment.is_annual_report:
        raise FazhiError(f"不是法治政府建设年度报告：{assessment.reason}", where=document.path)
    moment, least = datetime.datetime.now(), Severity(only) if only else None
    written = in_time(draft, lambda: annotated(raw, assessment, date=moment, only=least, revise=revise), "写批注")
    save(target, written, [Path(draft)])
    click.echo(f"已写出 {target}", err=True)
    if show:
        click.launch(str(target))
    return 0
