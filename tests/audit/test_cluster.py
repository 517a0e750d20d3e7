"""Work given to a cluster: the same bytes as without one, and nothing is lost with a machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus
import pytest

from scorer.audit import cluster
from scorer.audit.cluster import Cluster, work
from scorer.audit.run import Plan, run
from scorer.audit.workers import Failure
from scorer.errors import FazhiError

distributed = pytest.importorskip("distributed", reason="dask is not installed: pip install 'fazhi-scorer[cluster]'")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two workers on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0) as local:
        yield local.scheduler_address


def contents(out: Path) -> dict[str, bytes]:
    """Every output but the store and the log, without the line of time."""
    kept = {}
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith(".fazhi/") and name not in ("index.html", "运行记录.txt"):
            kept[name] = path.read_bytes()
    return kept


def test_same_bytes_as_without(address: str, tmp_path: Path) -> None:
    """Two batches of reports and a broken file: the outputs are those of processes of this machine."""
    folder = tmp_path / "in"
    corpus.write(folder, 30, size=700)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    alone = run(Plan(folder, tmp_path / "alone", jobs=1)).audit
    spread = run(Plan(folder, tmp_path / "spread", scheduler=address)).audit

    assert [entry.state for entry in spread.entries] == [entry.state for entry in alone.entries]
    assert contents(tmp_path / "spread") == contents(tmp_path / "alone")


def double(settings: int) -> Any:
    """Prepares a task that doubles; one that is told to, fails."""

    def doubled(task: int) -> int:
        if task < 0:
            raise ValueError("as told")
        return settings * task

    return doubled


def test_results_come_with_their_numbers_whatever_their_order(address: str) -> None:
    """More batches than fit at once, all answered; a task that fails costs itself."""
    with Cluster(address, double, 2, 1) as pool:
        found = dict(pool.run([*range(300), -1]))

    assert found == {**{number: 2 * number for number in range(300)}, 300: Failure("error", "ValueError")}


def test_what_the_cluster_does_not_answer_is_done_here(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch that comes back as an error of the cluster's is worked on by processes of this machine."""

    class Gone:
        def submit(self, *_: object) -> Any:
            future: Any = cluster.Future()
            future.set_exception(OSError("the machine is gone"))
            return future

        def shutdown(self, **_: object) -> None:
            """Nothing to end."""

    with Cluster(address, double, 3, 1) as pool:
        monkeypatch.setattr(pool, "_executor", Gone())
        assert dict(pool.run([1, 2])) == {0: 3, 1: 6}


def test_another_version_on_the_other_side_stops_the_run() -> None:
    """Results of another program would be taken for this one's: one line says what to do."""
    (result,) = work("another program", double, 2, [1])

    assert result.kind == "stop"
    assert "同一版本" in result.detail


def test_a_scheduler_that_does_not_answer_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at the address."""
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(FazhiError, match="连不上调度器"):
        Cluster(address, double, 2, 1)
