"""The queue of the review desk: what a run lays out for it, and several reviewers' files in a run."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest

from scorer.audit.queue import Queue
from scorer.audit.run import Plan, run
from scorer.errors import FazhiError

UNITS = ("平川县司法局", "平川县教育局", "平川县水利局")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports; two of them are mostly the same."""
    place = tmp_path / "报送"
    place.mkdir()
    for unit in UNITS:
        (place / f"{unit}.txt").write_text(corpus.report(unit, size=900), "utf-8")
    return place


def test_everything_that_can_be_decided_is_there(folder: Path, tmp_path: Path) -> None:
    """A row for each unit, an item for each that can be decided, with its sentence; samples are drawn from what was surely met."""
    out = tmp_path / "out"
    audit = run(Plan(folder, out, jobs=1)).audit
    queue = Queue(out)

    assert [row.unit for row in queue.rows] == [entry.unit for entry in audit.entries]
    assert all(len(row.text_sha256) == 64 for row in queue.rows)
    assert {item.kind for item in queue.items} >= {"element", "verdict"}
    assert queue.item(1) == queue.items[0] and queue.item(0) is None and queue.item(len(queue.items) + 1) is None
    drawn = [item for item in queue.items if item.chance >= 0]
    assert drawn and all((item.kind, item.machine, item.certainty) == ("element", "met", "sure") for item in drawn)
    assert sum(queue.counts().values()) == 3


def test_the_sample_stays_while_the_audit_lasts(folder: Path, tmp_path: Path) -> None:
    """Running again draws the same; another audit of the same reports draws another one."""

    def order(out: Path) -> list[tuple[str, str]]:
        queue = Queue(out)
        drawn = sorted((item for item in queue.items if item.chance >= 0), key=lambda item: item.chance)
        return [(queue.rows[item.row].unit, item.key) for item in drawn]

    out = tmp_path / "out"
    run(Plan(folder, out, jobs=1))
    first = order(out)
    before = Queue(out)
    run(Plan(folder, out, jobs=1, fresh=True))
    run(Plan(folder, tmp_path / "other", jobs=1))

    assert order(out) == first
    assert before.changed(out)
    assert order(tmp_path / "other") != first


def test_no_queue(tmp_path: Path) -> None:
    """A folder without one is said to have none."""
    with pytest.raises(FazhiError, match="没有可以复核的审核结果"):
        Queue(tmp_path)


def test_reviewers_files_are_merged_in_a_run(folder: Path, tmp_path: Path) -> None:
    """What reviewers wrote in files of their own holds; where they differ the program's verdict stands, and it is said."""
    out = tmp_path / "out"
    run(Plan(folder, out, jobs=1))
    entry = "  - {{file: {}.txt, rule: form.title, status: {}, by: {}, date: 2024-03-10, reason: 看过}}\n"
    (out / "review-张三.yaml").write_text(
        "entries:\n" + entry.format(UNITS[0], "缺失", "张三") + entry.format(UNITS[1], "缺失", "张三"), "utf-8"
    )
    (out / "review-李四.yaml").write_text("entries:\n" + entry.format(UNITS[1], "不足", "李四"), "utf-8")
    done = run(Plan(folder, out, jobs=1))

    def status(unit: str) -> tuple[str, str]:
        summary = next(entry.summary for entry in done.audit.entries if entry.unit == unit)
        assert summary is not None
        return next((v.status, v.machine) for v in summary.verdicts if v.rule == "form.title")

    assert status(UNITS[0])[0] == "missing"
    assert status(UNITS[1])[0] == status(UNITS[1])[1]
    assert any("张三定为缺失，李四定为不足，意见不一" in line for line in done.lines)
