"""How fast the desk is, as ratios to a floor measured in the same run: ``python tests/benchmark_web.py``.

The floor of starting is an empty Python process; that of a check is folding the same text. Without Chromium or
playwright the rows of the browser are left out.
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
RUNS = 7


def median(work: Callable[[], float | None], runs: int = RUNS) -> tuple[float, float]:
    """Median and least of the times in milliseconds, after one call to warm up; ``work`` may give its own time."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        own = work()
        times.append((time.perf_counter() - start) * 1000 if own is None else own)
    return statistics.median(times), min(times)


def long_text(length: int = 10_000) -> str:
    """The complete example with its own sentences repeated up to the length."""
    body = (ROOT / "examples" / "complete.txt").read_text("utf-8")
    _, mark, rest = body.partition("（二）")
    text = body
    while len(text) < length:
        text = text.replace(mark, mark + rest[: length - len(text) + 200].rpartition("。")[0] + "。\n", 1)
    return text


def start() -> tuple[subprocess.Popen[str], int]:
    """A server of its own and its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scorer", "serve", "--no-open"],
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    match = re.search(r":(\d+)/", process.stdout.readline())
    assert match
    return process, int(match.group(1))


def get(port: int) -> None:
    """The page."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    assert connection.getresponse().read().startswith(b"<!DOCTYPE html>")


def first_answer() -> None:
    """From nothing to the page."""
    process, port = start()
    get(port)
    process.terminate()
    process.wait()


def checker(port: int, text: str) -> Callable[[], None]:
    """One check over one connection, as the browser does it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def check() -> None:
        connection.request("POST", "/api/check?text=1", text.encode(), {"Origin": f"http://127.0.0.1:{port}"})
        answer = connection.getresponse()
        assert answer.status == 200
        answer.read()

    return check


SHOWN = """() => new Promise(done => {
    const text = document.querySelector('#d-text'), out = document.querySelector('#d-out');
    text.value += ' ';
    const start = performance.now();
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }).observe(out, {childList: true});
    text.dispatchEvent(new Event('input'));
    document.querySelector('#d-check').click();
})"""
TYPED = """() => {
    const text = document.querySelector('#d-text');
    text.value = text.value.slice(0, 500) + '字' + text.value.slice(500);
    const start = performance.now();
    text.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
    return performance.now() - start;
}"""


def main() -> None:
    """Measure and print."""
    from browsing import CHROMIUM, QUIET

    from scorer.document import Document

    text = long_text()
    with tempfile.TemporaryDirectory() as cache:
        os.environ.setdefault("XDG_CACHE_HOME", cache)
        empty = median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True) and None)
        fold = median(lambda: Document.from_text(text).folded and None)
        rows = [("空的 Python 进程（基准）", empty, empty), ("从启动到第一次应答", median(first_answer), empty)]
        rows.append((f"折叠{len(text)}字（基准）", fold, fold))
        process, port = start()
        try:
            get(port)
            rows.append(("同一文字：服务端检查并应答", median(checker(port, text)), fold))
            try:
                from playwright.sync_api import sync_playwright
            except ImportError:
                CHROMIUM = None
            if CHROMIUM:
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
                    page = browser.new_page(viewport={"width": 1366, "height": 768})
                    page.goto(f"http://127.0.0.1:{port}/")
                    page.fill("#d-text", text)
                    page.wait_for_selector("#r-mend, #r-problems")
                    page.wait_for_timeout(800)
                    rows.append(("同一文字：浏览器中从发出到显示", median(lambda: page.evaluate(SHOWN)), fold))
                    rows.append(("同一文字：敲一个字", median(lambda: page.evaluate(TYPED)), fold))
                    browser.close()
        finally:
            process.terminate()
            process.wait()
    print("   中位数     最小    倍数（最小/基准最小）")
    for words, (middle, least), base in rows:
        print(f"{middle:9.1f} {least:8.1f} 毫秒 {least / base[1]:7.1f} 倍  {words}")


if __name__ == "__main__":
    main()
