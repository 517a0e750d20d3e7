"""How fast it is, as ratios to a floor measured in the same run: ``python tests/benchmark.py``.

The floor of a cold command is an empty Python process; that of work in memory is folding the same text.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "complete.txt"
RUNS = 11


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a call in milliseconds, after one call to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def command(*words: str) -> Callable[[], object]:
    """A cold process."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)


def main() -> None:
    """Measure and print."""
    sys.path.insert(0, str(ROOT))
    from scorer import assess, load_pack, read
    from scorer.document import Document
    from scorer.outputs import html
    from scorer.parsing.disagreements import find_disagreements
    from scorer.parsing.report import parse
    from scorer.parsing.statements import find_statements
    from scorer.text.figures import find_figures

    body = EXAMPLE.read_text("utf-8")
    text = body
    while len(text) < 8500:
        _, mark, rest = body.partition("（二）")
        text = text.replace(mark, mark + rest[: 8500 - len(text)].rpartition("。")[0] + "。\n", 1)
    pack = load_pack()
    per = 10_000 / len(text)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(text, "utf-8")
        floor = median(command("-c", "pass"))
        rows = [
            ("空的 Python 进程（基准）", floor, floor),
            ("fazhi --version", median(command("-m", "scorer", "--version")), floor),
            (
                f"冷启动检查一份{len(text)}字的报告并写出 HTML",
                median(command("-m", "scorer", "score", str(report), "-o", str(Path(folder) / "out.html"))),
                floor,
            ),
        ]
    document = Document.from_text(text)
    fold_floor = median(lambda: Document.from_text(text).folded) * per
    parsed = parse(document, pack)
    assessment = assess(document, pack)
    rows += [
        ("每万字：折叠文字（基准）", fold_floor, fold_floor),
        ("每万字：检查（在内存中）", median(lambda: assess(Document.from_text(text), pack)) * per, fold_floor),
        ("每万字：其中找出数字", median(lambda: list(find_figures(parsed.text))) * per, fold_floor),
        ("每万字：其中验算数字", median(lambda: find_statements(parsed.text, parsed.sentences, parsed.hits)) * per, fold_floor),
        ("每万字：其中前后对照", median(lambda: find_disagreements(parsed, parsed.instruments)) * per, fold_floor),
        ("每万字：生成 HTML", median(lambda: html.render(assessment)) * per, fold_floor),
    ]
    for name in ("complete.html", "complete.docx"):
        raw = (EXAMPLE.parent / name).read_bytes()
        rows.append((f"读 {name}", median(lambda raw=raw: read(raw, name="x")), fold_floor))  # type: ignore[misc]
    for words, milliseconds, base in rows:
        print(f"{milliseconds:9.1f} 毫秒  {milliseconds / base:7.1f} 倍  {words}")


if __name__ == "__main__":
    main()
