"""The local page as an ASGI application. It keeps nothing: every request brings the file or the text that it is about.

| request | body | answer |
|---|---|---|
| ``GET /``, ``/desk.css``, ``/desk.js`` | – | the page |
| ``POST /api/check`` | the file or the text, as it is | JSON, see ``scorer.outputs.desk.result`` |
| ``POST /api/save/{form}`` | the same | the result as ``html``, ``docx``, ``xlsx`` or ``json``, to be saved |
| ``GET /api/progress/{job}`` | – | ``[page, pages]`` of a check whose pages must be recognised, else ``[0, 0]`` |
| ``GET /api/open`` | – | an event stream without events, open as long as the page is |
| ``GET /api/hello`` | – | JSON: which program this is |
| ``POST /api/quit`` | – | 204; the program ends |

The query of the two posts: ``name`` (of the file), ``text=1`` (the body is text that was pasted or edited, UTF-8),
``level``, ``year``, ``published`` (ISO date), ``force=1`` (judge also what does not look like an annual report), ``job`` (a
name of the page's choosing, under which it can ask for the progress).
What goes wrong is answered with ``{"error": "…"}``, one Chinese sentence: 400 wrong query, 403 foreign origin, 408
too slow, 413 too large, 422 cannot be read, 500 a defect of ours. Bodies are raw on purpose: a form's parts would be spooled to disk.
"""

from __future__ import annotations

import contextlib
import datetime
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

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

if TYPE_CHECKING:
    from scorer.assessing import Options
    from scorer.result import Assessment

MAX_BYTES = 20_000_000
MAX_FILES = 50
PARALLEL = 2
"""How many bodies are held and assessed at once; others wait their turn."""
BODY_SECONDS = 30
"""A body comes from this machine: one that is not here by then holds up the others for nothing."""
DRAFTS = frozenset({"docx", "doc", "rtf"})
BEAT = 15
"""Seconds between two signs of life to a page that is open."""
PASTED = "粘贴的文字"

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "html": ("text/html; charset=utf-8", "差距报告.html"),
    "docx": (_WORD, "批注.docx"),
    "xlsx": (_EXCEL, "缺项.xlsx"),
    "json": ("application/json; charset=utf-8", "结果.json"),
}


