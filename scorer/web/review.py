"""The review desk as routes beside the page: who may come in, what is asked for, what is written.

| request | answer |
|---|---|
| ``GET /review/enter?t=CODE`` | sets the cookie without which nothing below is answered, leads to the desk |
| ``GET /review/`` | choose a folder of results, or a new audit |
| ``GET /review/browse?path=`` | JSON: folders and rosters of this machine, names only |
| ``POST /review/open``, ``/review/new`` | open results; run an audit |
| ``GET /review/running``, ``/review/job`` | the page and the state (JSON) of the run |
| ``GET /review/KEY/…`` | ``overview``, ``view/NAME`` (leads to its next item), ``item/N``, ``bulk/N``, ``pairs`` of an opened audit |
| ``POST /review/KEY/…`` | ``decide``, ``undo``, ``assign``, ``more``, ``run``, ``stop``: JSON ``{"next": address}`` |
| ``GET /review/files/CODE/KEY/…`` | the outputs, in a sandbox; their address is the key, for their links bring no cookie |

What is posted is JSON. What goes wrong is ``{"error": "…"}`` with 400, or a page that says it. Other people on the same machine
can reach the port too: hence the code, which only the user's own browser and terminal see.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from scorer.audit.ownfile import clean_name
from scorer.errors import FazhiError
from scorer.web import review_pages as pages
from scorer.web.review_folders import listing
from scorer.web.review_site import Site

COOKIE, NAME = "fazhi", "fazhi_by"
MAX_BODY = 1_000_000
SANDBOX = "sandbox allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For pages of the outputs, which bring policies of their own: whoever edited one gets no hold of the desk."""
TYPES = {".html": "text/html; charset=utf-8", ".docx": "application/octet-stream", ".xlsx": "application/octet-stream"}


