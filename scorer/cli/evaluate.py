"""``fazhi evaluate``: hold a pack against experts' labels."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scorer.cli.base import Command


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("reports", type=click.Path(path_type=Path))
@click.argument("labels", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出机器可读的结果。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
@click.option("--misses/--no-misses", default=True, show_default=True, help="逐条列出与标注不同的结论。")
@click.option("--markdown", is_flag=True, help="输出 Markdown 页面（rules/EVALUATION.md 就是这样生成的）。")
def evaluate(reports: Path, labels: Path, as_json: bool, pack: str, misses: bool, markdown: bool) -> int:
    """把检查结果与专家标注对照。REPORTS 是报告文件夹，LABELS 是标注文件夹。

    \b
    看规则包与本单位专家的意见有多一致：一致率、缺项查准率和查全率（附95%区间）、
    Kappa 系数、各元素的一致率、与单纯关键词检索的比较。
    """
    from scorer.assessing import assess
    from scorer.evaluation import report as output
    from scorer.evaluation.agreement import compare
    from scorer.evaluation.baseline import keywords
    from scorer.evaluation.labels import load_labels
    from scorer.readers import read
    from scorer.rulepack.loader import load_pack

    rules = load_pack(pack)
    pairs = []
    listed = load_labels(reports, labels)
    with click.progressbar(listed, label="检查报告", file=sys.stderr, show_pos=True) as bar:
        for label, path in bar:
            pairs.append((label, assess(read(path), rules)))
    result = compare(pairs, keywords(rules))
    if as_json:
        click.echo(output.to_json(result), nl=False)
    else:
        click.echo(output.render(result, misses=misses, markdown=markdown), nl=False)
    return 0
