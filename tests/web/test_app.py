"""The local page's application: what it answers, whom it refuses, and that it keeps nothing."""

from __future__ import annotations

import io
import json
import os
import random
import re
import tempfile
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import anyio
import docx
import openpyxl
import pytest
from browsing import Served
from helpers import page as report
from starlette.testclient import TestClient

from scorer import readers
from scorer.document import Document
from scorer.readers.base import Progress
from scorer.web import app as desk_app
from scorer.web.app import Visits, create_app
from scorer.web.guard import HEADERS
from scorer.web.running import found, hello, registered

ROOT = Path(__file__).resolve().parents[2]
BASE = "http://127.0.0.1:8470"
SAME = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
GAPS = (ROOT / "examples" / "gaps.docx").read_bytes()


def apart(work: Callable[[], Awaitable[None]]) -> None:
    """Run it in a thread of its own: the browser of other tests keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, work).result()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A browser's page, as far as the server can tell."""
    with TestClient(create_app(8470), base_url=BASE, headers=SAME) as client:
        yield client


def check(client: TestClient, body: bytes, **query: str) -> dict[str, object]:
    """The result of a check."""
    answer = client.post("/api/check", params=query, content=body)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def refused(client: TestClient, status: int, path: str = "/api/check", body: bytes = b"", **query: str) -> str:
    """The sentence of a refusal."""
    answer = client.post(path, params=query, content=body)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    return str(answer.json()["error"])


# ---- who may ask


@pytest.mark.parametrize("path", ["/", "/desk.css", "/desk.js", "/nothing", "/api/check"])
def test_every_answer_carries_the_strict_headers(client: TestClient, path: str) -> None:
    """Also those that are errors; and each header once."""
    answer = client.get(path)

    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]


def test_policy_forbids_inline_script_and_other_hosts(client: TestClient) -> None:
    """Nothing runs but the page's own files; the page has no inline script, style or handler and names no other host."""
    policy = dict(part.strip().split(" ", 1) for part in client.get("/").headers["content-security-policy"].split(";"))
    page = client.get("/").text

    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "<style" not in page and "<script>" not in page and " style=" not in page and " onclick" not in page
    assert "//" not in page.replace("<!DOCTYPE html>", "")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8470", "127.0.0.1", "127.0.0.1:80", "localhost:9", "[::1]:8470", ""])
