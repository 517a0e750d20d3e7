"""How long a decision on the review desk takes by keyboard: keys, milliseconds from the last key to the next item, and the server's part.

``python tests/measure_review.py RESULTS [DECISIONS]`` with the results of an audit, which is not changed (its copy is). What a person
needs for reading comes on top.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from browsing import CHROMIUM, QUIET, start
from playwright.sync_api import Response, sync_playwright

CONFIRM, OTHERWISE = ("Enter",), ("1", "a")


def main() -> None:
    """Print a line for each way of deciding."""
    results, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "结果"
        shutil.copytree(results, out)
        served = start(Path(folder), str(out))
        assert served.process.stdout is not None
        entrance = re.search(r"http://\S+/review/enter\?t=\S+", served.process.stdout.readline())
        assert entrance
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
                page = browser.new_page(viewport={"width": 1366, "height": 768})
                server: list[float] = []

                def answered(response: Response) -> None:
                    timing = response.request.timing
                    if re.search(r"/(decide|item/\d+\?.*)$", response.url) and timing["responseStart"] >= 0:
                        server.append(timing["responseStart"] - timing["requestStart"])

                page.on("response", answered)
                page.goto(entrance.group())
                page.fill("[name=by]", "张三")
                page.keyboard.press("Enter")
                page.wait_for_selector("#item-h")
                base = re.match(r"http://[^/]+/review/\w+/", page.url)
                assert base
                page.goto(f"{base.group()}view/check")
                for name, keys in (("确认", CONFIRM), ("改判", OTHERWISE)):
                    server.clear()
                    spans = []
                    for _ in range(count):
                        page.wait_for_selector("body[data-page=item][data-ready]")
                        before = page.get_attribute("body", "data-item")
                        begun = time.perf_counter()
                        for key in keys:
                            page.keyboard.press(key)
                        page.wait_for_function("b => document.body.dataset.item && document.body.dataset.item !== b", arg=before)
                        spans.append((time.perf_counter() - begun) * 1000)
                    told = sorted(spans)
                    print(
                        f"{name}: {len(keys)} keys, {count} decisions, to the next item median {statistics.median(told):.0f} ms, "
                        f"95 % {told[int(count * 0.95)]:.0f} ms, longest {told[-1]:.0f} ms; "
                        f"server: median {statistics.median(server):.0f} ms a request, longest {max(server):.0f} ms"
                    )
                browser.close()
        finally:
            served.process.terminate()
            served.process.wait(20)


if __name__ == "__main__":
    main()
