"""The desk in a browser, as a drafter uses it."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from browsing import REBOUND, Served, start
from helpers import page as report

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
GAPS = report(
    measures="全年受理行政复议案件85件，办结80件，办结率99%。组织行政执法培训6期，培训执法人员320人次。",
    problems="一是乡镇执法力量薄弱。二是普法宣传方式单一，主要是经费投入不足。",
)


def until(page: Page, holds: Callable[[], bool], seconds: int = 20) -> None:
    """Wait for a state, however slow the machine is."""
    for _ in range(seconds * 20):
        if holds():
            return
        page.wait_for_timeout(50)
    assert holds()


def ready(page: Page, words: str = "") -> None:
    """Wait until a result stands there and everything has settled (its summary is read out when it is done)."""
    page.wait_for_selector("#r-mend")
    page.wait_for_selector("#d-busy", state="hidden")
    if words:
        page.wait_for_selector(f"#d-live:has-text('{words}')", state="attached")


def put(page: Page, text: str = GAPS) -> None:
    """Paste a text and wait for its result."""
    page.fill("#d-text", text)
    ready(page)


def drop(page: Page, *files: Path) -> None:
    """Drag files onto the page and let them go."""
    data = [{"name": file.name, "content": base64.b64encode(file.read_bytes()).decode()} for file in files]
    transfer = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const {name, content} of files)
                transfer.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
            return transfer;
        }""",
        data,
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": transfer})
    page.wait_for_selector("#d-drop")
    page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    assert page.is_hidden("#d-drop")


def card(rule: str) -> str:
    """The selector of the card of a rule."""
    return f'#d-out [data-rule="{rule}"]'


def on_screen(page: Page, selector: str, pane: str) -> bool:
    """Whether the element is seen inside its pane."""
    inner, outer = page.locator(selector).first.bounding_box(), page.locator(pane).bounding_box()
    assert inner is not None and outer is not None
    return inner["y"] + inner["height"] > outer["y"] and inner["y"] < outer["y"] + outer["height"]


# ---- files


def test_dropped_word_file_is_checked_beside_its_text(opened: Callable[..., Page]) -> None:
    """Score, grade and gaps on the right; the text with its marks on the left."""
    page = opened()
    drop(page, EXAMPLES / "gaps.docx")
    ready(page, "检查完成")

    assert "槐汀镇人民政府2024年度法治政府建设情况报告" in page.inner_text("#r-name")
    assert re.fullmatch(r"\d+\.\d", page.inner_text(".number"))
    assert page.locator("#r-mend .card").count() > 10
    assert "96%" in "".join(page.locator("#d-read .paper mark.wrong").all_inner_texts())
    assert page.is_hidden("#d-text") and page.is_visible("#d-read")
    announced = page.inner_text("#d-live")
    assert re.fullmatch(r"检查完成：\d+\.\d分，\S+，缺失\d+项，不足\d+项，数字矛盾1处", announced)


def test_several_files_make_a_table(opened: Callable[..., Page], tmp_path: Path) -> None:
    """Each has its row; one that is broken says so and the others go on; a row opens its result."""
    broken = tmp_path / "坏了.docx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 500)
    notice = tmp_path / "通知.txt"
    notice.write_text("关于国庆放假的通知\n各科室：\n十月一日至七日放假。\n", "utf-8")
    page = opened()
    page.set_input_files("#d-files", [EXAMPLES / "gaps.docx", broken, notice, EXAMPLES / "complete.html"])
    page.wait_for_selector("#d-list-n:has-text('已查完 4')")
    rows = page.locator("#d-rows tr")

    assert rows.count() == 4
    assert "52.3" in rows.nth(0).inner_text() and "槐汀镇" in rows.nth(0).inner_text()
    assert "损坏" in rows.nth(1).inner_text()
    assert "不像一份年度报告" in rows.nth(2).inner_text()
    assert "优秀" in rows.nth(3).inner_text()

    page.click("#d-rows button >> nth=3")
    assert "溪禾县" in page.inner_text("#r-name")
    page.click("#d-rows button >> nth=1")
    assert "坏了.docx" in page.inner_text("#d-error") and page.is_hidden("#d-save")
    page.click("#d-rows button >> nth=2")
    page.click("text=仍按年度报告检查")
    ready(page)
    assert page.is_hidden("#d-error") and page.is_visible("#d-save")