class _Refused(Exception):
    """A request that cannot be served: status and sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


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


def create_app(port: int, pack: str = "national", stop: Callable[[], None] | None = None, visits: Visits | None = None) -> Starlette:
    """The application for the page at ``127.0.0.1:port``; ``stop`` ends the program, ``visits`` counts who has it open."""
    desk = _Desk(pack, stop or (lambda: None), visits or Visits())
    return Starlette(
        routes=[
            Route("/", desk.page),
            Route("/desk.css", desk.style),
            Route("/desk.js", desk.script),
            Route("/api/check", _answered(desk.check), methods=["POST"]),
            Route("/api/save/{form}", _answered(desk.save), methods=["POST"]),
            Route("/api/progress/{job}", desk.progress),
            Route("/api/open", desk.open),
            Route("/api/hello", desk.hello),
            Route("/api/quit", desk.quit, methods=["POST"]),
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
        except _Refused as error:
            return JSONResponse({"error": error.words}, error.status)
        except FazhiError as error:
            return JSONResponse({"error": str(error)}, 422)
        except Exception as error:
            words = f"检查时程序出错（{type(error).__name__}），这是本工具的缺陷。请把这份文件的情况反馈给维护者，其余文件可以照常检查"
            return JSONResponse({"error": words}, 500)

    return answer


class _Desk:
    """The handlers. They read the request and hand on; all work is done in threads, so that the page stays alive."""

    def __init__(self, pack: str, stop: Callable[[], None], visits: Visits) -> None:
        self.pack = pack
        self.stop = stop
        self.visits = visits
        self.turns = anyio.Semaphore(PARALLEL)
        self.pages: dict[str, tuple[int, int]] = {}  # by job, while it runs

    async def page(self, request: Request) -> Response:
        from scorer.outputs import desk

        # The pack is made ready while the user is still looking at the page.
        text = desk.page(max_bytes=MAX_BYTES, max_files=MAX_FILES)
        return Response(text, media_type="text/html", background=BackgroundTask(threading.Thread(target=self._warm, daemon=True).start))

    async def style(self, request: Request) -> Response:
        from scorer.outputs import desk

        return Response(desk.stylesheet(), media_type="text/css")

    async def script(self, request: Request) -> Response:
        from scorer.outputs import desk

        return Response(desk.script(), media_type="text/javascript")

    async def check(self, request: Request) -> Response:
        def work(_raw: bytes, assessment: Assessment) -> Response:
            from scorer.outputs import desk

            return JSONResponse(desk.result(assessment))

        return await self._assessed(request, work)

    async def save(self, request: Request) -> Response:
        form = request.path_params["form"]
        if form not in FORMS:
            raise _Refused(404, "没有这种格式")
        text = request.query_params.get("text") == "1"

        def work(raw: bytes, assessment: Assessment) -> Response:
            if not assessment.is_annual_report:
                raise _Refused(422, f"不是法治政府建设年度报告，没有可以另存的结果：{assessment.reason}")
            media, ending = FORMS[form]
            name = f"{PurePath(assessment.source.path).stem or PASTED}.{ending}"
            disposition = f"attachment; filename=\"report.{form}\"; filename*=UTF-8''{quote(name, safe='')}"
            body = _written(form, raw, assessment, text)
            return Response(body, headers={"content-type": media, "content-disposition": disposition})

        return await self._assessed(request, work)

    async def progress(self, request: Request) -> Response:
        return JSONResponse(self.pages.get(request.path_params["job"], (0, 0)))

    async def open(self, request: Request) -> Response:
        return StreamingResponse(self.visits.stream(), media_type="text/event-stream")

    async def hello(self, request: Request) -> Response:
        from scorer.web.running import hello

        return JSONResponse(hello())

    async def quit(self, request: Request) -> Response:
        return Response(status_code=204, background=BackgroundTask(self.stop))

    def _warm(self) -> None:
        from scorer import assessing  # noqa: F401
        from scorer.rulepack.store import load_pack

        with contextlib.suppress(FazhiError):  # said when something is checked
            load_pack(self.pack)

    async def _assessed(self, request: Request, work: Callable[[bytes, Assessment], Response]) -> Response:
        query = request.query_params
        name = query.get("name", "")[:200] or PASTED
        force = query.get("force") == "1"
        job = query.get("job", "")[:40]

        def turned(page: int, pages: int) -> None:
            # Called before each page that must be recognised: nobody waits for the rest of a check that was cancelled.
            if anyio.from_thread.run(request.is_disconnected):
                raise _Refused(400, "检查已取消")
            if job:
                self.pages[job] = (page, pages)

        async with self.turns:
            try:
                with anyio.fail_after(BODY_SECONDS):
                    raw = await _body(request)
            except TimeoutError:
                raise _Refused(408, "文件没有传完。请再试一次") from None

            def assess() -> Response:
                from scorer.assessing import assess
                from scorer.readers import read
                from scorer.rulepack.store import load_pack

                document = read(raw, name=name, progress=turned)
                # What is pasted or written in Word is a draft: it need not show the date of a page that is not there yet.
                options = replace(_options(query), draft=query.get("text") == "1" or document.format in DRAFTS)
                return work(raw, assess(document, load_pack(self.pack), options, force=force))

            try:
                return await anyio.to_thread.run_sync(assess)
            finally:
                self.pages.pop(job, None)


async def _body(request: Request) -> bytes:
    """The body, held in memory and never more than ``MAX_BYTES`` of it."""
    words = f"文件超过{MAX_BYTES // 1_000_000}MB。请只提交报告正文，或先删去文件里的图片"
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MAX_BYTES:
        raise _Refused(413, words)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise _Refused(413, words)
    return bytes(body)


def _options(query: Any) -> Options:
    """The options of a query. Raises ``_Refused`` on what is not understood."""
    from scorer.assessing import Options

    try:
        year = int(query["year"]) if query.get("year") else None
        published = datetime.date.fromisoformat(query["published"]) if query.get("published") else None
        if year is not None and not 1990 <= year <= 2100:
            raise ValueError(year)
        return Options(year, query.get("level") or None, published)
    except ValueError as error:
        raise _Refused(400, "层级、报告年度或公开日期认不出来。请重新选择") from error


def _written(form: str, raw: bytes, assessment: Assessment, text: bool) -> bytes:
    """The result in a form to be saved."""
    if form == "html":
        from scorer.outputs import html

        return html.render(assessment).encode()
    if form == "json":
        from scorer.outputs import json

        return json.render([assessment], array=False).encode()
    if form == "xlsx":
        from scorer.outputs import gaps_xlsx

        return gaps_xlsx.render(assessment)
    from scorer.outputs import annotated

    # Comments go into the file itself where it is one of Word's; any other text becomes a new Word file.
    return annotated.annotate(raw, assessment) if assessment.source.format == "docx" and not text else annotated.from_text(assessment)
