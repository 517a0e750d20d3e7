"""The review desk in a browser, by keyboard alone where a reviewer works that way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reviewing
from browsing import Served, audit, start

from scorer.audit.ownfile import path_of
from scorer.audit.review import read_review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture
def desk(out: Path, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """The program with the results opened, and the address by which its user comes in."""
    folder = tmp_path / "run"
    folder.mkdir()
    served = start(folder, str(out))
    assert served.process.stdout is not None
    entrance = re.search(r"http://\S+/review/enter\?t=\S+", served.process.stdout.readline())
    assert entrance
    yield served, entrance.group()
    served.process.terminate()
    served.process.communicate(timeout=20)


@pytest.fixture
def opened(browser: Browser, desk: tuple[Served, str]) -> Iterator[Callable[..., Page]]:
    """Opens the desk; afterwards no page may have asked another host for anything or met an error of its script."""
    contexts = []
    asked: list[str] = []
    errors: list[str] = []

    def open_page(by: str = "张三", width: int = 1366, height: int = 768, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        page.goto(desk[1])
        if by:
            page.fill("[name=by]", by)
            page.keyboard.press("Enter")
            page.wait_for_url("**/pairs*")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith((desk[0].base, "data:"))] == []
    assert errors == []


def view(page: Page, name: str) -> None:
    """Go on with a list."""
    base = re.match(r"http://[^/]+/review/\w+/", page.url)
    assert base
    page.goto(f"{base.group()}view/{name}")


def item(page: Page) -> str:
    """The item that is shown."""
    page.wait_for_selector("body[data-page=item][data-ready]")
    return str(page.get_attribute("body", "data-item"))


def pressed(page: Page, *keys: str) -> str:
    """Press keys and wait for another item; which."""
    before = item(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("before => document.body.dataset.item && document.body.dataset.item !== before", arg=before)
    return item(page)


def entries(out: Path, name: str = "张三") -> list[Any]:
    """What stands in a reviewer's file."""
    path = path_of(out, name)
    return list(read_review(path.read_bytes(), str(path)).overrides) if path.exists() else []


def test_a_queue_by_keyboard_alone(opened: Callable[..., Page], out: Path) -> None:
    """Enter confirms, a digit and a letter decide otherwise, S skips, P goes back, U takes back; focus never leaves the keys."""
    page = opened()
    view(page, "first")
    first = item(page)
    second = pressed(page, "Enter")
    assert [entry.reason for entry in entries(out)] == ["已核对原文，同意程序的结论"]

    third = pressed(page, "1", "a")
    assert len(entries(out)) == 2 and entries(out)[1].status == "met"
    assert len({first, second, third}) == 3

    fourth = pressed(page, "s")
    assert pressed(page, "p") == third
    assert pressed(page, "u") == second and len(entries(out)) == 1
    assert pressed(page, "Enter") == third
    assert fourth not in (first, second, third)
    assert page.inner_text(".top [aria-current] b").startswith("2/")


def test_a_key_pressed_twice_decides_once(opened: Callable[..., Page], out: Path) -> None:
    """What comes up next was not seen yet when the second press comes."""
    page = opened()
    view(page, "first")
    first = item(page)
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {press})")
    second = pressed(page, "Enter")
    assert second != first and len(entries(out)) == 1

    page.evaluate(press)
    page.wait_for_function("b => document.body.dataset.item && document.body.dataset.item !== b", arg=second)
    assert len(entries(out)) == 2


def test_a_reason_in_ones_own_words(opened: Callable[..., Page], out: Path) -> None:
    """Typed letters are letters, not keys; Escape closes; an empty reason is not taken."""
    page = opened()
    view(page, "first")
    item(page)
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(page.locator(".why:not([hidden])")).to_have_count(0)
    page.keyboard.press("1")
    page.focus(".why:not([hidden]) input")
    page.keyboard.press("Enter")
    expect(page.locator("#error")).to_contain_text("请写理由")
    page.keyboard.type("sub 台账已核 1")
    pressed(page, "Enter")

    assert [(entry.status, entry.reason) for entry in entries(out)] == [("met", "sub 台账已核 1")]