def test_broken_file_says_what_to_do(opened: Callable[..., Page], tmp_path: Path) -> None:
    """One sentence, announced at once; the page goes on working."""
    broken = tmp_path / "坏了.docx"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 500)
    page = opened()
    drop(page, broken)
    page.wait_for_selector("#d-error:has-text('坏了.docx：文件已损坏')")

    assert page.get_attribute("#d-error", "role") == "alert"
    drop(page, EXAMPLES / "gaps.docx")
    ready(page)
    assert page.is_hidden("#d-error")


def test_file_that_is_too_large_is_not_sent(opened: Callable[..., Page], tmp_path: Path) -> None:
    """The page itself says so, before anything is sent."""
    large = tmp_path / "很大.docx"
    with large.open("wb") as stream:
        stream.truncate(20_000_001)
    page = opened()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.set_input_files("#d-files", large)
    page.wait_for_selector("#d-error:has-text('很大.docx：文件超过20MB')")

    assert sent == []


def test_text_of_a_file_can_be_edited_in_the_page(opened: Callable[..., Page]) -> None:
    """The page says that the file stays as it is; what is mended from there on is told."""
    page = opened()
    drop(page, EXAMPLES / "gaps.docx")
    ready(page)
    page.click("#d-mode label:has-text('编辑')")
    page.wait_for_selector("#d-behind mark.wrong")
    assert "不会写回文件" in page.inner_text("#d-hint")

    page.fill("#d-text", page.input_value("#d-text").replace("96%", "91.9%"))
    page.wait_for_selector("#d-changes:has-text('数字矛盾消除 1 处')")


# ---- text


def test_pasted_text_is_checked_and_checked_again_after_an_edit(opened: Callable[..., Page]) -> None:
    """Without a button; what was mended and what is new is said, and the points that it brought."""
    page = opened()
    put(page)
    before = float(page.inner_text(".number"))
    assert page.locator(card("consistency.arithmetic")).get_attribute("class") == "card missing"

    page.fill("#d-text", GAPS.replace("99%", "94.1%"))
    page.wait_for_selector("#d-changes:has-text('已改好 数据之间相互吻合')")
    assert float(page.inner_text(".number")) > before
    assert f"{before:.1f} → {page.inner_text('.number')} 分（+" in page.inner_text("#d-changes")
    assert page.text_content(card("consistency.arithmetic") + " .tag") == "已改好"

    page.fill("#d-text", GAPS.replace("99%", "94.1%").replace("岚溪县人民政府\n2024年2月5日", ""))
    page.wait_for_selector("#d-changes:has-text('新出现')")


def test_typing_keeps_the_cursor_and_the_reading_place(opened: Callable[..., Page]) -> None:
    """A check in the background moves nothing under the user's hands."""
    page = opened()
    put(page)
    page.click(card("statutory.first-responsible") + " summary")
    page.focus("#d-text")
    page.evaluate("document.querySelector('#d-text').setSelectionRange(30, 30)")
    page.evaluate("document.querySelector('#d-out').scrollTop = 200")
    with page.expect_response("**/api/check*"):
        page.keyboard.type("切实")
    ready(page)
    page.wait_for_timeout(300)

    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["d-text", 32]
    assert page.locator(card("statutory.first-responsible")).get_attribute("open") is not None
    page.wait_for_function("document.querySelector('#d-out').scrollTop == 200")


