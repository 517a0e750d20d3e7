"""The command ``fazhi``: one error handler, commands that only hand on."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from typing import NoReturn

from scorer.version import VERSION


def console() -> NoReturn:
    """The command ``fazhi``: ``main``, then the process is left at once.

    Taking an interpreter with all its modules apart costs a fifth of a short command, for nothing: what must happen at the end
    (``atexit``: helpers are ended, temporary files removed) is done, streams are written out, and the system frees the rest.
    """
    try:
        main()
        code: object = 0
    except SystemExit as leaving:
        code = leaving.code
    except KeyboardInterrupt:
        code = 130
    if threading.active_count() > 1 or not (code is None or isinstance(code, int)):
        sys.exit(code)  # type: ignore[arg-type]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # nobody reads any more, or there is no stream
            code = code or 1
    os._exit(code or 0)


def main() -> None:
    """Run the command line. Exit status: 0 done; 1 done, under ``--fail-under``; 2 wrong use or unreadable input."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        # Answered before click is imported: this is what scripts ask most often.
        print(f"fazhi {VERSION}")
        return
    # A short-lived command builds much and throws little away: collecting rarely saves a tenth of its time.
    gc.set_threshold(200_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from scorer.cli.app import app
    from scorer.errors import FazhiError

    try:
        sys.exit(app(standalone_mode=False) or 0)
    except FazhiError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        sys.exit(_explain(error))


def _explain(error: Exception) -> int:
    """Words for click's own errors; anything else is a defect of ours and is shown as such."""
    import click

    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        print(error.ctx.get_help() if error.ctx else "")
        return 0
    if isinstance(error, click.UsageError):
        from scorer.cli.messages import chinese

        hint = f"（用 {error.ctx.command_path} --help 查看用法）" if error.ctx else ""
        print(f"错误：{chinese(error)}{hint}", file=sys.stderr)
        return 2
    if isinstance(error, click.exceptions.Abort):
        print("已中止。", file=sys.stderr)
        return 130
    if isinstance(error, click.ClickException):
        print(f"错误：{error.format_message()}", file=sys.stderr)
        return 2
    import traceback

    traceback.print_exc()
    print(f"程序出错，这是本工具的缺陷（fazhi {VERSION}）。请把上面的内容和所用文件的类型反馈给维护者。", file=sys.stderr)
    return 3
