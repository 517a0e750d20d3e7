"""``fazhi evaluate``: hold a pack against experts' labels."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scorer.cli.base import Command


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("reports", type=click.Path(path_type=Path), required=False)
@click.argument("labels", type=click.Path(path_type=Path), required=False)
@click.option(
    "--sentences", type=click.Path(path_type=Path), multiple=True, help="带标注的句子（.tsv）：只量分类器，各标注的查准、查全和 AUC。"
)
@click.option("--model", type=click.Path(path_type=Path), help="用哪个分类模型（fazhi train 的结果）；不写则用随包的。")
@click.option("--json", "as_json", is_flag=True, help="输出机器可读的结果。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
@click.option("--misses/--no-misses", default=True, show_default=True, help="逐条列出与标注不同的结论。")
@click.option("--markdown", is_flag=True, help="输出 Markdown 页面（rules/EVALUATION.md 就是这样生成的）。")
def evaluate(
    reports: Path | None,
    labels: Path | None,
    sentences: tuple[Path, ...],
    model: Path | None,
    as_json: bool,
    pack: str,
    misses: bool,
    markdown: bool,
) -> int:
    """把检查结果与专家标注对照。REPORTS 是报告文件夹，LABELS 是标注文件夹。

    \b
    看规则包与本单位专家的意见有多一致：一致率、缺项查准率和查全率（附95%区间）、
    Kappa 系数、各元素的一致率、与单纯关键词检索的比较。

    \b
    只量句子分类器：fazhi evaluate --sentences 句子.tsv
    （每行“标注<Tab>句子”，标注的写法见 rules/EVALUATION.md）
    """
    if sentences:
        return _sentences(sentences, model, markdown)
    if reports is None or labels is None:
        raise click.UsageError("要写报告文件夹和标注文件夹，或者用 --sentences 写带标注的句子")
    from scorer.cli.judging import document_of, judged
    from scorer.evaluation import report as output
    from scorer.evaluation.agreement import compare
    from scorer.evaluation.baseline import keywords
    from scorer.evaluation.labels import load_labels
    from scorer.rulepack.store import load_pack

    rules = load_pack(pack)
    pairs = []
    listed = load_labels(reports, labels)
    with click.progressbar(listed, label="检查报告", file=sys.stderr, show_pos=True) as bar:
        for label, path in bar:
            pairs.append((label, judged(document_of(path), rules)))
    result = compare(pairs, keywords(rules))
    if as_json:
        click.echo(output.to_json(result), nl=False)
    else:
        click.echo(output.render(result, misses=misses, markdown=markdown), nl=False)
    return 0


def _sentences(paths: tuple[Path, ...], model: Path | None, markdown: bool) -> int:
    from scorer.classify.labelled import read_sentences
    from scorer.classify.model import load_model
    from scorer.evaluation.sentencereport import render
    from scorer.evaluation.sentencewise import measure
    from scorer.rulepack.find import shipped_model

    samples = []
    for path in paths:
        own, wrong = read_sentences(path)
        samples.extend(own)
        if wrong:
            click.echo(f"{path.name}：{len(wrong)}行没有采用（第{'、'.join(map(str, wrong[:10]))}行）", err=True)
    click.echo(render(measure(load_model(model or shipped_model()), samples), markdown=markdown), nl=False)
    return 0
