"""What keeps other people's pages out: every request is checked before it is read, every answer carries strict headers.

A page of another site that the user has open can send requests to this machine, and can give its own name this machine's
address (DNS rebinding). The ``Host`` of every request must therefore be this page's own; the ``Origin`` of everything
that is posted too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """ASGI middleware: refuses foreign hosts and origins with 403 and a sentence, and sets ``HEADERS`` on every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                # A page that is given out in a sandbox says so itself.
                strict = _HEADERS[1:] if any(name.lower() == _HEADERS[0][0] for name, _ in own) else _HEADERS
                message["headers"] = [*own, *strict]
            await send(message)

        reason = self._refusal(scope)
        if not reason:
            await self.app(scope, receive, send_guarded)
            return
        body = json.dumps({"error": reason}, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send_guarded({"type": "http.response.start", "status": 403, "headers": headers})
        await send_guarded({"type": "http.response.body", "body": body})

    def _refusal(self, scope: Scope) -> str:
        """Why the request is refused; empty when it is not."""
        given: dict[bytes, list[str]] = {}
        for name, value in scope["headers"]:
            given.setdefault(name, []).append(value.decode("latin-1"))
        hosts = given.get(b"host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return "只接受本机浏览器直接打开的页面。请用启动时显示的地址打开"
        if scope["method"] in ("GET", "HEAD"):
            return ""
        if given.get(b"origin") != [f"http://{hosts[0].lower()}"] or given.get(b"sec-fetch-site", ["same-origin"]) != ["same-origin"]:
            return "拒绝了别的网页发来的请求"
        return ""