def test_foreign_host_is_refused(client: TestClient, host: str) -> None:
    """A name that was made to point at this machine (DNS rebinding) gets nothing, not even the page."""
    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 403
    assert "本机" in answer.json()["error"]
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/api/check", "/api/save/html", "/api/quit"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8470"},  # this page is open under 127.0.0.1
        {"Origin": "http://127.0.0.1:8471"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": BASE, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_post_of_another_page_is_refused(path: str, headers: dict[str, str]) -> None:
    """Before its body is read, and nothing is done for it."""
    stopped: list[bool] = []
    with TestClient(create_app(8470, stop=lambda: stopped.append(True)), base_url=BASE) as client:
        answer = client.post(path, content=GAPS, headers=headers)

    assert answer.status_code == 403
    assert answer.json() == {"error": "拒绝了别的网页发来的请求"}
    assert not stopped


def test_post_without_origin_is_refused() -> None:
    """Browsers always send it; what does not is not this page."""
    with TestClient(create_app(8470), base_url=BASE) as client:
        assert client.post("/api/check", content=GAPS).status_code == 403


def test_page_under_localhost_may_post() -> None:
    """The other name of this machine is as good."""
    home = "http://localhost:8470"
    with TestClient(create_app(8470), base_url=home, headers={"Origin": home}) as client:
        assert client.post("/api/check", content=GAPS).status_code == 200


# ---- results


def test_check_gives_result_text_and_what_is_compared(client: TestClient) -> None:
    """Score and counts agree with the findings; the marks lie where they are said to lie."""
    data = check(client, GAPS, name="gaps.docx")

    assert data["report"] is True and data["format"] == "docx" and data["year"] == 2024
    items = data["items"]
    counts = data["counts"]
    assert isinstance(items, list) and isinstance(counts, dict)
    assert counts["missing"] == sum(1 for item in items if item["status"] == "missing") > 0
    assert data["score"] in str(data["summary"]) and f"缺失{counts['missing']}项" in str(data["summary"])
    text, marks = str(data["text"]), data["marks"]
    assert isinstance(marks, list) and marks
    assert any(kind == "wrong" and "96%" in text[start:end] for start, end, kind, _ in marks)
    for anchor in {mark[3] for mark in marks if mark[3]}:
        assert f'id="{anchor}"' in str(data["marked"])


def test_what_is_to_be_mended_is_numbered_from_one(client: TestClient) -> None:
    """What is too late to mend takes no number of that list; the marks bear the same numbers."""
    late = report().replace("2024年2月5日", "2024年6月5日")
    data = check(client, late.encode(), text="1", published="2024-06-05")
    mend, rest = str(data["result"]).split('id="r-problems"')[0].split('id="r-mend"')[1].partition("<h4>")[::2]
    numbers = [int(number) for number in re.findall(r'class="no" aria-hidden="true">(\d+)<', mend)]

    assert rest and numbers == list(range(1, len(numbers) + 1))
    marked = dict(re.findall(r'<a href="#([a-z][a-z.-]+)"[^>]*>(\d+)</a>', str(data["marked"])))
    shown = dict(re.findall(r'data-rule="([^"]+)">\s*<summary><span class="no" aria-hidden="true">(\d+)<', str(data["result"])))
    assert marked and all(shown[rule] == number for rule, number in marked.items() if rule in shown)


def test_marks_count_in_units_of_scripts(client: TestClient) -> None:
    """A character outside the basic plane before a mark moves it by two."""
    plain = check(client, report().encode(), text="1")
    astral = check(client, ("\U00020bb7" + report()).encode(), text="1")
    first, second = plain["marks"], astral["marks"]
    assert isinstance(first, list) and isinstance(second, list)

    assert [mark[0] for mark in second][-1] == [mark[0] for mark in first][-1] + 2


def test_everything_foreign_is_escaped(client: TestClient) -> None:
    """Markup in the text stays text in everything that is put into the page."""
    hostile = "<img src=x onerror=alert(1)></script>\"'"
    text = report(measures=f"全年受理行政复议案件85件{hostile}，办结80件，办结率99%{hostile}。")
    data = check(client, text.encode(), text="1", name=hostile)

    assert data["report"]
    for part in ("result", "marked"):
        assert "<img" not in str(data[part]) and "</script" not in str(data[part])
    assert "onerror=alert(1)" in str(data["marked"])


def test_options_are_used(client: TestClient) -> None:
    """Level, year and planned date of publication prevail over what is recognised."""
    late = check(client, report().encode(), text="1", published="2024-05-20", level="department", year="2023")
    timely = check(client, report().encode(), text="1", published="2024-03-20")

    def status(data: dict[str, object], rule: str) -> str:
        items = data["items"]
        assert isinstance(items, list)
        return next(str(item["status"]) for item in items if item["rule"] == rule)

    assert late["level"] == "部门"
    assert (status(late, "timing.publication"), status(timely, "timing.publication")) == ("missing", "met")


@pytest.mark.parametrize("query", [{"level": "king"}, {"year": "soon"}, {"year": "99999"}, {"published": "昨天"}])
def test_options_that_are_not_understood_are_said(client: TestClient, query: dict[str, str]) -> None:
    """One sentence, status 400."""
    assert "重新选择" in refused(client, 400, body=GAPS, **query)


def test_what_is_no_annual_report_comes_back_with_reason_and_text(client: TestClient) -> None:
    """And is judged all the same when the user insists."""
    notice = "关于国庆放假的通知\n各科室：\n十月一日至七日放假。\n".encode()
    data = check(client, notice, name="通知.txt")

    assert data["report"] is False and data["reason"] and "十月一日" in str(data["text"])
    assert check(client, notice, name="通知.txt", force="1")["report"] is True
    assert "没有可以另存的结果" in refused(client, 422, "/api/save/html", notice)


def test_web_page_is_edited_without_its_surroundings(client: TestClient) -> None:
    """Navigation and links of the site are no text to go on with."""
    page = (ROOT / "examples" / "complete.html").read_bytes()
    data = check(client, page, name="complete.html")

    assert data["format"] == "html" and data["marks"] == []
    again = check(client, str(data["text"]).encode(), text="1")
    assert again["report"] and again["marks"] and again["text"] == data["text"]


# ---- what cannot be checked


def test_too_large_is_refused_unread(client: TestClient) -> None:
    """By what it declares and, where it declares nothing, by what comes."""
    large = b"x" * (desk_app.MAX_BYTES + 1)

    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1_000_000

    assert "超过20MB" in refused(client, 413, body=large)
    answer = client.post("/api/check", content=endless_but_bounded(endless()))
    assert answer.status_code == 413


def endless_but_bounded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The test's client sends all before it listens: forty chunks are enough."""
    for _, chunk in zip(range(40), chunks, strict=False):
        yield chunk


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "0字节"),
        (b"PK\x03\x04" + b"x" * 500, "损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "图片"),
        (b"   \n  ", "没有文字"),
    ],
)
def test_unreadable_is_a_sentence_with_the_name(client: TestClient, body: bytes, words: str) -> None:
    """What is wrong, where, and what to do; the next file is checked as if nothing had been."""
    sentence = refused(client, 422, body=body, name="第一份.docx")

    assert sentence.startswith("第一份.docx：") and words in sentence
    assert check(client, GAPS)["report"] is True


