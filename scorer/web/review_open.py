"""What is still open in an audit as the desk knows it now: the list that is shown before it is frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scorer.audit.model import HOLD, PROPOSED
from scorer.audit.queue import Row
from scorer.audit.unfinished import DOUBTS, GROUNDS, SPLIT, STALE, WORDS, Open, listed
from scorer.web.review_desk import DIFFER, FIRST, ReviewDesk
from scorer.web.review_desk import STALE as STALE_STATE


def left(desk: ReviewDesk, asked: Iterable[Row]) -> tuple[Open, ...]:
    """What is open: decisions made since the last run count already. ``asked`` are the files whose unit is in question."""
    queue, first = desk.queue, desk.open(FIRST)
    rows = [row for row in queue.rows if row.roster or not desk.rostered]
    waiting = {queue.items[number - 1].row for number in first}
    answered = {unit for answers in desk.said.matches().values() for _, unit in answers}
    questions = list(asked)
    held = {row.number for row in rows if row.verdict == HOLD and row.unit not in answered and (questions or not row.path)}
    return listed(
        {
            WORDS[PROPOSED]: _names(rows, {row.number for row in rows if row.verdict == PROPOSED} & waiting),
            WORDS[HOLD]: _names(rows, held),
            GROUNDS: _names(rows, {row.number for row in rows if row.verdict != PROPOSED and row.open} & waiting),
            DOUBTS: [row.path for row in questions if row.doubt and row.number not in held],
            SPLIT: [
                *_names(queue.rows, {queue.items[number - 1].row for number in desk.open(DIFFER)}),
                *sorted(desk.said.split_matches("")),
            ],
            STALE: _names(queue.rows, {item.row for item in queue.items if item.stale and desk.look(item).state == STALE_STATE}),
        }
    )


def _names(rows: Iterable[Row], chosen: Collection[int]) -> list[str]:
    return [row.unit or row.path for row in rows if row.number in chosen]
