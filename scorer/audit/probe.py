"""Of which year a folder's reports are, from a few of them: asked before anything is written where another year may stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from scorer.audit.folder import File
from scorer.audit.job import Result, Task
from scorer.audit.model import ASSESSED
from scorer.audit.store import CURRENT, Kept
from scorer.audit.workers import Pool

SAMPLE = 9


def unlike(stored: Mapping[tuple[str, str], Kept], files: Sequence[File]) -> list[File]:
    """The files of a folder that are not those of the last run, by name and size, where they are more than half of it; else none."""
    known = {path: row.size for (side, path), row in stored.items() if side == CURRENT}
    fresh = [file for file in files if known.get(file.path) != file.size]
    return fresh if known and len(fresh) * 2 > len(files) else []


def year_of(pool: Pool, files: Sequence[File]) -> int | None:
    """The year of most of a few of these files; None where they do not tell."""
    step = max(1, len(files) // SAMPLE)
    tasks = [Task(CURRENT, file.path, file.full, file.size, file.mtime_ns, "") for file in files[::step][:SAMPLE]]
    years = Counter(
        result.kept.year
        for _, result in pool.run(tasks)
        if isinstance(result, Result) and result.kept.state == ASSESSED and result.kept.year
    )
    if not years:
        return None
    year, count = years.most_common(1)[0]
    return year if count * 2 > years.total() else None
