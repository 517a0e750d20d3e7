"""``fazhi perturb``: change labelled reports in known ways and see whether it is noticed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scorer.cli.base import Command


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("reports", type=click.Path(path_type=Path))
@click.argument("labels", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, help="只做这几种改动（编号见结果的 JSON），可写多次。")
@click.option("--every", default=1, show_default=True, type=click.IntRange(1), help="每几份改动过的报告做一份，抽样用。")
@click.option("--json", "as_json", is_flag=True, help="输出机器可读的结果。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
@click.option("--misses/--no-misses", default=True, show_default=True, help="逐条列出没有看出来的和跟着变了的。")
@click.option("--markdown", is_flag=True, help="输出 Markdown。")
def perturb(reports: Path, labels: Path, only: tuple[str, ...], every: int, as_json: bool, pack: str, misses: bool, markdown: bool) -> int:
    """把带标注的报告各改动一处，看检查结果变不变。REPORTS 是报告文件夹，LABELS 是标注文件夹。

    \b
    改动有十种：删去原因、删去部分、做法移进安排、做法改成口号、改数字、改单位、
    标题写成别的年度、删去主送机关、发布日期改晚、主要负责人换成别的机关。
    """
    from scorer.cli.judging import document_of
    from scorer.evaluation import perturbreport as output
    from scorer.evaluation.alter import KINDS, Known
    from scorer.evaluation.labels import load_labels
    from scorer.evaluation.perturb import measure
    from scorer.rulepack.store import load_pack

    unknown = sorted(set(only) - set(KINDS))
    if unknown:
        raise click.UsageError(f"没有改动“{unknown[0]}”，可用的有：{'、'.join(KINDS)}")
    rules = load_pack(pack)
    listed = load_labels(reports, labels)
    with click.progressbar(listed, label="改动并检查", file=sys.stderr, show_pos=True) as bar:
        known = (Known.of(label, document_of(path), rules) for label, path in bar)
        result = measure(known, frozenset(only or KINDS), every)
    click.echo(output.to_json(result) if as_json else output.render(result, misses=misses, markdown=markdown), nl=False)
    return 0