class Review:
    """The desk of one running program. ``folder`` is opened from the start where the user named one."""

    def __init__(self, pack: str = "national", folder: Path | None = None) -> None:
        self.code = secrets.token_urlsafe(24)
        self.site = Site(pack)
        self.start = self.site.open(folder) if folder is not None else ""

    @property
    def entrance(self) -> str:
        """The address within the program by which its own user comes in."""
        return f"/review/enter?t={self.code}" + ("" if self.start else "&to=/")

    def routes(self) -> list[Route]:
        """All routes."""
        get, post = ["GET"], ["POST"]
        return [
            Route("/review/review.css", self._style, methods=get),
            Route("/review/review.js", self._script, methods=get),
            Route("/review/enter", self._enter, methods=get),
            Route("/review/files/{code}/{key}/{path:path}", self._file, methods=get),
            Route("/review/", self._page(self._home), methods=get),
            Route("/review/browse", self._asked(self._browse), methods=get),
            Route("/review/job", self._asked(self._job), methods=get),
            Route("/review/running", self._page(self._running), methods=get),
            Route("/review/{key}/", self._page(self._first), methods=get),
            Route("/review/{key}/overview", self._page(self._overview), methods=get),
            Route("/review/{key}/view/{view}", self._page(self._view), methods=get),
            Route("/review/{key}/item/{number:int}", self._page(self._item), methods=get),
            Route("/review/{key}/bulk/{number:int}", self._page(self._bulk), methods=get),
            Route("/review/{key}/pairs", self._page(self._pairs), methods=get),
            Route("/review/open", self._posted(self._open), methods=post),
            Route("/review/new", self._posted(self._new), methods=post),
            Route("/review/stop", self._posted(self._stop), methods=post),
            Route("/review/{key}/{what}", self._posted(self._act), methods=post),
        ]

    # -- who may come in

    def _may(self, request: Request) -> bool:
        return secrets.compare_digest(request.cookies.get(COOKIE, ""), self.code)

    async def _enter(self, request: Request) -> Response:
        if not secrets.compare_digest(request.query_params.get("t", ""), self.code):
            return _html(pages.render("review-locked.html.j2"), 403)
        to = request.query_params.get("to", "")
        answer = RedirectResponse("/" if to == "/" else f"/review/{self.start}/" if self.start else "/review/", 303)
        answer.set_cookie(COOKIE, self.code, httponly=True, samesite="strict")
        return answer

    def _page(self, handler: Callable[[Request, str], Response]) -> Callable[[Request], Awaitable[Response]]:
        """A handler of a page: only for who came in, in a thread, with every mistake as a page."""

        async def answer(request: Request) -> Response:
            if not self._may(request):
                return _html(pages.render("review-locked.html.j2"), 403)
            try:
                return await anyio.to_thread.run_sync(handler, request, unquote(request.cookies.get(NAME, "")))
            except FazhiError as error:
                return _html(pages.render("review-error.html.j2", problem=str(error)), 400)
            except Exception as error:
                return _html(pages.render("review-error.html.j2", problem=_defect(error)), 500)

        return answer

    def _asked(self, handler: Callable[[Request], Any]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not self._may(request):
                return JSONResponse({"error": "请用启动时显示的地址重新打开审核台"}, 403)
            try:
                return JSONResponse(await anyio.to_thread.run_sync(handler, request))
            except FazhiError as error:
                return JSONResponse({"error": str(error)}, 400)
            except Exception as error:
                return JSONResponse({"error": _defect(error)}, 500)

        return answer

    def _posted(self, handler: Callable[[Request, dict[str, Any], str], Any]) -> Callable[[Request], Awaitable[Response]]:
        """A handler of what is posted; a reviewer's name that comes with it is remembered by the browser."""

        async def answer(request: Request) -> Response:
            if not self._may(request):
                return JSONResponse({"error": "请用启动时显示的地址重新打开审核台"}, 403)
            try:
                data = await _data(request)
                by = clean_name(str(data["by"])) if data.get("by") else unquote(request.cookies.get(NAME, ""))
                result = JSONResponse(await anyio.to_thread.run_sync(handler, request, data, by))
                if data.get("by"):
                    result.set_cookie(NAME, quote(by), max_age=31_536_000, httponly=True, samesite="strict")
                return result
            except FazhiError as error:
                return JSONResponse({"error": str(error)}, 400)
            except (KeyError, TypeError, ValueError):
                return JSONResponse({"error": "请求不完整，请刷新页面再试"}, 400)
            except Exception as error:
                return JSONResponse({"error": _defect(error)}, 500)

        return answer

    # -- pages

    async def _style(self, request: Request) -> Response:
        return Response(pages.stylesheet(), media_type="text/css")

    async def _script(self, request: Request) -> Response:
        return Response(pages.script(), media_type="text/javascript")

    def _home(self, request: Request, by: str) -> Response:
        return _html(self.site.home(by))

    def _browse(self, request: Request) -> Any:
        return listing(request.query_params.get("path", ""), request.query_params.get("files") == "1")

    def _job(self, request: Request) -> Any:
        return self.site.job_state()

    def _running(self, request: Request, by: str) -> Response:
        return _html(self.site.running())

    def _first(self, request: Request, by: str) -> Response:
        return RedirectResponse(self.site.first(request.path_params["key"], by) if by else self._named(request), 303)

    def _view(self, request: Request, by: str) -> Response:
        key, view = request.path_params["key"], request.path_params["view"]
        return RedirectResponse(self.site.view(key, view) if by else self._named(request), 303)

    def _named(self, request: Request) -> str:
        return f"/review/{request.path_params['key']}/overview"

    def _overview(self, request: Request, by: str) -> Response:
        key = request.path_params["key"]
        return _html(pages.overview(self.site.desk(key), key, by, f"/review/files/{self._files_code(key)}/{key}"))

    def _item(self, request: Request, by: str) -> Response:
        if not by:
            return RedirectResponse(self._named(request), 303)
        key, number = request.path_params["key"], request.path_params["number"]
        return _html(pages.item_page(self.site.desk(key), key, by, number, request.query_params.get("view", "first")))

    def _bulk(self, request: Request, by: str) -> Response:
        if not by:
            return RedirectResponse(self._named(request), 303)
        key, number = request.path_params["key"], request.path_params["number"]
        return _html(pages.bulk_page(self.site.desk(key), key, by, number, request.query_params.get("view", "first")))

    def _pairs(self, request: Request, by: str) -> Response:
        if not by:
            return RedirectResponse(self._named(request), 303)
        key, number = request.path_params["key"], request.query_params.get("at", "-1")
        return _html(pages.pairs_page(self.site.desk(key), key, by, int(number) if number.isdecimal() else -1))

    # -- what is posted

    def _open(self, request: Request, data: dict[str, Any], by: str) -> Any:
        return {"next": f"/review/{self.site.open(Path(_path(data, 'folder')))}/overview"}

    def _new(self, request: Request, data: dict[str, Any], by: str) -> Any:
        self.site.new(data, by)
        return {"next": "/review/running"}

    def _stop(self, request: Request, data: dict[str, Any], by: str) -> Any:
        return {"next": self.site.stop()}

    def _act(self, request: Request, data: dict[str, Any], by: str) -> Any:
        return {"next": self.site.act(request.path_params["key"], request.path_params["what"], data, by)}

    # -- the outputs

    def _files_code(self, key: str) -> str:
        return hashlib.sha256(f"files {self.code} {key}".encode()).hexdigest()[:32]

    async def _file(self, request: Request) -> Response:
        key = request.path_params["key"]
        if not secrets.compare_digest(request.path_params["code"], self._files_code(key)):
            return _html(pages.render("review-locked.html.j2"), 403)
        try:
            path = self.site.output(key, request.path_params["path"])
            body = await anyio.to_thread.run_sync(path.read_bytes)
        except (FazhiError, OSError):
            return _html(pages.render("review-error.html.j2", problem="没有这个文件，可能还没有生成"), 404)
        headers = {"content-security-policy": SANDBOX, "content-type": TYPES[path.suffix]}
        if path.suffix != ".html":
            headers["content-disposition"] = f"attachment; filename=\"file{path.suffix}\"; filename*=UTF-8''{quote(path.name, safe='')}"
        return Response(body, headers=headers)


def _defect(error: Exception) -> str:
    return f"程序出错（{type(error).__name__}），这是本工具的缺陷。已有的决定都在；请刷新再试，并把情况反馈给维护者"


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="text/html")


def _path(data: dict[str, Any], name: str) -> str:
    words = str(data.get(name) or "").strip().strip('"')
    if not words:
        raise FazhiError("请选文件夹", remedy="点“浏览”，或写完整的路径")
    return words


async def _data(request: Request) -> dict[str, Any]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise FazhiError("内容太多")
    data = json.loads(body or b"{}")
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data
