"""What the browser tests share: starting the program, and asking axe-core."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
# A name that leads to this machine, as a hostile name server would have it.
REBOUND = "rebound.example"


class Served:
    """A running ``fazhi serve``: its address, and the folder in which and as whose temporary folder it runs."""

    def __init__(self, base: str, folder: Path, process: subprocess.Popen[str]) -> None:
        self.base, self.folder, self.process = base, folder, process


def start(folder: Path, *options: str) -> Served:
    """Start the program and read its address from its first line."""
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "scorer", "serve", "--no-open", *options],
        cwd=folder,
        env=environment,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    match = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert match, line
    return Served(match.group(), folder, process)


def audit(page: Page, source: str) -> list[str]:
    """What axe finds wrong with the page. It runs in a world of its own, so that the page's policy stays in force."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": source, "contextId": world})
    run = """axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify({passes: r.passes.length, wrong:
        r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary}`))}))"""
    answer = session.send("Runtime.evaluate", {"expression": run, "contextId": world, "awaitPromise": True, "returnByValue": True})
    result = json.loads(answer["result"]["value"])
    assert result["passes"] > 20  # it did look
    wrong: list[str] = result["wrong"]
    return wrong
