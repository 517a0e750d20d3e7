"""The page on this machine: a socket on 127.0.0.1, the server on it, the browser before it."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.web.app import Visits
    from scorer.web.review import Review

PORT = 8470


def bind(port: int = PORT) -> socket.socket:
    """A listening socket on 127.0.0.1: on ``port``, or on a free one where that is taken."""
    for wanted in (port, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two programs share the port; without this another one could take it over.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", wanted))
            listener.listen(64)
        except OSError:
            listener.close()
            if wanted == 0:
                raise
            continue
        return listener
    raise AssertionError("port 0 always binds or raises")


def run(listener: socket.socket, pack: str, *, show: bool, linger: float | None = None, review: Review | None = None) -> None:
    """Serve the page on the socket until it is ended from the page or by Ctrl-C; ``show`` opens the browser.

    ``review`` is the review desk; without one given there is one of its own. With ``linger`` it ends by itself, so many seconds after the last page was closed.
    """
    import uvicorn

    from scorer.web.apart import Apart
    from scorer.web.app import Visits, create_app
    from scorer.web.review import Review

    def stop() -> None:
        server.should_exit = True

    visits = Visits()
    desk = review or Review(pack)
    port = listener.getsockname()[1]
    checks = Apart()
    config = uvicorn.Config(
        create_app(port, pack, stop, visits, checks, desk),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # a check that Ctrl-C breaks off is no error to be traced
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        limit_concurrency=200,
    )

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Before connections are waited for, and before uvicorn hands the signal on, which ends this process.
            checks.close()
            desk.site.close()
            await super().shutdown(sockets)

    server = Server(config)
    if show:
        import webbrowser

        # The socket already listens: the browser's first request waits in its queue until the server is up.
        threading.Thread(target=webbrowser.open, args=(f"http://127.0.0.1:{port}{desk.entrance}",), daemon=True).start()
    if linger is not None:
        threading.Thread(target=_watch, args=(visits, linger, stop), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def _watch(visits: Visits, linger: float, stop: Callable[[], None]) -> None:
    """End the program when nobody has had the page open for so long."""
    while visits.idle() < linger:
        time.sleep(min(5.0, linger / 4))
    stop()
