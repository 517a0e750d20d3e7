"""Runs of characters looked up for whole texts at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorer.classify.runs import Runs

LISTED = ["a", "ab", "abc", "b", "bcd", "cd", "法", "法治", "治理\U00020000"]


def test_the_longest_run_of_each_place() -> None:
    """Each character has the number of the longest listed run that begins with it; across a line none is found."""
    runs = Runs(LISTED)

    assert runs.longest("abcdx法\n法治") == [3, 5, 6, None, None, 7, None, 8, None]
    assert runs.longest("") == []


def test_shorter_runs_of_a_run() -> None:
    """A run leads to the longest listed one that it begins with, over lengths that are not listed."""
    runs = Runs(LISTED)

    assert [runs.shorter(number) for number in (1, 2, 3, 5, 6)] == [None, 1, 2, 4, None]


def test_characters_beyond_the_plane_stand_in_no_run() -> None:
    """They are found neither alone nor in a run, and move nothing behind them."""
    runs = Runs(LISTED)

    assert runs.longest("治理\U00020000") == [None, None, None]
    assert runs.longest("\U00020000ab\U00020000法") == [None, 2, 4, None, 7]


@given(st.lists(st.text("abcd", min_size=1, max_size=3), unique=True), st.text("abcd\n\ud800\U00020000", max_size=30))
def test_as_one_by_one(listed: list[str], words: str) -> None:
    """The whole text at once gives what asking for each run gives."""
    runs = Runs(listed)
    numbers = {run: number for number, run in enumerate(listed, 1)}
    expected = [next((numbers[run] for size in (3, 2, 1) if (run := words[at : at + size]) in numbers), None) for at in range(len(words))]

    assert runs.longest(words) == expected
    assert [run for runs_of_size in runs.all(words) for run in runs_of_size] == [
        (at, numbers[words[at : at + size]])
        for size in (1, 2, 3)
        for at in range(len(words) - size + 1)
        if words[at : at + size] in numbers
    ]
