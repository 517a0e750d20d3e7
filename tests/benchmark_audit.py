"""How fast an audit is: ``python tests/benchmark_audit.py [reports]`` - whole, again with one changed file, and again with none.

Everything runs as the command does, in processes of its own. The floor is an empty Python process; what counts across
machines are the ratios, and processor time where others use the machine too. Reading and judging alone are measured in this
process, so that the rest - pages, facts, letters, table, similarity, starting processes - is told apart. ``--times`` repeats the
first run and takes medians; ``--large`` adds 3,000 reports and ``--merge`` a hundred audits of sixty units rolled up.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 6000


def command(*words: str) -> tuple[float, float]:
    """Run a command; wall seconds and processor seconds of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=ROOT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def audit(folder: Path, out: Path, roster: Path) -> tuple[float, float]:
    """One audit."""
    return command("-m", "scorer", "audit", str(folder), "-o", str(out), "--roster", str(roster))


def corpus(folder: Path, count: int) -> tuple[Path, Path]:
    """Reports and their roster."""
    import corpus as stock

    names = stock.write(folder / "in", count, size=SIZE)
    roster = folder / "roster.csv"
    roster.write_text("单位,报送日期\n" + "".join(f"{name},2024-02-{n % 27 + 1:02}\n" for n, name in enumerate(names)), "utf-8")
    return folder / "in", roster


def judging(folder: Path, count: int = 40) -> float:
    """Processor milliseconds to read, examine and judge one report, nothing else."""
    from scorer.assessing import examine, judge
    from scorer.readers import read
    from scorer.rulepack.store import load_pack

    pack, paths = load_pack(), sorted(folder.rglob("*.txt"))[: count + 3]
    for number, path in enumerate(paths):
        if number == 3:
            start = time.process_time()
        judge(examine(read(str(path)), pack), pack)
    return (time.process_time() - start) / (len(paths) - 3) * 1000


def counties(results: Path, folder: Path) -> Path:
    """A hundred audits of sixty units in ten cities, out of the lines of one."""
    lines = (results / "results.jsonl").read_bytes().splitlines(keepends=True)
    for number in range(100):
        place = folder / f"{number // 10 + 1}市" / f"{number + 1}县审核"
        place.mkdir(parents=True)
        shutil.copy(results / "pack.json", place)
        (place / "index.html").touch()
        (place / "results.jsonl").write_bytes(b"".join(lines[(number * 60 + n) % len(lines)] for n in range(60)))
    return folder


def most() -> str:
    """The most memory that any process ended so far had."""
    return f"一个进程最多用内存 {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", nargs="?", type=int, default=500)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--merge", action="store_true")
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    floor = min(command("-c", "pass")[0] for _ in range(3))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"，系统负载 {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{cores}个处理器{load}；空的 Python 进程 {floor * 1000:.0f} 毫秒（基准）")

    def show(words: str, wall: float, processor: float) -> None:
        print(f"{wall:8.2f} 秒  处理器 {processor:7.2f} 秒  {wall / floor:8.0f} 倍  {words}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        folder, roster = corpus(base / "a", given.reports)
        alone = judging(folder)
        runs = []
        for _ in range(given.times):
            shutil.rmtree(base / "out", ignore_errors=True)
            runs.append(audit(folder, base / "out", roster))
        wall, processor = (statistics.median(run[kind] for run in runs) for kind in (0, 1))
        show(f"{given.reports}份{SIZE}字的报告，从头到尾", wall, processor)
        each = processor / given.reports * 1000
        print(f"每份处理器 {each:.1f} 毫秒，其中读和判 {alone:.1f}，其余 {each - alone:.1f}；历时是处理器时间的 {wall / processor:.2f} 倍")
        changed = sorted(folder.rglob("*.txt"))[0]
        changed.write_text(changed.read_text("utf-8").replace("办结", "查结", 3), "utf-8")
        show("改一份，再做一次", *audit(folder, base / "out", roster))
        show("一份也不改，再做一次", *audit(folder, base / "out", roster))
        print(f"总览 {(base / 'out' / 'index.html').stat().st_size / 1000:.0f} KB；{most()}")
        if given.merge:
            show(
                "100次审核（各60个单位）汇总",
                *command("-m", "scorer", "merge", str(counties(base / "out", base / "m")), "-o", str(base / "sum")),
            )
        if given.large:
            folder, roster = corpus(base / "b", 3000)
            show("3000份，从头到尾", *audit(folder, base / "out-large", roster))
            print(f"总览 {(base / 'out-large' / 'index.html').stat().st_size / 1000:.0f} KB；{most()}")


if __name__ == "__main__":
    main()