def test_text_behind_the_editor_is_the_text_in_it(opened: Callable[..., Page]) -> None:
    """Line by line and in height, also after edits: the marks lie exactly under their words."""
    page = opened()
    text = GAPS * 12 + "\n\n  <b>&amp;</b>\t尾\n"
    page.fill("#d-text", text)
    page.wait_for_timeout(200)
    page.evaluate("document.querySelector('#d-text').setSelectionRange(400, 410)")
    page.focus("#d-text")
    page.keyboard.type("改\n过")

    lines = page.evaluate("[...document.querySelectorAll('#d-behind div')].map(d => d.textContent).join('\\n')")
    assert lines == page.input_value("#d-text")
    heights = page.evaluate("[document.querySelector('#d-text').scrollHeight, document.querySelector('#d-text').clientHeight]")
    assert heights[0] == heights[1]


def test_nothing_is_checked_while_an_input_method_composes(opened: Callable[..., Page]) -> None:
    """Half a word of pinyin is no text."""
    page = opened()
    put(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.dispatch_event("#d-text", "compositionstart")
    page.focus("#d-text")
    page.keyboard.insert_text("fazhi")
    page.wait_for_timeout(900)
    assert sent == []

    with page.expect_response("**/api/check*"):
        page.dispatch_event("#d-text", "compositionend")


def test_sample_shows_what_the_page_can_do(opened: Callable[..., Page]) -> None:
    """One click, gaps of several kinds and a contradiction."""
    page = opened()
    page.click("#d-sample")
    ready(page)

    assert page.locator("#r-mend .card").count() >= 5
    assert page.locator("#r-problems tr").count() >= 3
    expect(page.locator("#r-figures .inconsistent")).to_have_count(1)
    assert "96%" in "".join(page.locator("#d-behind mark.wrong").all_inner_texts())


def test_options_are_applied_at_once(opened: Callable[..., Page]) -> None:
    """A planned date of publication after the term is a gap."""
    page = opened()
    put(page)
    page.fill("#d-published", "2024-05-20")
    page.wait_for_selector(card("timing.publication") + ".missing", state="attached")
    page.select_option("#d-level", "department")
    page.wait_for_selector("#d-out .about:has-text('部门')")


# ---- gap and place


def test_gap_leads_to_place_and_place_to_gap(opened: Callable[..., Page]) -> None:
    """In the editor: opening a gap shows its words, its quotation selects them, and a click on words opens the rule."""
    page = opened()
    put(page, GAPS.replace("二、存在", "（略）" * 400 + "\n二、存在"))
    page.click(card("consistency.arithmetic") + " summary")
    until(page, lambda: on_screen(page, "#d-behind .here", "#d-edit"))
    assert "办结率99%" in "".join(page.locator("#d-behind .here").all_inner_texts())

    page.click(card("consistency.arithmetic") + " dl q a")
    selected = page.evaluate("getSelection().toString() || (t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement)")
    assert "办结率99%" in selected

    page.click(card("consistency.arithmetic") + " summary")
    position = page.evaluate("document.querySelector('#d-text').value.indexOf('办结率99%')")
    page.evaluate("p => { const t = document.querySelector('#d-text'); t.focus(); t.setSelectionRange(p, p); t.click(); }", position)
    assert page.locator(card("consistency.arithmetic")).get_attribute("open") is not None
    until(page, lambda: on_screen(page, card("consistency.arithmetic"), "#d-out"))


def test_marked_text_leads_to_rules_and_back(opened: Callable[..., Page]) -> None:
    """In the marked text: the small number goes to the card, its quotation back to the words; both get the focus."""
    page = opened()
    drop(page, EXAMPLES / "gaps.docx")
    ready(page)
    mark = page.locator("#d-read .paper mark.wrong").last
    mark.click()
    opened_card = page.locator("#d-out .card.here, #d-out tr.here")
    expect(opened_card).to_have_count(1)

    link = page.locator("#d-read .paper sup a").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    assert page.evaluate("document.activeElement.closest('.card, tr').id") == target
    page.locator(f'[id="{target}"] dl q a').first.click()
    assert page.evaluate("document.activeElement.tagName + document.activeElement.className").startswith("MARK")
    until(page, lambda: on_screen(page, "#d-read .here", "#d-read"))


def test_missing_element_leads_to_where_it_belongs(opened: Callable[..., Page]) -> None:
    """Nothing stands there yet: the paragraph beside which it is to be written is shown."""
    page = opened()
    put(page)
    missing = page.locator("#r-mend .card.missing:has(.spot)").first
    missing.locator("summary").click()

    expect(page.locator("#d-behind div.here")).to_have_count(1)
    beginning = missing.locator(".spot a").inner_text().partition("“")[2][:6]
    assert page.inner_text("#d-behind div.here").strip().startswith(beginning)


# ---- saving


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "plain"])
def test_each_form_is_saved(opened: Callable[..., Page], form: str) -> None:
    """Under the name of the file, and it opens."""
    page = opened()
    drop(page, EXAMPLES / "gaps.docx")
    ready(page)
    with page.expect_download() as waiting:
        page.click(f'[data-form="{form}"]')
    download = waiting.value
    raw = Path(download.path()).read_bytes()

    assert (
        download.suggested_filename
        == {
            "html": "gaps.差距报告.html",
            "docx": "gaps.批注.docx",
            "xlsx": "gaps.缺项.xlsx",
            "plain": "gaps.正文.docx",
        }[form]
    )
    if form == "html":
        assert raw.decode().rstrip().endswith("</html>")
    elif form == "plain":
        written = docx.Document(io.BytesIO(raw))
        assert not list(written.comments) and [p.text for p in written.paragraphs][:2] == ["槐汀镇人民政府", "2024年度法治政府建设情况报告"]
    elif form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(raw))["缺项"].max_row > 5
    else:
        assert list(docx.Document(io.BytesIO(raw)).comments)
    page.wait_for_selector("#d-live:has-text('已另存')", state="attached")


