"""The local page as an ASGI application. It keeps nothing: every request brings the file or the text that it is about.

| request | body | answer |
|---|---|---|
| ``GET /``, ``/desk.css``, ``/desk.js`` | – | the page |
| ``POST /api/check`` | the file or the text, as it is | JSON, see ``scorer.outputs.desk.result`` |
| ``POST /api/save/{form}`` | the same | the result as ``html``, ``docx``, ``plain``, ``xlsx`` or ``json``, to be saved |
| ``POST /api/publish`` | the same | JSON, see ``scorer.outputs.publication.desk`` |
| ``POST /api/outline`` | last year's report, or nothing | the outline as a Word file |
| ``GET /api/progress/{job}`` | – | ``[page, pages]`` of a check whose pages must be recognised, else ``[0, 0]`` |
| ``GET /api/open`` | – | an event stream without events, open as long as the page is |
| ``GET /api/hello`` | – | JSON: which program this is |
| ``POST /api/quit`` | – | 204; the program ends |

The query of the two posts: ``name`` (of the file), ``text=1`` (the body is text that was pasted or edited, UTF-8),
``level``, ``year``, ``published`` (ISO date), ``force=1`` (judge also what does not look like an annual report), ``job`` (a
name of the page's choosing, under which it can ask for the progress), ``cut`` and ``last`` (the body is so many bytes of the
report, then last year's of that name), ``unit`` (of an outline).
What goes wrong is answered with ``{"error": "…"}``, one Chinese sentence: 400 wrong query, 403 foreign origin, 408
too slow, 413 too large, 422 cannot be read, 500 a defect of ours. Bodies are raw on purpose: a form's parts would be spooled to disk.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

import anyio
import anyio.from_thread
import anyio.to_thread
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from scorer.errors import FazhiError
from scorer.web.guard import Guard
from scorer.web.work import FORMS, OUTLINE, PUBLISH, Answer, Refused, Task, done, refused

if TYPE_CHECKING:
    from scorer.web.review import Review

MAX_BYTES = 20_000_000
MAX_FILES = 50
PARALLEL = 2
"""How many bodies are held and assessed at once; others wait their turn."""
BODY_SECONDS = 30
"""A body comes from this machine: one that is not here by then holds up the others for nothing."""
BEAT = 15
"""Seconds between two signs of life to a page that is open."""


class Runner(Protocol):
    """Who does the work: see ``Apart``, which does it in other processes."""

    def run(self, task: Task, progress: Callable[[int, int], None], wanted: Callable[[], bool]) -> Answer:
        """The answer, or an exception."""

    def warm(self, pack: str) -> None:
        """Be ready for a task."""


class Visits:
    """Who has the page open: ``pages`` of them, and since when (``time.monotonic``) nobody has."""

    def __init__(self) -> None:
        self.pages = 0
        self.since = time.monotonic()

    def idle(self) -> float:
        """For how many seconds no page has been open."""
        return 0.0 if self.pages else time.monotonic() - self.since

    async def stream(self) -> AsyncIterator[bytes]:
        """Nothing, now and then, until the page goes away."""
        self.pages += 1
        try:
            while True:
                yield b":\n\n"
                await anyio.sleep(BEAT)
        finally:
            self.pages -= 1
            self.since = time.monotonic()


class Here:
    """Does the work in the thread that asks; a text that hangs then hangs for good."""

    def run(self, task: Task, progress: Callable[[int, int], None], _wanted: Callable[[], bool]) -> Answer:
        """The answer, or an exception."""
        return done(task, progress)

    def warm(self, pack: str) -> None:
        """Load the pack."""
        from scorer import assessing  # noqa: F401
        from scorer.rulepack.store import load_pack

        with contextlib.suppress(FazhiError):  # said when something is checked
            load_pack(pack)


def create_app(
    port: int,
    pack: str = "national",
    stop: Callable[[], None] | None = None,
    visits: Visits | None = None,
    runner: Runner | None = None,
    review: Review | None = None,
) -> Starlette:
    """The application for the page at ``127.0.0.1:port``; ``stop`` ends the program, ``visits`` counts who has it open,
    ``runner`` does the work (``Here``), ``review`` is the review desk, if there is to be one."""
    desk = _Desk(pack, stop or (lambda: None), visits or Visits(), runner or Here())
    return Starlette(
        routes=[
            Route("/", desk.page),
            Route("/desk.css", desk.style),
            Route("/desk.js", desk.script),
            Route("/api/check", _answered(desk.check), methods=["POST"]),
            Route("/api/publish", _answered(desk.publish), methods=["POST"]),
            Route("/api/outline", _answered(desk.outline), methods=["POST"]),
            Route("/api/save/{form}", _answered(desk.save), methods=["POST"]),
            Route("/api/progress/{job}", desk.progress),
            Route("/api/open", desk.open),
            Route("/api/hello", desk.hello),
            Route("/api/quit", desk.quit, methods=["POST"]),
            *(review.routes() if review else ()),
        ],
        middleware=[Middleware(Guard, port=port)],
        exception_handlers={404: _missing, 405: _missing},
    )


async def _missing(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": "没有这个页面"}, getattr(error, "status_code", 404))


def _answered(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The handler with every error as a sentence."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Exception as error:
            refusal = refused(error)
            return JSONResponse({"error": refusal.words}, refusal.status)

    return answer


class _Desk:
    """The handlers. They read the request and hand on; all work is done in threads, so that the page stays alive."""

    def __init__(self, pack: str, stop: Callable[[], None], visits: Visits, runner: Runner) -> None:
        self.pack = pack
        self.runner = runner
        self.stop = stop
        self.visits = visits
        self.turns = anyio.Semaphore(PARALLEL)
        self.pages: dict[str, tuple[int, int]] = {}  # by job, while it runs

    async def page(self, request: Request) -> Response:
        from scorer.outputs import desk

        # The pack is made ready while the user is still looking at the page.
        text = desk.page(max_bytes=MAX_BYTES, max_files=MAX_FILES)
        return Response(
            text,
            media_type="text/html",
            background=BackgroundTask(threading.Thread(target=self.runner.warm, args=(self.pack,), daemon=True).start),
        )

    async def style(self, request: Request) -> Response:
        from scorer.outputs import desk

        return Response(desk.stylesheet(), media_type="text/css")

    async def script(self, request: Request) -> Response:
        from scorer.outputs import desk

        return Response(desk.script(), media_type="text/javascript")

    async def check(self, request: Request) -> Response:
        return await self._answer(request, "")

    async def publish(self, request: Request) -> Response:
        return await self._answer(request, PUBLISH)

    async def outline(self, request: Request) -> Response:
        return await self._answer(request, OUTLINE)

    async def save(self, request: Request) -> Response:
        form = request.path_params["form"]
        if form not in FORMS:
            raise Refused(404, "没有这种格式")
        return await self._answer(request, form)

    async def progress(self, request: Request) -> Response:
        return JSONResponse(self.pages.get(request.path_params["job"], (0, 0)))

    async def open(self, request: Request) -> Response:
        return StreamingResponse(self.visits.stream(), media_type="text/event-stream")

    async def hello(self, request: Request) -> Response:
        from scorer.web.running import hello

        return JSONResponse(hello())

    async def quit(self, request: Request) -> Response:
        return Response(status_code=204, background=BackgroundTask(self.stop))

    async def _answer(self, request: Request, form: str) -> Response:
        job = request.query_params.get("job", "")[:40]

        def gone() -> bool:
            return anyio.from_thread.run(request.is_disconnected)

        def turned(page: int, pages: int) -> None:
            # Called before each page that must be recognised: nobody waits for the rest of a check that was cancelled.
            if gone():
                raise Refused(400, "检查已取消")
            if job:
                self.pages[job] = (page, pages)

        async with self.turns:
            try:
                with anyio.fail_after(BODY_SECONDS):
                    raw = await _body(request)
            except TimeoutError:
                raise Refused(408, "文件没有传完。请再试一次") from None
            task = Task(raw, dict(request.query_params), form, self.pack)
            try:
                answer = await anyio.to_thread.run_sync(lambda: self.runner.run(task, turned, lambda: not gone()))
                return Response(answer.body, headers=answer.headers)
            finally:
                self.pages.pop(job, None)


async def _body(request: Request) -> bytes:
    """The body, held in memory and never more than ``MAX_BYTES`` of it."""
    words = f"文件超过{MAX_BYTES // 1_000_000}MB。请只提交报告正文，或先删去文件里的图片"
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MAX_BYTES:
        raise Refused(413, words)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise Refused(413, words)
    return bytes(body)
