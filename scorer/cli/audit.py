"""``fazhi audit``: a folder of submissions, and what a supervising office needs of them."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorer.cli.base import Command
from scorer.cli.options import date
from scorer.errors import FazhiError

if TYPE_CHECKING:
    from scorer.audit.run import Done

NAMED = 12
"""So many units are named in the summary, the others counted."""


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="结果写到这个文件夹；没有就新建。")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="应报送单位的名册（.xlsx 或 .csv），表头写“单位”，可另有层级、报送日期、公开日期、公开网址、联系人。",
)
@click.option("--year", type=click.IntRange(1990, 2100), help="所审的报告年度，如 2023；不写时取多数报告的年度。")
@click.option("--previous", type=click.Path(path_type=Path), help="上一年度报告的文件夹：比较得分、照抄上年、上年安排的落实。")
@click.option("--template", type=click.Path(path_type=Path), help="反馈函的模板（.docx），替换自带的样式和措辞。")
@click.option(
    "--save-template",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, param, value: _save_template(ctx, value),
    help="把自带的反馈函模板写到这个文件，供修改后用 --template 给回；写好就退出。",
)
@click.option("--circular", type=click.Path(path_type=Path), help="通报的模板（.docx），替换自带的样式和措辞。")
@click.option(
    "--save-circular",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, param, value: _save_template(ctx, value, "circular"),
    help="把自带的通报模板写到这个文件，供修改后用 --circular 给回；写好就退出。",
)
@click.option("--signer", default="", help="反馈函和通报的署名，如 中共某县委全面依法治县委员会办公室；不写时留空。")
@click.option("--deadline", help="反馈函里要求报回的日期，如 2024-04-15。")
@click.option("--pack", default="national", show_default=True, help="规则包的名称，或 .yaml 文件的路径。")
@click.option(
    "--scheduler", default="", help="交给 dask 集群去做：调度器的地址，如 tcp://10.0.0.5:8786；各节点要装同一版本并能打开同一文件夹。"
)
@click.option("--jobs", type=click.IntRange(1, 64), help="同时检查几份；不写时按处理器个数。")
@click.option("--timeout", type=click.FloatRange(1, 3600), default=30, show_default=True, help="一份文件最多检查几秒，超过就记为无法读取。")
@click.option("--fresh", is_flag=True, help="不用上次保存的结果，全部重新检查；复核记录不受影响。")
@click.option("--replace", is_flag=True, help="结果文件夹里是别的规则包或别的年度的审核时，仍写进去，盖掉原来的结果。")
@click.option("--final", is_flag=True, help="定稿：做完后为报送材料、规则包、决定和结果列出校验值，以后可用 fazhi verify 核对。")
@click.option("--accept-open", is_flag=True, help="与 --final 同用：还有没办完的（拟退回、待确认等）也定稿，记入清单和运行记录。")
@click.option("--reopen", is_flag=True, help="撤销定稿，再改；原清单留存，记入运行记录。")
@click.option("--by", default="", help="操作人，记入运行记录和定稿清单；不写时用本机的用户名。")
@click.option("--open", "show", is_flag=True, help="做完后在浏览器中打开总览。")
def audit(folder: Path, output: Path, jobs: int | None, deadline: str | None, show: bool, **asked: Any) -> int:
    """检查一个文件夹里各单位报送的年度报告。

    \b
    fazhi audit 报送材料/ -o 审核结果/
    fazhi audit 报送材料/ -o 审核结果/ --roster 名册.xlsx --previous 去年报送/
    fazhi audit 报送材料/ -o 审核结果/ --roster 名册.csv --deadline 2024-04-15

    \b
    审核结果/ 里有：
      index.html      总览：谁没报、谁缺什么、审核结论（从这里看起）
      reports/        每份报告的差距报告
      audit.xlsx      总表；“缺项”表右边几列可以直接填复核结论
      feedback/       给各单位的反馈函；通报.docx 是通报稿
      office.yaml     发函机关的信息：落款、联系人、电话、文号，填好后再运行一次
      review.yaml     复核记录：改定结论、确认文件是谁的，写好后再运行一次
      results.jsonl   机器可读的结果，每行一份
      运行记录.txt    每次运行一行：何时、版本、规则包、份数、什么变了

    \b
    有人改过的反馈函、通报和总表不会被盖掉，新的写在旁边（程序新稿）。
    全部办完后加 --final 定稿，还有没办完的就列出来、不定稿；以后用 fazhi verify 审核结果/ 证明没有人动过。

    \b
    中途停下或断电，再运行同一条命令就接着做；没有变的文件不再检查。
    读不出来的、不是年度报告的文件也各占一行，写明原因。
    退出状态：0 完成；2 用法不对，或名册、复核记录有误。
    """
    from scorer.audit.run import Plan, run

    if asked["accept_open"] and not asked["final"]:
        raise FazhiError("--accept-open 要与 --final 同用", remedy="请加 --final")

    if output.is_file():
        raise FazhiError("这是一个文件，不是文件夹", where=str(output), remedy="请用 -o 给出一个文件夹")
    # The other options are named as the fields of the plan.
    plan = Plan(folder=folder, out=output, jobs=jobs or 0, deadline=date(deadline, "--deadline"), **asked)
    progress = _Progress()
    try:
        done = run(plan, progress)
    except KeyboardInterrupt:
        progress.close()
        click.echo("已停下。做完的都已保存，再运行同一条命令就接着做。", err=True)
        return 130
    finally:
        progress.close()
    click.echo(_summary(done, output))
    if show:
        click.launch(str(output / "index.html"))
    return 0


def _save_template(ctx: click.Context, path: Path | None, kind: str = "template") -> None:
    if path is None or ctx.resilient_parsing:
        return
    from scorer.audit.outputs.circular import default_circular
    from scorer.audit.outputs.letters import default_template
    from scorer.files import save

    if path.suffix.lower() != ".docx" or path.is_dir():
        word = "反馈函" if kind == "template" else "通报"
        raise FazhiError("模板要写成 .docx 文件", where=str(path), remedy=f"如 --save-{kind} {word}模板.docx")
    if path.exists():
        raise FazhiError("已有这个文件", where=str(path), remedy="请换一个文件名，以免盖掉改好的模板")
    save(path, default_template() if kind == "template" else default_circular())
    click.echo(f"已写出 {path}；改好后用 --{kind} {path.name} 给回。")
    ctx.exit(0)


class _Progress:
    """A bar with the time left on a terminal; elsewhere a line every few seconds."""

    EVERY = 5.0

    def __init__(self) -> None:
        self.bar: Any = None
        self.what = ""
        self.said = time.monotonic()
        self.began = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self.what:
            self.close()
            self.what, self.began = what, time.monotonic()
        if not total:
            return
        if sys.stderr.isatty():
            if self.bar is None:
                self.bar = click.progressbar(
                    length=total, label=what, file=sys.stderr, show_pos=True, bar_template="%(label)s  [%(bar)s]  %(info)s"
                )
                self.bar.__enter__()
            self.bar.update(done - self.bar.pos)
        elif time.monotonic() - self.said >= self.EVERY:
            self.said = time.monotonic()
            left = (self.said - self.began) / done * (total - done)
            click.echo(f"{what} {done}/{total}，约剩{_span(left)}", err=True)

    def close(self) -> None:
        """End the bar's line."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


