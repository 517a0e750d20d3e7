"""Accessibility of the desk and of the gap report, judged by axe-core."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import audit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
def test_empty_desk(opened: Callable[..., Page], axe: str, scheme: str) -> None:
    """No violation before anything is checked."""
    assert audit(opened(color_scheme=scheme), axe) == []


@SCHEMES
@pytest.mark.parametrize("width", [1366, 320])
def test_desk_with_a_result(opened: Callable[..., Page], axe: str, scheme: str, width: int) -> None:
    """None in the editor with a comparison, and none in the marked text with everything unfolded."""
    page = opened(width, color_scheme=scheme)
    page.click("#d-sample")
    page.wait_for_selector("#r-mend")
    page.fill("#d-text", page.input_value("#d-text").replace("96%", "92.3%"))
    page.wait_for_selector("#d-changes:not([hidden])")
    assert audit(page, axe) == []

    page.click("#d-mode label:has-text('标注')")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert audit(page, axe) == []


@SCHEMES
def test_desk_with_files_and_an_error(opened: Callable[..., Page], axe: str, scheme: str, tmp_path: Path) -> None:
    """None in the table of files, none with an error shown."""
    broken = tmp_path / "坏了.docx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 500)
    page = opened(color_scheme=scheme)
    page.set_input_files("#d-files", [ROOT / "examples" / "gaps.docx", broken])
    page.wait_for_selector("#d-list-n:has-text('已查完 2')")
    assert audit(page, axe) == []

    page.click("#d-rows button >> nth=1")
    assert audit(page, axe) == []


@SCHEMES
def test_desk_with_the_list_before_publication_and_the_outline(opened: Callable[..., Page], axe: str, scheme: str) -> None:
    """None with the list open, none in the box that asks for the outline."""
    page = opened(color_scheme=scheme)
    page.click("#d-sample")
    page.wait_for_selector("#r-mend")
    page.fill("#d-text", page.input_value("#d-text") + "\n会同县工商局检查____次。")
    page.click("#d-publish")
    page.wait_for_selector("#d-publication-list li")
    assert audit(page, axe) == []

    page.click("#d-outline")
    page.wait_for_selector("#d-outline-box")
    assert audit(page, axe) == []


@SCHEMES
def test_list_before_publication(browser: Browser, axe: str, scheme: str, tmp_path: Path) -> None:
    """None in the page of its own."""
    from scorer import read
    from scorer.outputs import publication
    from scorer.publishing import before_publication

    report = tmp_path / "报告.txt"
    report.write_text("某某县2024年法治政府建设年度报告\n会同县工商局检查____次，电话13912345678。\n", "utf-8")
    file = tmp_path / "list.html"
    file.write_text(publication.html(before_publication(read(report))), "utf-8")
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    assert audit(page, axe) == []
    page.close()


@SCHEMES
@pytest.mark.parametrize("example", ["gaps.txt", "complete.html"])
def test_gap_report(browser: Browser, axe: str, scheme: str, example: str, tmp_path: Path) -> None:
    """None in the page that is handed on, folded and unfolded."""
    from scorer import assess, read
    from scorer.outputs import html

    file = tmp_path / "report.html"
    file.write_text(html.render(assess(read(ROOT / "examples" / example))), "utf-8")
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    assert audit(page, axe) == []

    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert audit(page, axe) == []
    page.close()