def test_defect_of_ours_is_a_sentence_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a stack trace, and the server goes on."""
    from scorer.outputs import desk

    monkeypatch.setattr(desk, "result", lambda assessment: 1 / 0)

    assert "这是本工具的缺陷" in refused(client, 500, body=GAPS)


def test_unknown_page_and_form(client: TestClient) -> None:
    """A sentence as well."""
    assert client.get("/passwords").status_code == 404
    assert "没有这种格式" in refused(client, 404, "/api/save/exe", GAPS)


def test_progress_of_recognised_pages_can_be_asked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the check runs, under the name that the page gave it; afterwards nothing is kept."""
    seen: list[object] = []

    def slow(source: bytes, *, name: str, progress: Progress) -> Document:
        progress(3, 12)
        seen.append(client.get("/api/progress/mine").json())
        return Document.from_text(source.decode(), path=name)

    monkeypatch.setattr(readers, "read", slow)
    check(client, report().encode(), job="mine")

    assert seen == [[3, 12]]
    assert client.get("/api/progress/mine").json() == [0, 0]


def test_a_body_that_does_not_come_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hold up every other check for as long as it likes."""
    monkeypatch.setattr(desk_app, "BODY_SECONDS", 0.05)
    headers = [(b"host", b"127.0.0.1:8470"), (b"origin", BASE.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/check", "query_string": b"", "headers": headers, "root_path": ""}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, object]:
        await anyio.sleep(5)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def run() -> None:
        await create_app(8470)(scope, receive, send)  # type: ignore[arg-type]

    apart(run)
    assert sent[0]["status"] == 408
    assert "没有传完" in sent[1]["body"].decode()


def test_cancelled_check_stops_at_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that has gone away does not hold up the next one's check."""
    turned: list[int] = []

    def slow(_source: bytes, *, name: str, progress: Progress) -> Document:
        for page in range(1, 100):
            turned.append(page)
            progress(page, 99)
        raise AssertionError(name)

    monkeypatch.setattr(readers, "read", slow)
    messages = [{"type": "http.request", "body": b"x", "more_body": False}, {"type": "http.disconnect"}]
    headers = [(b"host", b"127.0.0.1:8470"), (b"origin", BASE.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/check", "query_string": b"", "headers": headers, "root_path": ""}

    async def receive() -> dict[str, object]:
        return messages.pop(0)

    async def send(_message: object) -> None:
        return

    async def run() -> None:
        await create_app(8470)(scope, receive, send)  # type: ignore[arg-type]

    apart(run)

    assert turned == [1]


# ---- saving


def saved(client: TestClient, form: str, body: bytes = GAPS, **query: str) -> tuple[str, bytes]:
    """Name and bytes of a download."""
    answer = client.post(f"/api/save/{form}", params=query, content=body)
    assert answer.status_code == 200, answer.text
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    return unquote(disposition.partition("UTF-8''")[2]), answer.content


def test_saved_page_is_the_gap_report(client: TestClient) -> None:
    """The same bytes as the command writes."""
    from scorer import assess, read
    from scorer.outputs import html

    name, body = saved(client, "html", name="青蒿县.docx")

    assert name == "青蒿县.差距报告.html"
    assert body.decode() == html.render(assess(read(GAPS, name="青蒿县.docx")))


def test_saved_data_is_the_documented_schema(client: TestClient) -> None:
    """One result, not a list."""
    name, body = saved(client, "json", name="a.b.docx")

    assert name == "a.b.结果.json"
    assert json.loads(body)["schema"] == "fazhi-result/1"


def test_saved_table_has_a_row_a_gap(client: TestClient) -> None:
    """In the order of the page."""
    name, body = saved(client, "xlsx", name="青蒿县.docx")
    rows = list(openpyxl.load_workbook(io.BytesIO(body))["缺项"].values)
    items = check(client, GAPS)["items"]
    assert isinstance(items, list)

    assert name == "青蒿县.缺项.xlsx"
    assert len(rows) - 1 == sum(1 for item in items if item["status"] in ("missing", "partial"))
    assert [row[-1] for row in rows[1:]] == sorted((row[-1] for row in rows[1:]), reverse=True)


def test_saved_word_file_is_the_draft_with_comments(client: TestClient) -> None:
    """The user's own file comes back, its text unchanged."""
    name, body = saved(client, "docx", name="青蒿县.docx")
    before, after = docx.Document(io.BytesIO(GAPS)), docx.Document(io.BytesIO(body))

    assert name == "青蒿县.批注.docx"
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert len(list(after.comments)) > 3


def test_pasted_text_becomes_a_word_file_with_comments(client: TestClient) -> None:
    """Without a file of its own it gets a new one."""
    name, body = saved(client, "docx", report().encode(), text="1")
    document = docx.Document(io.BytesIO(body))

    assert name == "粘贴的文字.批注.docx"
    assert any("岚溪县人民政府关于2023年" in p.text for p in document.paragraphs)
    assert list(document.comments)


def test_name_cannot_break_out_of_the_header(client: TestClient) -> None:
    """Quotes, line breaks and paths in a file's name stay a name."""
    name, _ = saved(client, "json", name='../../x"\r\nSet-Cookie: a=b\r\n/报告.docx')

    assert name == "报告.结果.json"


# ---- nothing is kept


def test_nothing_is_written_to_disk(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a moment: a body of several megabytes is read while no temporary file can be made."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def forbidden(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    before = sorted(os.listdir())  # noqa: PTH208 - the names alone
    buffer = io.BytesIO(GAPS)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/media/photograph.png", random.Random(1).randbytes(6_000_000))
    check(client, buffer.getvalue(), name="a.docx")
    for form in ("html", "json", "docx", "xlsx"):
        saved(client, form, GAPS, name="a.docx")

    assert list(tmp_path.iterdir()) == []
    assert sorted(os.listdir()) == before  # noqa: PTH208


def test_quit_ends_the_program() -> None:
    """After the answer."""
    stopped: list[bool] = []
    with TestClient(create_app(8470, stop=lambda: stopped.append(True)), base_url=BASE, headers=SAME) as client:
        assert client.post("/api/quit").status_code == 204

    assert stopped == [True]


def test_an_open_page_keeps_the_program_and_a_closed_one_lets_it_go() -> None:
    """Somebody has the page open as long as its stream is; from then on the time without anybody counts."""

    async def scenario() -> tuple[int, float, int, float]:
        visits = Visits()
        stream = visits.stream()
        await anext(stream)
        during = visits.pages, visits.idle()
        await stream.aclose()  # type: ignore[attr-defined]
        await anyio.sleep(0.02)
        return (*during, visits.pages, visits.idle())

    pages, idle, later, after = anyio.run(scenario)

    assert (pages, idle, later) == (1, 0.0, 0)
    assert after > 0


def test_the_page_says_which_program_it_is(client: TestClient) -> None:
    """A second start asks this before it opens a page that is already there."""
    assert client.get("/api/hello").json() == hello()


def test_a_second_start_finds_the_page_and_nothing_else(served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The registered port is believed only while this program answers there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    port = int(served.base.rsplit(":", 1)[1].strip("/"))

    assert found() == ""
    with registered(port):
        assert found() == f"http://127.0.0.1:{port}/"
    assert found() == ""
    with registered(1):
        assert found() == ""
