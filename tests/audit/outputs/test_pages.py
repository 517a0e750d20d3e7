"""The overview of thousands of units: small, complete on its pages without script, searchable with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from audits import audit as invented
from browsing import CHROMIUM, QUIET

from scorer.audit.outputs.page import FIRST, PAGED, PER_PAGE, View
from scorer.audit.outputs.pages import LISTS, ROWS, beside

try:
    from playwright.sync_api import Page, sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

COUNT = 900


@pytest.fixture(scope="module")
def view() -> View:
    """An audit of many units."""
    return View(invented(COUNT))


@pytest.fixture(scope="module")
def files(view: View) -> dict[str, str]:
    """All pages by name."""
    return {"index.html": view.overview(), **dict(beside(view))}


def units_of(page: str) -> list[str]:
    """The names in the table of units."""
    return [
        row.text_content()
        for row in lxml.html.document_fromstring(page).xpath("//table[@id='units']/tbody/tr/th/a|//table[@id='units']/tbody/tr/th[not(a)]")
    ]


def test_few_units_need_no_pages() -> None:
    """Up to a bound everything stands in the overview, and no page is written beside it."""
    view = View(invented(28))

    assert not view.paged and list(beside(view)) == []
    assert "units/" not in view.overview()


def test_overview_of_three_thousand_is_small() -> None:
    """However many units, the overview stays under 400 KB, also where nearly everything is lacking, and each page too."""
    view = View(invented(3000, part=0.9))

    assert len(view.overview().encode()) <= 400_000
    assert all(len(text.encode()) <= 400_000 for name, text in beside(view) if name not in (ROWS, LISTS))


def test_every_unit_stands_on_one_page_and_pages_lead_to_each_other(view: View, files: dict[str, str]) -> None:
    """Without script each unit is found by links alone, in the order of the roster, with its map of elements; no link leads to nothing."""
    numbered = sorted(name for name in files if re.fullmatch(r"units/\d+\.html", name))
    found = [name for page in numbered for name in units_of(files[page])]

    assert len(numbered) == -(-COUNT // PER_PAGE)
    assert [re.sub(r"(?:对应待确认|另有\d+份旧稿)+$", "", name) for name in found] == [row.name for row in view.rows]
    assert sum(files[page].count("<td class=m>") for page in numbered) > 0
    for name, text in files.items():
        for link in lxml.html.document_fromstring(text).xpath("//@href") if name.endswith(".html") else ():
            target = (Path("/") / Path(name).parent / link.partition("#")[0]).resolve().as_posix().removeprefix("/")
            assert link.startswith(("#", "data:")) or target in files or target.startswith("reports/"), (name, link)


def test_overview_shows_first_what_needs_an_eye(view: View, files: dict[str, str]) -> None:
    """Units that go back stand before those that pass; lists are cut and lead to the whole ones, which name every unit."""
    overview = lxml.html.document_fromstring(files["index.html"])
    gates = overview.xpath("//table[@id='units']/tbody/tr/td[last()]/text()")
    late = [entry.unit for entry in view.due.entries if entry.late]

    assert len(gates) == FIRST < PAGED
    passing = [gate.strip() in ("修改后通过", "通过") for gate in gates]
    assert passing == sorted(passing) and not passing[0]
    assert f"共 {len(view.rows)} 个单位" in files["index.html"]
    assert all(unit in files[LISTS] for unit in late)
    assert "全部清单" in files["index.html"] and "全部清单" not in files[LISTS]


def test_pages_admit_no_script(files: dict[str, str]) -> None:
    """Pages have none; the overview admits its own by hash and what that one fetches beside it, nothing else."""
    for name, text in files.items():
        if name.endswith(".html"):
            scripts = lxml.html.document_fromstring(text).xpath("//script")
            assert len(scripts) == (name == "index.html")
            assert "unsafe" not in text.partition("<body>")[0].partition("<style>")[0]
    assert "'strict-dynamic'" in files["index.html"]
    assert "script-src" not in files[LISTS]


@pytest.fixture(scope="module")
def shown(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The overview, opened from the disk in the system's browser."""
    if sync_playwright is None or CHROMIUM is None:
        pytest.skip("no playwright or no chromium")
    folder = tmp_path_factory.mktemp("pages")
    (folder / "units").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        page = browser.new_page()
        page.goto((folder / "index.html").as_uri())
        yield page
        browser.close()


@pytest.mark.slow
def test_script_finds_all_units_from_the_file_beside(view: View, shown: Page) -> None:
    """A search looks through all units, not only those shown; sorting too; the rest comes in pieces."""
    rows = shown.locator("#units tbody tr")
    name = view.rows[-1].name

    assert rows.count() == FIRST
    shown.fill("#f-text", name)
    shown.wait_for_function("document.querySelector('#f-count').value.includes('找到')")
    assert name in rows.all_inner_texts()[0]
    shown.fill("#f-text", "")
    shown.wait_for_function(f"document.querySelector('#f-count').value.includes('找到 {len(view.rows)} 个')")
    assert rows.count() == PER_PAGE
    shown.click("#more")
    assert rows.count() == 2 * PER_PAGE
    shown.click("#units thead button >> nth=3")
    shown.wait_for_selector("#units thead th[aria-sort=ascending]")
    scores = [row.total for row in view.rows if row.total]
    assert shown.inner_text("#units tbody tr:first-child td:nth-child(4)") == f"{min(map(float, scores)):.1f}"
