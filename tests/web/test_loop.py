"""The draft in Word beside the desk: each save is checked by itself; the check before publication, outline and last year's report."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from helpers import page as report

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MANY = (
    "全年受理行政复议案件85件，办结80件。公布政务服务事项目录1412项，压减办理时限30%。制定行政规范性文件6件，全部经合法性审核。"
    "评查行政执法案卷160卷，发现问题34个，整改34个。人民调解组织调解纠纷1360件，调解成功1319件。举办普法宣传活动52场，受众9000人次。"
    "重大行政决策听取公众意见4次，法律顾问参与论证12次。开展突发事件应急演练5次。"
)
# A file of the browser's own file system has a handle of the very kind that the picker gives.
WRITE = """async ([name, content]) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(name, {create: true});
    const stream = await handle.createWritable();
    await stream.write(Uint8Array.from(atob(content), c => c.charCodeAt(0)));
    await stream.close();
    window.showOpenFilePicker = async () => [handle];
}"""


def saved(page: Page, name: str, raw: bytes) -> None:
    """The word processor saves a file; the picker then offers it."""
    page.evaluate(WRITE, [name, base64.b64encode(raw).decode()])


def mended() -> bytes:
    """The example draft with its wrong rate put right."""
    document = docx.Document(EXAMPLES / "gaps.docx")
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("96%", "92.3%")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def chosen(page: Page, raw: bytes) -> None:
    """Choose the file by the button, as a user does, and wait for its result."""
    saved(page, "草稿.docx", raw)
    page.locator(".pick").first.click()
    page.wait_for_selector("#r-mend")


def test_each_save_is_checked_by_itself(opened: Callable[..., Page]) -> None:
    """After a save in Word the result is that of the new file, and what was mended is shown."""
    page = opened()
    chosen(page, (EXAMPLES / "gaps.docx").read_bytes())
    assert "存盘，这里自动重查" in page.inner_text("#d-hint")
    page.wait_for_timeout(1100)
    saved(page, "草稿.docx", mended())

    page.wait_for_selector("#d-changes:has-text('数字矛盾消除 1 处')")
    page.wait_for_selector("#d-live:has-text('草稿.docx 已存盘，重新检查过')", state="attached")
    assert "查过" in page.inner_text("#d-hint")


def test_a_dropped_file_keeps_its_handle(opened: Callable[..., Page]) -> None:
    """Where the browser gives a handle of what is dropped, saves are followed too."""
    page = opened()
    saved(page, "草稿.docx", (EXAMPLES / "gaps.docx").read_bytes())
    page.evaluate(
        """async () => {
            const [handle] = await showOpenFilePicker(), transfer = new DataTransfer();
            transfer.items.add(await handle.getFile());
            DataTransferItem.prototype.getAsFileSystemHandle = async () => handle;
            document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: transfer}));
        }"""
    )
    page.wait_for_selector("#r-mend")
    page.wait_for_timeout(1100)
    saved(page, "草稿.docx", mended())

    page.wait_for_selector("#d-changes:has-text('数字矛盾消除 1 处')")


def test_without_a_handle_the_file_is_asked_for_again(opened: Callable[..., Page], tmp_path: Path) -> None:
    """The page says that the file was changed; chosen again, it goes on being compared by its name."""
    draft = tmp_path / "草稿.docx"
    draft.write_bytes((EXAMPLES / "gaps.docx").read_bytes())
    page = opened()
    page.set_input_files("#d-files", draft)
    page.wait_for_selector("#r-mend")
    draft.write_bytes(mended() + b" ")

    page.wait_for_selector("#d-error:has-text('请再选一次这个文件')")
    expect(page.locator("#d-error button")).to_have_text("再选这个文件…")
    draft.write_bytes(mended())
    page.set_input_files("#d-files", draft)
    page.wait_for_selector("#d-changes:has-text('数字矛盾消除 1 处')")
    assert page.is_hidden("#d-error")


def test_a_file_that_is_being_saved_is_waited_for(opened: Callable[..., Page]) -> None:
    """While it is away for a moment nothing is said; when it is there again it is checked."""
    page = opened()
    chosen(page, (EXAMPLES / "gaps.docx").read_bytes())
    page.evaluate("async () => (await navigator.storage.getDirectory()).removeEntry('草稿.docx')")
    page.wait_for_timeout(1500)
    assert page.is_hidden("#d-error")
    saved(page, "草稿.docx", mended())

    page.wait_for_selector("#d-changes:has-text('数字矛盾消除 1 处')")


# ---- before publication


def test_one_button_lists_what_must_not_go_out(opened: Callable[..., Page]) -> None:
    """What, where and what to write; a click shows the place; the list follows the text."""
    page = opened()
    page.fill("#d-text", report(measures="会同县工商局检查____次，联系电话13912345678。") + "\n")
    page.wait_for_selector("#r-mend")
    page.click("#d-publish")
    page.wait_for_selector("#d-publication-list li")

    words = page.inner_text("#d-publication-list")
    assert all(word in words for word in ("“工商局” → 市场监督管理局", "“____”", "“13912345678”"))
    page.locator("#d-publication-list .go", has_text="段").first.click()
    expect(page.locator("#d-behind .here")).to_have_count(1)
    page.fill("#d-text", report(measures="会同县市场监管局检查12次。"))
    expect(page.locator("#d-publication-list .sum")).to_contain_text("没有查出要改的地方")
    page.click("#d-publish-close")
    assert page.is_hidden("#d-publication")


def test_the_list_of_a_file_leads_to_its_paragraphs(opened: Callable[..., Page], tmp_path: Path) -> None:
    """In the text that is only shown the paragraph is marked and has the focus."""
    file = tmp_path / "报告.txt"
    file.write_text(report(measures="会同县工商局检查12次。"), "utf-8")
    page = opened()
    page.set_input_files("#d-files", file)
    page.wait_for_selector("#r-mend")
    page.click("#d-publish")
    page.locator("#d-publication-list .go").first.click()

    assert "工商局" in page.inner_text("#d-read p.here")


# ---- outline and last year's report


def test_an_outline_is_made_on_the_page(opened: Callable[..., Page]) -> None:
    """Level, year and unit are asked for; a Word file comes."""
    page = opened()
    page.click("#d-outline")
    page.select_option("#o-level", "township")
    page.fill("#o-unit", "禾渡镇人民政府")
    with page.expect_download() as waiting:
        page.click("#o-make")
    written = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))

    assert waiting.value.suggested_filename == "提纲.docx"
    assert written.paragraphs[0].text.startswith("禾渡镇人民政府关于")
    assert page.is_hidden("#d-outline-box")
    page.wait_for_selector("#d-told:has-text('已生成“提纲.docx”（乡级')")


def test_the_outline_takes_level_year_and_unit_of_the_open_report(opened: Callable[..., Page]) -> None:
    """A report that is open is most likely of the unit that wants an outline."""
    page = opened()
    page.fill("#d-text", report())
    page.wait_for_selector("#r-mend")
    page.click("#d-outline")

    assert [page.input_value(f"#o-{field}") for field in ("level", "year", "unit")] == ["county", "2023", "岚溪县人民政府"]


def test_all_that_was_mended_since_the_first_check_is_named(opened: Callable[..., Page]) -> None:
    """However many they are, the earlier ones stay in the list."""
    page = opened()
    page.fill("#d-text", report())
    page.wait_for_selector("#r-mend")
    page.fill("#d-text", report(measures=MANY))
    page.wait_for_selector("#d-changes:has-text('已改好')")
    named = page.inner_text("#d-changes p:first-child").split("已改好", 1)[1].split("；")[0]

    assert named.count("、") >= 3


def test_a_broken_file_has_no_hint_over_an_empty_pane(opened: Callable[..., Page]) -> None:
    """Nothing was read from it, and nothing else is said."""
    page = opened()
    page.set_input_files("#d-files", {"name": "坏.docx", "mimeType": "", "buffer": b"PK\x03\x04broken"})
    page.wait_for_selector("#d-error:not([hidden])")

    assert page.is_hidden("#d-hint")


def test_figures_are_held_to_last_years_report(opened: Callable[..., Page], tmp_path: Path) -> None:
    """What this year's report says of last year is compared with last year's own report, until that is taken away."""
    last = tmp_path / "2022年报告.txt"
    last.write_text(report(measures="全年受理行政复议案件70件。").replace("2023", "2022"), "utf-8")
    page = opened()
    page.fill("#d-text", report(measures="全年受理行政复议案件85件，上年受理行政复议案件90件。"))
    page.wait_for_selector("#r-mend")
    before = page.inner_text("#d-live")
    page.set_input_files("#d-last", last)
    page.wait_for_selector("#d-last-name:has-text('2022年报告.txt')")

    assert "检查完成" in before
    page.click("#d-last-name button")
    assert page.is_hidden("#d-last-name")


def test_marks_are_no_tab_stops(opened: Callable[..., Page]) -> None:
    """With the keyboard one comes from the text to the results without passing every mark."""
    page = opened()
    page.set_input_files("#d-files", EXAMPLES / "gaps.docx")
    page.wait_for_selector("#r-mend")

    assert page.locator("#d-read a").count() > 10
    assert page.locator("#d-read a:not([tabindex='-1'])").count() == 0


def test_the_first_words_say_what_to_do(opened: Callable[..., Page]) -> None:
    """Before anything is given, the pane begins with the one thing to do."""
    assert opened().inner_text(".welcome").strip().startswith("请先点“选择文件…”")
