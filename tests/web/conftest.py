"""The desk as users have it: the program in a process of its own, the system's Chromium before it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import reviewing
from browsing import CHROMIUM, QUIET, REBOUND, ROOT, Served, start

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # pragma: no cover - the test extra brings it
    sync_playwright = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests."""
    folder = tmp_path_factory.mktemp("served")
    served = start(folder)
    yield served
    served.process.terminate()
    served.process.communicate(timeout=20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an audit, made once."""
    place = tmp_path_factory.mktemp("audited")
    reviewing.audited(place)
    return place


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """Its results, to be changed; the reports moved with them."""
    shutil.copytree(made, tmp_path / "案卷")
    return tmp_path / "案卷" / "结果"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without it the tests are skipped."""
    if sync_playwright is None:
        pytest.skip("playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this system: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET.split(), f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"]
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Opens the desk; afterwards no page may have asked another host for anything or met an error of its script."""
    contexts = []
    asked: list[str] = []
    errors: list[str] = []

    def open_page(width: int = 1366, height: int = 768, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        page.goto(served.base)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith((served.base, "data:", "blob:"))] == []
    assert errors == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from ``FAZHI_AXE`` or a node_modules folder; without it the tests are skipped."""
    places = [Path(os.environ["FAZHI_AXE"])] if os.environ.get("FAZHI_AXE") else []
    places += [folder / "node_modules" / "axe-core" for folder in (ROOT, *ROOT.parents)]
    for place in places:
        file = place / "axe.min.js" if place.is_dir() else place
        if file.is_file():
            return file.read_text("utf-8")
    pytest.skip("axe-core is not there: npm install axe-core, and FAZHI_AXE=…/node_modules/axe-core")
