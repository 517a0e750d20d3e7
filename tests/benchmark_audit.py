"""How fast an audit is: ``python tests/benchmark_audit.py [reports]`` - whole, again with one changed file, and ten times as many.

Everything runs as the command does, in processes of its own. The floor is an empty Python process; what counts across
machines are the ratios. ``--large`` adds the run with ten times as many reports.
"""

from __future__ import annotations

import argparse
import os
import resource
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", nargs="?", type=int, default=500)
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    floor = min(command("-c", "pass")[0] for _ in range(3))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores}个处理器；空的 Python 进程 {floor * 1000:.0f} 毫秒（基准）")

    def show(words: str, wall: float, processor: float) -> None:
        print(f"{wall:8.2f} 秒  处理器 {processor:7.2f} 秒  {wall / floor:8.0f} 倍  {words}")

    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        folder, roster = corpus(base / "a", given.reports)
        first = audit(folder, base / "out", roster)
        show(f"{given.reports}份{SIZE}字的报告，从头到尾", *first)
        changed = sorted(folder.rglob("*.txt"))[0]
        changed.write_text(changed.read_text("utf-8").replace("办结", "查结", 3), "utf-8")
        show("改一份，再做一次", *audit(folder, base / "out", roster))
        show("一份也不改，再做一次", *audit(folder, base / "out", roster))
        page = (base / "out" / "index.html").stat().st_size
        print(f"总览 {page / 1024:.0f} KB；一个进程最多用内存 {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
        if given.large:
            folder, roster = corpus(base / "b", given.reports * 10)
            large = audit(folder, base / "out-large", roster)
            show(f"{given.reports * 10}份，从头到尾；是{given.reports}份的{large[0] / first[0]:.1f}倍", *large)
            print(f"一个进程最多用内存 {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
