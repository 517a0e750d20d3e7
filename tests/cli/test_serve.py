"""``fazhi serve`` as a command: its words, its port, its end."""

from __future__ import annotations

import http.client
import importlib.util
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import ROOT, start
from click.testing import CliRunner

from scorer.cli.app import app
from scorer.errors import FazhiError


def test_help_teaches_also_those_without_a_terminal() -> None:
    """What it does, that nothing leaves the machine, how to make a shortcut."""
    words = CliRunner().invoke(app, ["serve", "--help"]).output

    for part in ("本机", "不联网", "pythonw -m scorer serve", "--port", "--no-open", "Ctrl-C"):
        assert part in words


def test_missing_extra_is_one_line_saying_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a stack trace about a module."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else found(name))

    error = CliRunner().invoke(app, ["serve"]).exception
    assert isinstance(error, FazhiError)
    assert "fazhi-scorer[web]" in str(error)


def test_wrong_pack_is_said_before_anything_opens(tmp_path: Path) -> None:
    """At the start, not in the middle of a check."""
    pack = tmp_path / "本县.yaml"
    pack.write_text("id: mine\n", "utf-8")

    error = CliRunner().invoke(app, ["serve", "--no-open", "--pack", str(pack)]).exception
    assert isinstance(error, FazhiError)
    assert "本县.yaml" in str(error)


def test_taken_port_is_changed_and_ctrl_c_ends_politely(tmp_path: Path) -> None:
    """The page is on another port, on this machine only, and the program ends without a stack trace."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = start(tmp_path, "--port", str(taken.getsockname()[1]))
        port = int(served.base.rstrip("/").rpartition(":")[2])
        assert port != taken.getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    served.process.send_signal(signal.SIGINT)
    out, error = served.process.communicate(timeout=30)

    assert served.process.returncode == 0
    assert "已退出" in out and "已被占用" in error and "Traceback" not in error


def test_runs_without_any_terminal(tmp_path: Path) -> None:
    """As ``pythonw`` starts it: no standard streams at all."""
    code = (
        "import sys, threading, time, http.client; sys.stdout = sys.stderr = sys.stdin = None\n"
        "from scorer.web import server\n"
        "bound = server.bind\n"
        "def bind(port):\n"
        "    listener = bound(0); own = listener.getsockname()[1]\n"
        "    def ask():\n"
        "        c = http.client.HTTPConnection('127.0.0.1', own); c.request('GET', '/'); status = c.getresponse().status\n"
        "        open('status', 'w').write(str(status))\n"
        "        c = http.client.HTTPConnection('127.0.0.1', own)\n"
        "        c.request('POST', '/api/quit', headers={'Origin': f'http://127.0.0.1:{own}'}); c.getresponse()\n"
        "    threading.Thread(target=ask).start()\n"
        "    return listener\n"
        "server.bind = bind\n"
        "sys.argv = ['scorer', 'serve', '--no-open']\n"
        "from scorer.cli.main import main; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**_environment(), "PYTHONPATH": str(ROOT)}, timeout=60)

    assert done.returncode == 0
    assert (tmp_path / "status").read_text() == "200"


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)