def _span(seconds: float) -> str:
    return f"{max(1, round(seconds))}秒" if seconds < 90 else f"{round(seconds / 60)}分钟"


def _summary(done: Done, output: Path) -> str:
    from scorer.audit.model import ALWAYS, ASKED, ASSESSED, CONFIRM, GATE_WORDS, NO_REPORT, NOT_SUBMITTED, UNREADABLE

    entries, counted, outside = done.audit.entries, done.audit.counted(), done.audit.outside()
    by_state = {state: [e for e in entries if e.state == state] for state in (ASSESSED, NO_REPORT, UNREADABLE, NOT_SUBMITTED)}
    lines = [done.audit.title]
    words = [f"检查了{len(by_state[ASSESSED])}份年度报告"]
    words[0] += f"（其中名册以外{apart}份）" if (apart := sum(1 for entry in outside if entry.state == ASSESSED)) else ""
    words += [f"{len(by_state[NO_REPORT])}个文件不是年度报告"] if by_state[NO_REPORT] else []
    words += [f"{len(by_state[UNREADABLE])}个文件读不出来"] if by_state[UNREADABLE] else []
    lines.append("，".join(words) + (f"（有{done.kept}个文件没有变，用上次的结果）。" if done.kept else "。"))
    if any(entry.roster for entry in entries):
        missing = by_state[NOT_SUBMITTED]
        names = f"：{_names([e.unit for e in missing])}" if missing else ""
        asked = [e.unit for e in entries if e.state == ASKED]
        rest = f"；是否报送待确认{len(asked)}个：{_names(asked)}" if asked else ""
        lines.append(f"名册{len(counted.entries)}个单位，未报送{len(missing)}个{names}{rest}。")
    if outside:
        lines.append(f"名册以外的文件{len(outside)}个，不计入下面的个数：{_names([e.path for e in outside])}。")
    gates = [gate.verdict for gate in counted.gates]
    lines.append(
        "审核结论："
        + "，".join(f"{word} {gates.count(verdict)}" for verdict, word in GATE_WORDS.items() if verdict in ALWAYS or verdict in gates)
        + "。"
    )
    late = [entry.unit for entry in counted.entries if entry.late]
    if late:
        lines.append(f"逾期报送{len(late)}个：{_names(late)}。")
    public = [entry.unit for entry in counted.entries if entry.late_public]
    if public:
        lines.append(f"逾期公开{len(public)}个：{_names(public)}。")
    for entry in [*by_state[UNREADABLE], *by_state[NO_REPORT]][:NAMED]:
        lines.append(f"  {entry.path}：{entry.reason}")
    doubtful = [entry for entry in entries if entry.doubt]
    if doubtful:
        lines.append(f"待确认{len(doubtful)}处（{CONFIRM}）：")
        lines += [f"  {entry.path or entry.unit}：{entry.doubt}" for entry in doubtful[:NAMED]]
        lines += [f"  另有{len(doubtful) - NAMED}处，见总览。"] if len(doubtful) > NAMED else []
    lines += [f"注意：{line}" for line in done.lines]
    lines.append(
        f"请打开 {output / 'index.html'}；总表是 {output / 'audit.xlsx'}，反馈函在 {output / 'feedback'}。逐项复核：fazhi serve {output}"
    )
    return "\n".join(lines)


def _names(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等{len(names)}个" if len(names) > NAMED else "")