def test_the_passage_is_shown_in_the_text(opened: Callable[..., Page]) -> None:
    """Where the verdict rests on a sentence, that is marked, and in sight without being looked for."""
    page = opened()
    view(page, "sample")
    for _ in range(12):
        number = item(page)
        if page.locator("mark.here").count():
            break
        pressed(page, "s")
    expect(page.locator("mark.here.now")).to_be_in_viewport()
    assert number and len(page.inner_text("#text")) > 1000


def test_one_kind_at_once(opened: Callable[..., Page], out: Path) -> None:
    """B lists all of a kind; those left ticked are decided with one reason, and taken back with one key."""
    page = opened()
    view(page, "rest")
    while not page.locator("#bulk").count():
        pressed(page, "s")
    item(page)
    page.keyboard.press("b")
    page.wait_for_selector("#bulk-form")
    boxes = page.locator("[name=items]")
    count = boxes.count()
    boxes.nth(0).uncheck()
    expect(page.locator("#chosen")).to_have_text(f"选了 {count - 1} 项")
    page.click("#bulk-form [type=submit]")
    item(page)
    assert len(entries(out)) == count - 1

    pressed(page, "u")
    assert entries(out) == []


def test_pairs_are_asked_by_number(opened: Callable[..., Page], out: Path) -> None:
    """The unit that may have sent it has a number; 0 is nobody."""
    page = opened()
    page.wait_for_selector("body[data-page=pairs][data-ready]")
    page.keyboard.press(page.inner_text(f'[data-unit="{reviewing.OWES}"] kbd'))
    item(page)
    path = path_of(out, "张三")
    assert read_review(path.read_bytes(), str(path)).matches == {reviewing.STRAY: reviewing.OWES}

    page.keyboard.press("u")
    page.wait_for_selector("body[data-page=pairs][data-ready]")
    page.keyboard.press("0")
    item(page)
    assert read_review(path.read_bytes(), str(path)).matches == {reviewing.STRAY: ""}


def test_two_reviewers_and_a_third(opened: Callable[..., Page], out: Path) -> None:
    """Where two differ it is listed for everybody; what the third says holds."""
    pages = [opened(by) for by in ("张三", "李四", "王五")]
    for page, keys in zip(pages[:2], (("1", "a"), ("3", "a")), strict=True):
        page.goto(pages[0].url.replace("pairs", "view/unit-0"))
        if page is pages[0]:
            number = item(page)
        else:
            page.goto(pages[0].url.split("/item/")[0].split("/view/")[0] + f"/item/{number}?view=unit-0")
        pressed(page, *keys)
    view(pages[2], "differ")
    assert item(pages[2]) == number
    expect(pages[2].locator(".said")).to_contain_text("请第三人定")
    expect(pages[2].locator(".said li")).to_have_count(2)
    pages[2].keyboard.press("3")
    pages[2].keyboard.press("a")
    pages[2].wait_for_url("**/overview")

    assert {name: len(entries(out, name)) for name in ("张三", "李四", "王五")} == {"张三": 1, "李四": 1, "王五": 1}


def test_a_crash_loses_nothing(opened: Callable[..., Page], desk: tuple[Served, str], out: Path) -> None:
    """The program killed after a key press: what was decided is there; the next key says that it was not taken."""
    page = opened()
    view(page, "first")
    pressed(page, "Enter")
    desk[0].process.kill()
    desk[0].process.wait()
    page.keyboard.press("Enter")
    expect(page.locator("#error")).to_contain_text("没有存上")

    assert len(entries(out)) == 1


def test_results_are_made_again_from_the_page(opened: Callable[..., Page]) -> None:
    """After deciding: one button, progress, what changed, and the way to page and letters."""
    page = opened()
    view(page, "first")
    pressed(page, "1", "a")
    page.click(".top .name a")
    expect(page.locator(".note")).to_contain_text("重新生成后才写进")
    page.click("button:has-text('重新生成')")
    page.wait_for_selector("#done", timeout=120_000)
    expect(page.locator(".changes")).to_contain_text("人工决定1条")
    page.click("a:has-text('总览、反馈函和通报')")
    expect(page.locator(".note")).to_have_count(0)
    with page.context.expect_page() as other:
        page.click("a:has-text('打开总览页')")
    expect(other.value.locator("h1")).to_contain_text("审核")
    assert other.value.evaluate("getComputedStyle(document.body).fontFamily").startswith('"PingFang')  # its own style is let in


