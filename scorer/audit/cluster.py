"""Work given to the processes of a cluster: dask.distributed behind ``concurrent.futures``, in batches.

An option for offices whose folder lies where several machines reach it, all with this program. Whatever the cluster does not answer -
a machine that is gone, a file that kills or holds up its process - is done here, where processes can be ended.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorer.audit.workers import DEADLINE, Failure, Pool, attempt
from scorer.errors import FazhiError

BATCH = 25
"""Tasks in one message: to send fewer costs more than it gives."""
CONNECTING = 15.0
"""Seconds to reach the scheduler."""
SILENCE = 5
"""After so many times the seconds for one task without any answer the rest is done here."""


class Cluster(Pool):
    """Like ``Pool``, with the processes of a cluster. Raises ``FazhiError`` where dask is not installed or nobody answers.

    Paths in settings and tasks must be absolute and lead to the same files on all machines.
    """

    def __init__(
        self, address: str, prepare: Callable[[Any], Callable[[Any], Any]], settings: Any, jobs: int, deadline: float = DEADLINE
    ) -> None:
        super().__init__(prepare, settings, jobs, deadline)
        self._client = _connected(address)
        self._executor = self._client.get_executor(pure=False, retries=1)

    def __exit__(self, *given: object) -> None:
        super().__exit__(*given)
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=2)

    def run(self, tasks: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Results as they come, each with the number of its task; a ``Failure`` for a task that has none."""
        if not tasks:
            return
        left = deque(range(start, min(start + BATCH, len(tasks))) for start in range(0, len(tasks), BATCH))
        # As many batches as keep everybody busy: results of all would fill the memory while they are written.
        most = 2 * max(1, sum(self._client.ncores().values())) + 1
        pending: dict[Future[Any], range] = {}
        unanswered: list[int] = []
        while left or pending:
            while left and len(pending) < most:
                numbers = left.popleft()
                pending[self._executor.submit(work, program(), self._prepare, self._settings, [tasks[n] for n in numbers])] = numbers
            done, _ = wait(pending, timeout=SILENCE * self._deadline, return_when=FIRST_COMPLETED)
            if not done:
                unanswered += [n for numbers in (*pending.values(), *left) for n in numbers]
                for future in pending:
                    future.cancel()
                break
            for future in done:
                numbers = pending.pop(future)
                try:
                    results = future.result()
                except Exception:
                    unanswered += numbers
                    continue
                yield from zip(numbers, results, strict=True)
        for place, result in super().run([tasks[number] for number in unanswered]):
            yield unanswered[place], result


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise FazhiError("没有安装 dask，用不了 --scheduler", remedy="请先运行 pip install 'fazhi-scorer[cluster]'") from error
    try:
        return Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise FazhiError(
            "连不上调度器", where=address, remedy="请检查地址（如 tcp://10.0.0.5:8786），并确认 dask scheduler 已经启动"
        ) from error


# -- on the other side ----------------------------------------------------------------------------------------------------------

_turn = threading.Lock()
_held: list[tuple[str, Callable[[Any], Any]]] = []


def work(expected: str, prepare: Callable[[Any], Callable[[Any], Any]], settings: Any, tasks: Sequence[Any]) -> list[Any]:
    """One batch, in a process of the cluster: one at a time in each, which keeps what it prepared for the next."""
    with _turn:
        if program() != expected:
            return [Failure("stop", "计算节点上的程序与本机不是同一版本：请在各节点安装同一版本，再重新启动节点")] * len(tasks)
        key = hashlib.sha256(pickle.dumps((prepare, settings))).hexdigest()
        if not _held or _held[0][0] != key:
            made = attempt(prepare, settings)
            if isinstance(made, Failure):
                return [made] * len(tasks)
            _held[:] = [(key, made)]
        return [attempt(_held[0][1], task) for task in tasks]


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of what the program consists of, the same on every machine that has the same one."""
    from scorer.outputs.templates import templates_folder
    from scorer.rulepack.find import rules_folder

    digest = hashlib.sha256()
    for folder in (Path(__file__).parent.parent, templates_folder(), rules_folder()):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".j2", ".css", ".js", ".yaml", ".model")):
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
