"""What reviewers' decisions teach the second reader: the sentence that was before their eyes, and what they said it tells.

Only decisions of persons are taken: what the program decided it would only teach itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scorer.audit import given
from scorer.audit.model import ASSESSED
from scorer.audit.store import FOLDER
from scorer.audit.summary import loads
from scorer.classify.labelled import ABOUT, ACT, Sample
from scorer.document import fold
from scorer.errors import FazhiError
from scorer.vocabulary import Status

STORE = Path(FOLDER) / "audit.sqlite"
TASK = "task."
SHORTENED = "…"
LEAST = 8
"""Characters of a sentence that teaches something."""
TRUTHS = {
    Status.MET: (True, True),
    Status.PARTIAL: (False, True),
    Status.MISSING: (False, False),
    Status.NOT_APPLICABLE: (False, False),
}
"""What a decision says of the sentence it was given on: whether it tells of an act of the item, whether it is about it."""


def is_audit(folder: Path) -> bool:
    """Whether a folder is the result of an audit."""
    return (folder / STORE).is_file()


def taught(folder: Path) -> list[Sample]:
    """The sentences of an audit's results on which persons decided, each with what they said; sorted, each once a label.

    Raises ``FazhiError`` when the store of the results cannot be read.
    """
    found = {(sample.text, *sorted(sample.truth.items())): sample for sample in (*_reviews(folder), *_verdicts(folder))}
    return [found[key] for key in sorted(found)]


def _reviews(folder: Path) -> Iterator[Sample]:
    """The entries of review files that say which text they were given on."""
    for decision in given.read_reviews(folder).review.overrides:
        sample = _sample(decision.rule, decision.status, decision.quote, decision.target)
        if sample is not None:
            yield sample


def _verdicts(folder: Path) -> Iterator[Sample]:
    """The decisions in force, with the sentence each verdict rests on."""
    path = folder / STORE
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT path, summary FROM results WHERE state = ? ORDER BY side, path", (ASSESSED,)).fetchall()
    except sqlite3.Error as error:
        raise FazhiError("读不出审核结果的数据库", where=str(path), remedy="请在审核结束后再训练，或重新审核") from error
    for name, data in rows:
        for verdict in loads(data).told:
            sample = _sample(verdict.rule, verdict.status, verdict.quote, name) if verdict.decided else None
            if sample is not None:
                yield sample


def _sample(rule: str, status: str, quote: str, source: str) -> Sample | None:
    """One decision on an outline item as a sentence with its labels; None where it teaches nothing."""
    words = fold(quote.removesuffix(SHORTENED))
    truth = TRUTHS.get(Status(status)) if status in tuple(Status) else None
    if not rule.startswith(TASK) or truth is None or len(words) < LEAST:
        return None
    item = rule.removeprefix(TASK)
    return Sample(words, {ACT + item: truth[0], ABOUT + item: truth[1]}, source, False)
