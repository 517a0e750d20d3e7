"""How fast it is, as ratios to a floor measured in the same run: ``python tests/benchmark.py``.

The floor of a cold command is an empty Python process; that of work in memory is counting the characters of the same text
one by one in plain Python, which no change of ours makes faster.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "complete.txt"
RUNS = 11


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median processor time of a call (of this process) in milliseconds, after one call to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def elapsed(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time by the clock of a call that runs another process, in milliseconds, after one call to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def count(text: str) -> dict[str, int]:
    """How often each character occurs, in plain Python."""
    counts: dict[str, int] = {}
    for character in text:
        counts[character] = counts.get(character, 0) + 1
    return counts


def command(*words: str) -> Callable[[], object]:
    """A cold process."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)


def main() -> None:
    """Measure and print."""
    sys.path.insert(0, str(ROOT))
    from scorer import assess, load_pack, read
    from scorer.checks import KINDS
    from scorer.document import Document
    from scorer.outputs import html
    from scorer.outputs import json as result
    from scorer.parsing import problems
    from scorer.parsing.metadata import read_metadata
    from scorer.parsing.page import read_page
    from scorer.parsing.report import parse
    from scorer.recount import find_statements
    from scorer.recount.across import find_disagreements
    from scorer.rulepack.phrases import Matcher
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
        floor = elapsed(command("-c", "pass"))
        rows = [
            ("空的 Python 进程（基准）", floor, floor),
            ("fazhi --version", elapsed(command("-m", "scorer", "--version")), floor),
            (
                f"冷启动检查一份{len(text)}字的报告并写出 HTML",
                elapsed(command("-m", "scorer", "score", str(report), "-o", str(Path(folder) / "out.html"))),
                floor,
            ),
        ]
    document = Document.from_text(text)
    count_floor = median(lambda: count(text)) * per
    parsed = parse(document, pack)
    assessment = assess(document, pack)
    folded, hits = document.folded.text, pack.find(document.folded.text)
    sets = tuple(pack.table.sets)

    def phrases() -> None:
        """The pass over the text, and every set put in order."""
        found = pack.find(folded)
        for name in sets:
            found.get(name)

    def items() -> None:
        problems.shortcomings(folded, parsed.sentences, hits, pack.topics)
        problems.arrangements(folded, parsed.sentences, hits, pack.topics)

    def checks() -> None:
        """All checks on a report that nothing was asked of before."""
        fresh = replace(parsed)
        for rule, applies in pack.applicable(parsed.metadata.report_year, parsed.metadata.level):
            if applies:
                KINDS[rule.check](fresh, rule)

    rows += [
        ("每万字：逐字计数（基准）", count_floor, count_floor),
        ("每万字：折叠文字", median(lambda: Document.from_text(text).folded) * per, count_floor),
        ("每万字：检查（在内存中）", median(lambda: assess(Document.from_text(text), pack)) * per, count_floor),
        ("　其中：找出全部短语", median(phrases) * per, count_floor),
        ("　其中：页面结构和元数据", median(lambda: read_metadata(document, read_page(document, hits), hits)) * per, count_floor),
        ("　其中：找出数字", median(lambda: list(find_figures(folded))) * per, count_floor),
        ("　其中：不足、原因和安排", median(items) * per, count_floor),
        ("　其中：整个解析（含以上各项）", median(lambda: parse(document, pack)) * per, count_floor),
        ("　其中：验算数字", median(lambda: find_statements(parsed.text, parsed.sentences, parsed.hits)) * per, count_floor),
        ("　其中：前后对照", median(lambda: find_disagreements(parsed, parsed.instruments)) * per, count_floor),
        ("　其中：逐条检查（含验算数字）", median(checks) * per, count_floor),
        ("每份：生成 HTML", median(lambda: html.render(assessment)), count_floor),
        ("每份：生成 JSON", median(lambda: result.to_data(assessment)), count_floor),
        ("规则包：编成自动机", median(lambda: Matcher(pack.table)), count_floor),
    ]
    for name in ("complete.html", "complete.docx"):
        raw = (EXAMPLE.parent / name).read_bytes()
        rows.append((f"读 {name}", median(lambda raw=raw: read(raw, name="x")), count_floor))  # type: ignore[misc]
    import formats

    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pages = formats.typeset(lines)
    for words, raw in (
        (f"读 {len(pages)} 页的 PDF（另一进程已起）", formats.pdf(pages)),
        (f"读 {len(pages)} 页的 OFD", formats.ofd(pages)),
        ("读同一份 docx", formats.typed_docx(lines)),
        ("读同一份网页", formats.web_page(lines)),
        ("读同一份 RTF", formats.rtf(lines)),
    ):
        rows.append((words, median(lambda raw=raw: read(raw, name="x")), count_floor))  # type: ignore[misc]
    for words, milliseconds, base in rows:
        print(f"{milliseconds:9.1f} 毫秒  {milliseconds / base:7.1f} 倍  {words}")


if __name__ == "__main__":
    main()