def test_nothing_is_left_on_disk(opened: Callable[..., Page], served: Served) -> None:
    """Neither in the temporary folder nor where the program was started."""
    page = opened()
    drop(page, EXAMPLES / "gaps.docx", EXAMPLES / "complete.txt")
    page.wait_for_selector("#d-list-n:has-text('已查完 2')")

    assert list(served.folder.iterdir()) == []


def test_model_sentence_is_copied(opened: Callable[..., Page]) -> None:
    """To be pasted into Word."""
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    put(page)
    with_model = page.locator("#r-mend .card:has(.model)").first
    with_model.locator("summary").click()
    with_model.locator(".copy").click()
    page.wait_for_selector(".copy:has-text('已复制')")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied and copied in with_model.locator(".model").inner_text()
    assert "参考写法" not in copied and "复制" not in copied


# ---- keyboard, zoom, other pages


def tab_to(page: Page, expression: str, most: int = 60) -> None:
    """Press Tab until the focused element fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {expression})(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard does not reach {expression}")


def test_everything_is_reached_by_keyboard(opened: Callable[..., Page]) -> None:
    """From an empty page to a gap, to its words, to the marked text, and on to the results, without a mouse."""
    page = opened()
    tab_to(page, "e.id == 'd-files'")
    tab_to(page, "e.id == 'd-sample'")
    page.keyboard.press("Enter")
    ready(page)
    tab_to(page, "e.id == 'd-text'")
    tab_to(page, "e.dataset.form == 'xlsx'")
    tab_to(page, "e.matches('#r-mend summary')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.parentElement.open")
    page.wait_for_selector("#d-behind .here", state="attached")
    tab_to(page, "e.matches('#r-mend q a')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id == 'd-text'")
    page.wait_for_function("(t => t.selectionEnd - t.selectionStart)(document.activeElement) > 0")
    page.keyboard.press("Shift+Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.name") == "mode":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#d-read")
    tab_to(page, "e.id == 'd-read'")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.closest('#d-result') != null")


def test_skip_links_lead_past_the_controls(opened: Callable[..., Page]) -> None:
    """The first two stops of the keyboard."""
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.hash == '#d-result'")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id == 'd-result'")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (341, 192), (320, 640)])
def test_no_screen_scrolls_sideways(opened: Callable[..., Page], width: int, height: int) -> None:
    """1366 × 768 holds both panes; at 400 % zoom (341 × 192) and on a telephone they stand one below the other."""
    page = opened(width, height)
    page.click("#d-sample")
    ready(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overflow = "e => e.scrollWidth > e.clientWidth + 1"
    assert not page.evaluate(f"['#d-out', '#d-edit'].some(s => ({overflow})(document.querySelector(s)))")
    text, result = page.locator("#d-source").bounding_box(), page.locator("#d-result").bounding_box()
    assert text is not None and result is not None
    if width == 1366:
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert result["x"] >= text["x"] + text["width"] - 1
    else:
        assert result["y"] >= text["y"] + text["height"] - 1


def test_edited_text_is_not_thrown_away_unasked(opened: Callable[..., Page]) -> None:
    """It is nowhere else."""
    page = opened()
    put(page)
    asked: list[str] = []

    def refuse(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", refuse)
    page.click("#d-sample")

    assert asked and "没有另存" in asked[0]
    assert page.input_value("#d-text") == GAPS


def test_ended_server_is_said(browser: object, tmp_path: Path) -> None:
    """The text stays in the page, and the page says what to do."""
    served = start(tmp_path)
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(served.base)
    put(page)
    served.process.terminate()
    served.process.communicate(timeout=20)
    page.fill("#d-text", GAPS + "补一句。")
    page.wait_for_selector("#d-error:has-text('请重新启动')")

    assert page.input_value("#d-text").endswith("补一句。")
    page.close()


def test_quit_button_ends_the_program(browser: object, tmp_path: Path) -> None:
    """For those who started it by a double click."""
    served = start(tmp_path)
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(served.base)
    page.click("#d-quit")
    page.wait_for_selector("text=可以关闭这个页面了")
    out, error = served.process.communicate(timeout=20)

    assert served.process.returncode == 0
    assert "Traceback" not in error and "已退出" in out
    page.close()


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[str]:
    """Another site that the user has open."""
    (tmp_path / "index.html").write_text("<!doctype html><title>other</title><p>other", "utf-8")

    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_other_sites_page_is_refused(browser: object, served: Served, foreign: str) -> None:
    """It can neither post, nor read what is answered, nor show the desk in a frame."""
    page = browser.new_page()  # type: ignore[attr-defined]
    answers: list[tuple[str, int]] = []
    page.on("response", lambda response: answers.append((response.url, response.status)))
    page.goto(foreign)
    outcome = page.evaluate(
        """async base => {
            await fetch(base + 'api/check', {method: 'POST', mode: 'no-cors', body: 'x'}).catch(() => 0);
            await fetch(base + 'api/quit', {method: 'POST', mode: 'no-cors'}).catch(() => 0);
            const read = await fetch(base).then(() => 'read', () => 'refused');
            const frame = document.createElement('iframe');
            frame.src = base;
            document.body.append(frame);
            await new Promise(done => { frame.onload = done; setTimeout(done, 3000); });
            let shown = 'refused';
            try { shown = frame.contentWindow.document.title; } catch { /* another origin: an error page */ }
            return [read, shown];
        }""",
        served.base,
    )

    assert outcome == ["refused", "refused"]
    posts = {url.rpartition("/")[2]: status for url, status in answers if "/api/" in url}
    assert posts in ({}, {"check": 403, "quit": 403})  # a browser may refuse before the server does
    assert served.process.poll() is None
    page.close()


def test_name_that_leads_to_this_machine_is_refused(browser: object, served: Served) -> None:
    """DNS rebinding: the page does not open under another name."""
    page = browser.new_page()  # type: ignore[attr-defined]
    answer = page.goto(served.base.replace("127.0.0.1", REBOUND))

    assert answer.status == 403
    page.close()
