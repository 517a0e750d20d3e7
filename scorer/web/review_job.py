"""An audit run from the page: in a process of its own, so that the page stays alive and a run can be stopped (what is done is kept)."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.plan import Plan
from scorer.errors import FazhiError

RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"


class State(NamedTuple):
    """How far a run is: ``state``, what is being done, how many of how many; the lines to be read when it is done, or why it failed."""

    state: str
    what: str = ""
    done: int = 0
    total: int = 0
    lines: tuple[str, ...] = ()


class Job:
    """One run. ``finished`` is called, in a thread, when it is over."""

    def __init__(self, plan: Plan, finished: Callable[[State], None] = lambda state: None) -> None:
        self.out: Path = plan.out
        self.state = State(RUNNING, "准备")
        self._finished = finished
        context = multiprocessing.get_context("spawn")
        self._pipe, inner = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(inner, plan))
        self._process.start()
        inner.close()
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        """End it; what it has worked out so far is kept."""
        if self.state.state == RUNNING:
            self.state = self.state._replace(state=STOPPED)
        with suppress(OSError, ValueError):
            self._process.terminate()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                told: State = self._pipe.recv()
                if self.state.state == STOPPED:
                    break
                self.state = told
                if told.state != RUNNING:
                    break
        self._process.join(20)
        if self.state.state == RUNNING:
            self.state = State(FAILED, lines=("审核的进程意外结束。做完的都已保存，请再点一次，会接着做",))
        self._pipe.close()
        self._finished(self.state)


def _work(pipe: Connection, plan: Plan) -> None:
    """The life of the process."""
    pipe_of: Any = pipe

    def tell(what: str, done: int, total: int) -> None:
        pipe_of.send(State(RUNNING, what, done, total))

    try:
        from scorer.audit.run import run

        result = run(plan, tell)
        said = State(DONE, lines=tuple(result.lines))
    except FazhiError as error:
        said = State(FAILED, lines=tuple(str(error).splitlines()))
    except BrokenPipeError:
        return
    except Exception as error:
        said = State(FAILED, lines=(f"审核时程序出错（{type(error).__name__}），这是本工具的缺陷。做完的都已保存",))
    with suppress(OSError):
        pipe.send(said)
