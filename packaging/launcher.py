"""The program as one folder that needs no Python: the same file is the command line, the page, and its own child processes.

Without arguments the page opens in the browser (a second start opens the page that is running); with arguments it is
``fazhi``. What goes wrong without a terminal is shown in a window, or else as a page of the browser.
"""

from __future__ import annotations

import contextlib
import html
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path

LINGER = 180.0
"""Seconds after the last page was closed until the program ends."""
TITLE = "法治政府建设报告检查"


def main() -> None:
    """Run whatever this start is for."""
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-I", "-S"] and len(sys.argv) > 3:
        _child()
    elif sys.argv[1:]:
        from scorer.cli.main import main as command

        command()
    else:
        _page()


def _child() -> None:
    """The readers of PDFs and of old Word files start ``sys.executable`` with a script of the program: only such a script is run."""
    script = Path(sys.argv[3]).resolve()
    if Path(getattr(sys, "_MEIPASS", "")).resolve() not in script.parents or script.name not in ("pdfium.py", "guardian.py"):
        sys.exit(2)
    sys.argv = sys.argv[3:]
    runpy.run_path(str(script), run_name="__main__")


def _page() -> None:
    # A program without a window of its own has no streams; what is written to them must go nowhere, not fail.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open as long as the program runs
    try:
        from scorer.web import running, server
        from scorer.web.review import Review

        address = running.found()
        if address:
            webbrowser.open(address)
            return
        listener = server.bind()
        review = Review("national")
        with running.registered(listener.getsockname()[1], review.entrance):
            server.run(listener, "national", show=not os.environ.get("FAZHI_NO_BROWSER"), linger=LINGER, review=review)
    except Exception as error:
        show(f"程序没有启动成功：{error}（{type(error).__name__}）。请重新解压整个文件夹后再试；仍不行，请把这段话发给维护者。")
        sys.exit(2)


def show(words: str) -> None:
    """Say it where somebody without a terminal sees it: a window of the system, else a page in the browser."""
    print(words, file=sys.stderr)
    with contextlib.suppress(Exception):
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, words, TITLE, 0x10)
            return
        if sys.platform == "darwin":
            script = "on run a\ndisplay alert (item 1 of a) message (item 2 of a) as critical\nend run"
            subprocess.run(["osascript", "-e", script, TITLE, words], check=True, timeout=600)
            return
    page = Path(tempfile.mkdtemp()) / "error.html"
    page.write_text(f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{TITLE}</title><p>{html.escape(words)}</p>', "utf-8")
    webbrowser.open(page.as_uri())


if __name__ == "__main__":
    main()
