"""The commands of ``fazhi``. Each is thin: it reads options, calls the library, writes what comes back."""

from __future__ import annotations

from typing import ClassVar

import click

from scorer.cli.base import Group
from scorer.version import VERSION

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Lazy(Group):
    """A group whose commands are imported when they are used: a cold start pays only for its own command."""

    HOMES: ClassVar[dict[str, tuple[str, str, str]]] = {
        "score": ("scorer.cli.score", "score", "检查一份或几份报告，生成差距报告"),
        "serve": ("scorer.cli.serve", "serve", "打开本机检查网页：拖进文件或粘贴文字，边改边查"),
        "annotate": ("scorer.cli.annotate", "annotate", "把检查结果作为批注写进 Word 草稿"),
        "publish-check": ("scorer.cli.publish", "publish", "公开前检查：没填的空、个人信息、旧机构旧法名、错别字等"),
        "watch": ("scorer.cli.watch", "watch", "边改边查：每次存盘后重新检查，列出改好的和新出的"),
        "outline": ("scorer.cli.outline", "outline", "按层级和年度生成报告提纲（Word）"),
        "audit": ("scorer.cli.audit", "audit", "检查一个文件夹里各单位报送的报告：总览、总表、反馈函"),
        "verify": ("scorer.cli.verify", "verify", "核对定稿的审核：哪个文件改过、缺少、多出"),
        "compare": ("scorer.cli.compare", "compare", "比较两次审核：解决了什么、新出了什么"),
        "merge": ("scorer.cli.merge", "merge", "把各县的审核汇总到市和省"),
        "rules": ("scorer.cli.rules", "rules", "查看、校验和测试规则包"),
        "train": ("scorer.cli.train", "train", "用带标注的句子和报告训练句子分类器"),
        "evaluate": ("scorer.cli.evaluate", "evaluate", "把检查结果与专家标注对照，给出一致率"),
        "perturb": ("scorer.cli.perturb", "perturb", "把带标注的报告各改动一处，看检查结果变不变"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the help page."""
        return list(self.HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and take the command from it."""
        if cmd_name not in self.HOMES:
            return None
        import importlib

        module, name, _ = self.HOMES[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, words) for name, (_, _, words) in self.HOMES.items()])


@click.group(cls=Lazy, context_settings=CONTEXT)
@click.version_option(VERSION, "-V", "--version", prog_name="fazhi", message="%(prog)s %(version)s", help="显示版本后退出。")
def app() -> None:
    """检查地方各级政府及部门的法治政府建设年度报告：写了什么、缺什么、依据是什么、怎么补。

    不想用命令行：fazhi serve 打开本机网页，拖进文件或粘贴文字，边改边查。

    \b
    最常用的一条：
      fazhi score 报告.docx -o 差距报告.html --open
    不联网，不上传；读 Word 和 WPS（.docx、.doc、.wps、.rtf）、PDF、OFD、网页（.html、.mht）和文本。
    """
