"""``fazhi train``: make a classifier of sentences from what people labelled."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("labelled", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="模型写到哪里。")
@click.option("--check", type=click.Path(path_type=Path, exists=True), help="不写文件，只核对这个模型是不是由这些数据训练出来的。")
@click.option("--pack", default="national", show_default=True, help="读报告用的规则包。")
def train(labelled: tuple[Path, ...], output: Path | None, check: Path | None, pack: str) -> int:
    """训练句子分类器。LABELLED 是带标注的句子（.tsv）、规则包（.yaml，用其中的测试），或文件夹：含 reports 和 labels 的，含上述文件的，或者审核结果（用其中复核人的结论）。

    \b
    同样的数据得到同样的模型（逐字节相同）。要另装：pip install 'fazhi-scorer[train]'
    例：fazhi train 带标注的句子 审核结果2024 -o 本单位.model
    用法：在自己的规则包里写 model: 本单位.model
    """
    from scorer.audit.taught import is_audit
    from scorer.audit.taught import taught as decisions
    from scorer.classify.model import read_model
    from scorer.classify.train import train as learn
    from scorer.errors import FazhiError
    from scorer.evaluation.teaching import samples
    from scorer.files import save
    from scorer.rulepack.store import load_pack

    if (output is None) == (check is None):
        raise click.UsageError("要写 -o 模型文件，或者 --check 模型文件")
    audits = [path for path in labelled if is_audit(path)]
    taught, left = samples([path for path in labelled if path not in audits], load_pack(pack))
    for audit in audits:
        own = decisions(audit)
        click.echo(f"{audit}：复核人的结论{len(own)}条。")
        taught.extend(own)
    for line in left[:20]:
        click.echo(line, err=True)
    data = learn(taught)
    model = read_model(data)
    click.echo(f"学了{model.info.sentences}句，{len(model.labels)}种标注，数据 {model.info.data}，模型 {len(data) / 1e6:.2f} MB。")
    if check is not None:
        if check.read_bytes() != data:
            raise FazhiError("模型不是由这些数据训练出来的", where=str(check), remedy="请用同样的参数和 -o 重新训练")
        click.echo(f"{check}：与训练结果逐字节相同。")
    elif output is not None:
        save(output, data)
        click.echo(f"已写入 {output}")
    return 0
