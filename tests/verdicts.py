"""The verdict on every element of every labelled report, stored: a change of one is seen by name.

``python tests/verdicts.py`` stores them anew, after a change that is meant; the difference in git shows what it did.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scorer import assess, read

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "tests" / "reports" / "verdicts.txt"
CORPUS = Path(os.environ.get("FAZHI_CORPUS", "") or ROOT.parent / "shared" / "corpus")
"""Three published reports with labels, which are no part of the project."""
SETS = {"development": ROOT / "tests" / "reports" / "development", "heldout": ROOT / "tests" / "reports" / "heldout", "corpus": CORPUS}


def found(name: str) -> Iterator[str]:
    """A line an element: ``set/report element status``."""
    for path in sorted((SETS[name] / "reports").glob("*.txt")):
        result = assess(read(path))
        yield from (f"{name}/{path.stem} {finding.rule} {finding.status}" for finding in result.findings)


def stored(name: str) -> list[str]:
    """The stored lines of a set."""
    return [line for line in STORED.read_text("utf-8").splitlines() if line.startswith(f"{name}/")]


def changes(name: str) -> list[str]:
    """What is no longer as stored: ``report element: before -> now``."""
    before, now = (dict(line.rsplit(" ", 1) for line in lines) for lines in (stored(name), found(name)))
    return [f"{key}: {before.get(key, '-')} -> {now.get(key, '-')}" for key in before | now if before.get(key) != now.get(key)]


if __name__ == "__main__":
    if not CORPUS.is_dir():
        raise SystemExit(f"the labelled corpus is not at {CORPUS}: its verdicts would be lost")
    STORED.write_text("".join(f"{line}\n" for name in SETS for line in found(name)), "utf-8")
    print(f"{STORED.relative_to(ROOT)}: {sum(len(stored(name)) for name in SETS)} verdicts")
