"""How fast it is, as ratios to a floor measured in the same run: ``python tests/benchmark.py``.

The floor of a cold command is an empty Python process (processor time of both, compiled modules on disk as after an
installation); that of work in memory is searching the same text for 300 words of the pack, spread evenly over it, with 60 plain
alternations of ``re`` - which no change of ours makes faster.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
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


def alternations(words: Sequence[str]) -> list[re.Pattern[str]]:
    """Sixty plain alternations of 300 words, spread evenly over all."""
    chosen = [words[number * len(words) // 300] for number in range(300)]
    return [re.compile("|".join(map(re.escape, chosen[number : number + 5]))) for number in range(0, 300, 5)]


def search(patterns: Sequence[re.Pattern[str]], text: str) -> int:
    """How often they stand in the text."""
    return sum(1 for pattern in patterns for _ in pattern.finditer(text))


def cold(*words: str) -> float:
    """The median processor time of a cold process in milliseconds, after one to warm up."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return statistics.median(times[1:])


def main() -> None:
    """Measure and print."""
    sys.path.insert(0, str(ROOT))
    from scorer import assess, load_pack, read
    from scorer.document import Document
    from scorer.findings import case_of, outcomes
    from scorer.outputs import html
    from scorer.outputs import json as result
    from scorer.parsing import problems
    from scorer.parsing.metadata import read_metadata
    from scorer.parsing.page import read_page
    from scorer.parsing.report import parse
    from scorer.recount import find_statements
    from scorer.recount.across import find_disagreements
    from scorer.rulepack.matcher import compiled
    from scorer.rulepack.store import forget
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
        floor = cold("-c", "pass")
        rows = [
            ("空的 Python 进程（基准）", floor, floor),
            ("fazhi --version", cold("-m", "scorer", "--version"), floor),
            (
                f"冷启动检查一份{len(text)}字的报告并写出 HTML",
                cold("-m", "scorer", "score", str(report), "-o", str(Path(folder) / "out.html")),
                floor,
            ),
        ]
    document = Document.from_text(text)
    parsed = parse(document, pack)
    assessment = assess(document, pack)
    folded, hits = document.folded.text, pack.find(document.folded.text)
    sets = tuple(pack.table.sets)
    patterns = alternations(sorted(word for word in pack.table.literals if len(word) > 1))
    count_floor = median(lambda: search(patterns, folded)) * per

    def phrases() -> None:
        """The pass over the text, and every set put in order."""
        found = pack.find(folded)
        for name in sets:
            found.get(name)

    def items() -> None:
        problems.shortcomings(folded, parsed.sentences, hits, pack.topics)
        problems.arrangements(folded, parsed.sentences, hits, pack.topics)

    case = case_of(parsed, pack)

    def loaded() -> object:
        """The pack as a cold start gets it."""
        forget()
        return load_pack()

    rows += [
        ("每万字：60个正则式找300个词（基准）", count_floor, count_floor),
        ("每万字：折叠文字", median(lambda: Document.from_text(text).folded) * per, count_floor),
        ("每万字：检查（在内存中）", median(lambda: assess(Document.from_text(text), pack)) * per, count_floor),
        ("　其中：找出全部短语", median(phrases) * per, count_floor),
        ("　其中：页面结构和元数据", median(lambda: read_metadata(document, read_page(document, hits), hits)) * per, count_floor),
        ("　其中：找出数字", median(lambda: list(find_figures(folded))) * per, count_floor),
        ("　其中：不足、原因和安排", median(items) * per, count_floor),
        ("　其中：整个解析（含以上各项）", median(lambda: parse(document, pack)) * per, count_floor),
        ("　其中：验算数字", median(lambda: find_statements(parsed.text, parsed.sentences, parsed.hits)) * per, count_floor),
        ("　其中：前后对照", median(lambda: find_disagreements(parsed, pack.instruments)) * per, count_floor),
        ("　其中：逐条检查", median(lambda: outcomes(case, pack)) * per, count_floor),
        ("每份：生成 HTML", median(lambda: html.render(assessment)), count_floor),
        ("每份：生成 JSON", median(lambda: result.to_data(assessment)), count_floor),
        ("规则包：从缓存装入", median(loaded), count_floor),
        ("规则包：编成自动机", median(lambda: compiled(pack.table)), count_floor),
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
    finding = median(lambda: list(find_figures(folded)))
    recomputing = median(lambda: find_statements(parsed.text, parsed.sentences, parsed.hits))
    print(f"验算数字是找出数字的 {recomputing / finding:.2f} 倍（应不超过 2.5 倍）")
    for words, milliseconds, base in rows:
        print(f"{milliseconds:9.1f} 毫秒  {milliseconds / base:7.1f} 倍  {words}")


if __name__ == "__main__":
    main()
