"""The list for publication as a file: checked, tested by itself, and rich enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.errors import FazhiError, PackError
from scorer.evaluation.packtests import run_list_tests
from scorer.publication import load


def broken(tmp_path: Path, old: str, new: str) -> list[str]:
    """The mistakes of the shipped list with one thing changed."""
    text = load.default_path().read_text("utf-8")
    assert old in text
    path = tmp_path / "清单.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return [str(problem) for problem in load.problems_of(path)]


def test_the_shipped_list_is_right_and_large() -> None:
    """No mistakes; at least 300 entries, each tested both ways; every date has a source."""
    assert load.problems_of(load.default_path()) == []
    checklist = load.load_checklist()
    tested = {(trial.entry, trial.hit) for trial in load.trials(load.default_path())}

    assert len(checklist.entries) >= 300
    assert tested == {(entry, hit) for entry in checklist.entries for hit in (True, False)}
    assert all(entry.source for entry in checklist.entries.values() if entry.until or entry.since)


def test_the_list_passes_its_own_tests() -> None:
    """Every text that must be hit is, every other is silent."""
    count, failures = run_list_tests(load.default_path())

    assert count > 1000
    assert [f"{f.case.rule}:{f.case.line} {f.message}" for f in failures] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    group: organs\n", "    group: organ\n", "没有名为“organ”的分组，是否想写“organs”"),
        ('    source: "reform-2018"\n', '    source: "reform-2081"\n', "sources里没有“reform-2081”"),
        ('    source: "reform-2018"\n', "", "写了起止时间的要写出处"),
        ('    shape: "mobile"\n', '    shape: "mobil"\n', "没有名为“mobil”的形状，是否想写“mobile”"),
        ('    right: "市场监督管理局"\n', '    rihgt: "市场监督管理局"\n', "未知的键“rihgt”，是否想写“right”"),
        ('    until: "2018-03-21"\n', '    until: "2018"\n', "“until”的值“2018”写法不对"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """File, line, column, and the nearest right name."""
    problems = broken(tmp_path, old, new)

    assert any(said in problem for problem in problems), problems
    assert all(":" in problem.split("：")[0] for problem in problems)


def test_a_broken_list_is_not_loaded(tmp_path: Path) -> None:
    """Loading says every mistake; a list that is not there is said in one line."""
    path = tmp_path / "清单.yaml"
    path.write_text("kind: publication\nid: x\n", "utf-8")
    with pytest.raises(PackError):
        load.load_checklist(path)
    with pytest.raises(FazhiError, match="找不到"):
        load.load_checklist(tmp_path / "没有.yaml")


def test_lists_are_told_from_packs(tmp_path: Path) -> None:
    """By what they say of themselves."""
    other = tmp_path / "包.yaml"
    other.write_text("id: x\ntitle: 某包\n", "utf-8")

    assert load.is_checklist(load.default_path())
    assert not load.is_checklist(other)
    assert not load.is_checklist(tmp_path / "没有.yaml")
