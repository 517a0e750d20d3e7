"""``fazhi watch``: check a draft again whenever it is saved, and tell what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorer.cli.base import Command
from scorer.cli.options import options, profile
from scorer.errors import FazhiError, UnreadableError

if TYPE_CHECKING:
    from scorer.document import Document
    from scorer.result import Assessment

INTERVAL = 0.5
"""Seconds between two looks at the file."""

_Stamp = tuple[int, int, int] | None


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("draft", type=click.Path(path_type=Path))
@profile
@click.option("--clear", is_flag=True, help="每次检查前清屏，只看最近一次。")
@click.option("--once", is_flag=True, help="查一次就退出，不等存盘。")
def watch(
    draft: Path,
    pack: str,
    report_year: int | None,
    level: str | None,
    published: str | None,
    submitted: str | None,
    clear: bool,
    once: bool,
) -> int:
    """边改边查。DRAFT 是正在修改的草稿；每次存盘后重新检查，列出改好的、新出的和分数变化。

    \b
    fazhi watch 报告.docx            在Word或WPS里改，存盘即查
    fazhi watch 报告.txt --clear     每次清屏
    按 Ctrl+C 结束。

    \b
    存盘过程中暂时读不出来不要紧，会接着等下一次存盘。
    """
    from scorer.cli.judging import document_of, judged
    from scorer.outputs import terminal
    from scorer.rulepack.store import load_pack

    chosen, rules = options(report_year, level, published, submitted), load_pack(pack)
    last: Assessment | None = None
    if not draft.is_file():
        document_of(draft)  # a name that was mistyped is not waited for
    try:
        for moment in _once() if once else saves(draft):
            if clear:
                click.clear()
            try:
                assessment = judged(document_of(draft) if once else patiently(lambda: document_of(draft)), rules, chosen)
                if not assessment.is_annual_report:
                    raise FazhiError(f"不是法治政府建设年度报告：{assessment.reason}", where=str(draft))
            except FazhiError as error:
                if once:
                    raise
                click.echo(f"{moment} 这次没有检查，等下一次存盘：{error}", err=True)
                continue
            if last is None:
                click.echo(terminal.render(assessment), nl=False)
            else:
                from scorer.changes import changes

                click.echo(terminal.render_changes(changes(last, assessment), moment), nl=False)
            if last is None and not once:
                click.echo("等待存盘，按 Ctrl+C 结束。", err=True)
            last = assessment
    except KeyboardInterrupt:
        click.echo("\n已结束。", err=True)
    return 0


def patiently(read: Callable[[], Document], *, sleep: Callable[[float], None] = time.sleep, tries: int = 4) -> Document:
    """Read a file that another program may still hold or be writing; the last failure is raised."""
    for _ in range(tries - 1):
        try:
            return read()
        except UnreadableError:
            sleep(INTERVAL)
    return read()


def _once() -> Iterator[str]:
    yield ""


def saves(path: Path, *, sleep: Callable[[float], None] = time.sleep, stamp: Callable[[Path], _Stamp] | None = None) -> Iterator[str]:
    """The time of day of each save of the file, the first at once; ends only by an exception from ``sleep``.

    A save counts when the file looks the same twice in a row: Word and WPS write another file and rename it, so that for
    a moment there is none, or half of one.
    """
    look = stamp or _stamp
    told: _Stamp = None
    before = look(path)
    if before is None:
        yield _now()  # the reader says what is wrong with it
    else:
        told = before
        yield _now()
    while True:
        sleep(INTERVAL)
        seen = look(path)
        if seen is not None and seen == before and seen != told:
            told = seen
            yield _now()
        before = seen


def _stamp(path: Path) -> _Stamp:
    """What changes with every save: time, size and identity of the file; None while there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _now() -> str:
    return time.strftime("%H:%M:%S")
