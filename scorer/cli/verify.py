"""``fazhi verify``: whether a frozen audit is as it was frozen."""

from __future__ import annotations

from pathlib import Path

import click

from scorer.cli.base import Command

SHOWN = 200
"""So many differences are listed, the others counted."""


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--inputs", type=click.Path(path_type=Path, file_okay=False), help="报送材料现在的文件夹，如果搬过地方。")
@click.option("--previous", type=click.Path(path_type=Path, file_okay=False), help="上年材料现在的文件夹，如果搬过地方。")
def verify(results: Path, inputs: Path | None, previous: Path | None) -> int:
    """核对定稿的审核：报送材料、规则包、决定和结果是不是定稿时的样子。

    \b
    fazhi verify 审核结果/
    fazhi verify 审核结果/ --inputs 归档/报送材料/

    \b
    RESULTS 是 fazhi audit … --final 写出的文件夹。
    退出状态：0 一致；1 有文件改过、缺少或多出，或有材料不在；2 没有定稿清单，或清单损坏。
    """
    from scorer.audit import final

    elsewhere = {part: path for part, path in ((final.INPUTS, inputs), (final.PREVIOUS, previous)) if path is not None}
    proof = final.verify(results, elsewhere)
    frozen = proof.frozen
    who = f"，{frozen.by}" if frozen.by else ""
    click.echo(f"定稿：{frozen.made.replace('T', ' ')}{who}；规则包 {proof.pack}；{frozen.files}个文件。")
    for line in frozen.left:
        click.echo(f"  定稿时没有办完　{line}")
    click.echo(f"清单自身的校验值：{frozen.sha256}（与案卷所记一致，清单才可信）")
    for difference in proof.differences[:SHOWN]:
        click.echo(f"  {final.DIFFERENCE_WORDS[difference.what]}　{final.PART_WORDS[difference.part]}：{difference.path}")
    if len(proof.differences) > SHOWN:
        click.echo(f"  另有{len(proof.differences) - SHOWN}处。")
    for part, place in proof.absent:
        click.echo(f"  没有核对　{final.PART_WORDS[part]}：{place} 不在了；搬过地方的请用 --inputs 或 --previous 指明")
    if proof.differences or proof.absent:
        counts = [(word, sum(d.what == what for d in proof.differences)) for what, word in final.DIFFERENCE_WORDS.items()]
        words = [f"{word}{count}个" for word, count in counts if count]
        click.echo("不一致：" + "、".join([*words, *(["有材料没有核对"] if proof.absent else [])]) + "。")
        return 1
    click.echo("一致：全部文件都是定稿时的样子。")
    return 0