def test_an_audit_without_a_terminal(opened: Callable[..., Page], out: Path, tmp_path: Path) -> None:
    """From the start page: the folder is chosen by clicking, the roster too; the run ends at the results."""
    page = opened(by="")
    page.goto(page.url.split("/review/")[0] + "/")
    page.click("a:has-text('打开审核')")
    form = page.locator("form[data-post='/review/new']")
    form.locator("[name=folder]").fill(str(out.parent))
    form.locator("[data-browse=folder]").nth(0).click()
    page.click("#b-names button:has-text('报送/')")
    page.wait_for_function("document.getElementById('b-path').value.endsWith('报送')")
    page.click("#b-take")
    form.locator("[name=roster]").fill(str(out.parent))
    form.locator("[data-browse=file]").click()
    page.click("#b-names button:has-text('名册.csv')")
    form.locator("[name=out]").fill(str(tmp_path / "新结果"))
    form.locator("[name=by]").fill("张三")
    form.locator("[type=submit]").click()
    page.wait_for_selector("#done", timeout=120_000)
    page.click("a:has-text('去复核')")
    expect(page.locator("h1")).to_have_text(reviewing.STRAY)

    assert (tmp_path / "新结果" / "feedback").is_dir()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 320])
def test_access(opened: Callable[..., Page], axe: str, scheme: str, width: int) -> None:
    """axe finds nothing wrong with any page, with reasons open and with the browser of folders open; nothing runs off the side."""
    page = opened(width=width, color_scheme=scheme)
    base = page.url.split("/pairs")[0]
    found = {"pairs": audit(page, axe)}
    for name in ("overview", "view/first", "view/rest", "view/sample", "view/unit-0"):
        page.goto(f"{base}/{name}")
        if name != "overview":
            item(page)
            page.keyboard.press("1")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found[name] = audit(page, axe)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.goto(f"{base}/bulk/{page.get_attribute('body', 'data-item')}")
    found["bulk"] = audit(page, axe)
    page.goto(base.rsplit("/", 1)[0] + "/")
    found["home"] = audit(page, axe)
    page.click("[data-browse=folder] >> nth=0")
    page.wait_for_selector("#b-names button")
    found["browse"] = audit(page, axe)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_end_is_frozen(opened: Callable[..., Page], out: Path) -> None:
    """What is open is listed, name and consent are asked for first, then it is asked twice; then the desk shows everything and takes nothing more, and the manifest holds."""
    from scorer.audit import final

    page = opened()
    page.click(".top .name a")
    page.click("summary:has-text('定稿')")
    expect(page.locator("#left")).to_contain_text("拟退回（没有人确认）")
    name = page.input_value("#name [name=by]")
    page.fill("#name [name=by]", "")
    page.click("button:text-is('定稿')")
    expect(page.locator("#error")).to_have_text("请先写复核人姓名")
    page.fill("#name [name=by]", name)
    page.click("button:text-is('定稿')")
    expect(page.locator("#error")).to_contain_text("没有办完")
    page.check("#accept")
    page.click("button:text-is('定稿')")
    page.click("button:has-text('确实定稿')")
    page.wait_for_selector("#done", timeout=120_000)
    page.click("a:has-text('总览、反馈函和通报')")
    expect(page.locator(".note")).to_contain_text("定稿时没有办完：拟退回")
    expect(page.locator("button:has-text('重新生成')")).to_have_count(0)
    view(page, "first")
    item(page)
    page.keyboard.press("Enter")
    expect(page.locator("#decide")).to_have_count(0)
    proof = final.verify(out)

    assert (proof.differences, proof.absent) == ((), ())
