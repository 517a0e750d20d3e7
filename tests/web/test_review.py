"""The review desk behind its pages: who may come in, what is written, what nobody can make it do."""

from __future__ import annotations

import datetime
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reviewing
from starlette.testclient import TestClient

from scorer.audit import final
from scorer.audit.ownfile import OwnFile, clean_name, path_of
from scorer.audit.review import read_review
from scorer.audit.run import run
from scorer.audit.standing import plan_of, read
from scorer.errors import FazhiError
from scorer.web.app import create_app
from scorer.web.guard import HEADERS
from scorer.web.review import Review
from scorer.web.review_desk import CHECK, DIFFER, DONE, FIRST, REST, SAMPLE, SPLIT, ReviewDesk
from scorer.web.review_folders import listing
from scorer.web.review_text import HERE, Place, marked
from scorer.web.review_words import agreed_status, choices

BASE = "http://127.0.0.1:8470"
SAME = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
TODAY = datetime.date(2026, 3, 10)


@pytest.fixture
def desk(out: Path) -> ReviewDesk:
    """The opened audit."""
    return ReviewDesk(out)


@pytest.fixture
def review(out: Path) -> Review:
    """The desk as routes, the audit opened."""
    return Review(folder=out)


@pytest.fixture
def client(review: Review) -> Iterator[TestClient]:
    """A browser that came in."""
    with TestClient(create_app(8470, review=review), base_url=BASE, headers=SAME) as client:
        client.get(f"/review/enter?t={review.code}")
        yield client


def entries(out: Path, name: str) -> list[Any]:
    """What stands in a reviewer's file."""
    path = path_of(out, name)
    return list(read_review(path.read_bytes(), str(path)).overrides)


# ---- who may come in


@pytest.mark.parametrize(
    "path", ["/review/", "/review/browse", "/review/job", "/review/{}/overview", "/review/{}/item/1", "/review/{}/pairs"]
)
def test_nobody_comes_in_without_the_code(review: Review, path: str) -> None:
    """Another user of the machine reaches the port, and sees nothing."""
    with TestClient(create_app(8470, review=review), base_url=BASE, headers=SAME, follow_redirects=False) as stranger:
        assert stranger.get("/review/enter?t=x").status_code == 403
        answer = stranger.get(path.format(review.start))

        assert answer.status_code == 403
        assert reviewing.UNITS[0] not in answer.text
        for what in ("open", "new", "stop", f"{review.start}/decide", f"{review.start}/run"):
            assert stranger.post(f"/review/{what}", json={"by": "张三"}).status_code == 403
        assert stranger.get(f"/review/files/{'0' * 32}/{review.start}/index.html").status_code == 403


def test_the_cookie_is_this_pages_alone(review: Review) -> None:
    """No script reads it, no other site's request carries it; the code stands in no page."""
    with TestClient(create_app(8470, review=review), base_url=BASE, headers=SAME, follow_redirects=False) as client:
        answer = client.get(f"/review/enter?t={review.code}")
        cookie = answer.headers["set-cookie"].lower()

        assert answer.status_code == 303 and "httponly" in cookie and "samesite=strict" in cookie
        assert review.code not in client.get(f"/review/{review.start}/overview").text


def test_strangers_sites_are_refused(client: TestClient, review: Review) -> None:
    """Host and origin are looked at as everywhere; every page carries the strict headers."""
    post = f"/review/{review.start}/decide"

    assert client.post(post, json={}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.get("/review/", headers={"Host": "evil.example:8470"}).status_code == 403
    page = client.get(f"/review/{review.start}/overview")
    for name, value in HEADERS.items():
        assert page.headers.get_list(name) == [value]
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page.text)


def test_outputs_are_given_out_in_a_sandbox(client: TestClient, review: Review, out: Path) -> None:
    """The page, reports, letters and table; nothing else of the folder, nothing outside, and no page that runs as the desk."""
    page = client.get(f"/review/{review.start}/overview").text
    base = re.search(r'href="(/review/files/[^"]+)/index\.html"', page)
    assert base
    index = client.get(f"{base[1]}/index.html")

    assert index.status_code == 200 and index.headers["content-security-policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in index.headers["content-security-policy"]
    letter = next(path.name for path in (out / "feedback").glob("*.docx"))
    assert client.get(f"{base[1]}/feedback/{letter}").headers["content-disposition"].startswith("attachment")
    for name in ("review.yaml", ".fazhi/standing.json", "../名册.csv", "reports/../review.yaml", "%2e%2e/名册.csv", "运行记录.txt"):
        assert client.get(f"{base[1]}/{name}").status_code in (403, 404), name


# ---- deciding


def test_a_decision_is_on_the_disk_and_holds_in_the_next_run(desk: ReviewDesk, out: Path) -> None:
    """The reviewer's own file, with the sentence and the text that were seen; the verdict follows when the audit is run again."""
    number = desk.next_open(FIRST)
    item, row = desk.item(number)
    other = next(choice for choice in choices(item.kind) if choice.status not in (item.machine, "waived", "needs-review"))
    desk.decide("张三", [number], other.status, "写在别处", TODAY)
    (entry,) = entries(out, "张三")

    assert (entry.unit, entry.about, entry.status, entry.by, entry.date) == (row.unit, item.key, other.status, "张三", "2026-03-10")
    assert entry.text_sha256 == row.text_sha256 and entry.quote == item.sentence
    assert desk.look(item).state == DONE and desk.next_open(FIRST) != number
    assert desk.said.waiting()

    there = read(out)
    assert there is not None
    run(plan_of(there, out))
    again = ReviewDesk(out)
    found = next(one for one in again.queue.items if again.queue.rows[one.row].unit == row.unit and one.key == item.key)
    assert found.status == other.status and again.look(found).state == DONE
    assert not again.said.waiting()


def test_undo_takes_back_what_was_written_last(desk: ReviewDesk, out: Path) -> None:
    """One decision, or all that were made at once; of an earlier session one entry at a time; in the end there is nothing."""
    first, second = desk.order(CHECK)[:2]
    desk.decide("张三", [first], desk.item(first)[0].machine, "看过")
    same = [one.id for one, _ in desk.alike(desk.item(second)[0])]
    desk.decide("张三", same, desk.item(second)[0].machine, "看过")
    assert len(entries(out, "张三")) == 1 + len(same)

    assert set(desk.undo("张三")) == set(same)
    assert [one.about for one in entries(out, "张三")] == [desk.item(first)[0].key]
    assert second in desk.open(CHECK)

    later = ReviewDesk(out)
    assert later.undo("张三") == (first,)
    assert entries(out, "张三") == []
    with pytest.raises(FazhiError, match="没有可以撤销"):
        later.undo("张三")


def test_two_differ_and_a_third_decides(desk: ReviewDesk, out: Path) -> None:
    """Each has a file of his own, also where another process writes it; the item is listed; the third's word holds."""
    number = desk.next_open(REST)
    item, _ = desk.item(number)
    statuses = [choice.status for choice in choices(item.kind)][:2]
    desk.decide("张三", [number], statuses[0], "看过")
    other = ReviewDesk(out)
    other.decide("李四", [number], statuses[1], "看过")
    desk.refresh()

    assert desk.look(item).state == SPLIT
    assert desk.next_open(DIFFER) == number and desk.progress(DIFFER).total == 1

    desk.decide("王五", [number], statuses[1], "看过")
    look = desk.look(item)
    assert look.state == DONE and look.holds is not None and (look.holds.status, look.holds.by) == (statuses[1], "李四、王五")
    assert desk.progress(DIFFER).total == 0


def test_deciding_and_uncertain_items_come_first(desk: ReviewDesk) -> None:
    """What a return rests on, then other deciding items; what the program is not sure of; the rest: each item in one list."""
    found = [desk.item(number) for number in desk.order(FIRST)]
    ranks = [(not item.deciding, row.verdict not in ("proposed", "return")) for item, row in found]

    assert found and ranks == sorted(ranks)
    assert all(item.deciding or item.stale for item, _ in found)
    assert all(desk.item(number)[0].certainty == "check" for number in desk.order(CHECK))
    assert len({*desk.order(FIRST), *desk.order(CHECK), *desk.order(REST)}) == sum(len(desk.order(view)) for view in (FIRST, CHECK, REST))


def test_agreeing_with_a_proposed_return_makes_it_one(desk: ReviewDesk, out: Path) -> None:
    """The verdict itself can be confirmed; what was never sent has none to be confirmed."""
    by_machine = {item.machine: item for item in desk.queue.items if item.kind == "verdict"}

    assert agreed_status(by_machine["proposed"]) == "return"
    assert agreed_status(by_machine["hold"]) == ""
    desk.decide("张三", [by_machine["proposed"].id], "return", "缺必备内容")
    assert [(entry.item, entry.status) for entry in entries(out, "张三")] == [("verdict", "return")]


def test_a_sample_tells_its_interval(desk: ReviewDesk) -> None:
    """Of what was surely met, in random order; agreement and interval follow the decisions; more can be drawn, and stays."""
    drawn = desk.order(SAMPLE)
    for number in drawn[:20]:
        desk.decide("张三", [number], "met", "看过")
    desk.decide("张三", [drawn[20]], "missing", "没有写")
    told = desk.agreement()

    assert (told.looked, told.agreed) == (21, 20) and told.low < 20 / 21 < told.high
    before = len(drawn)
    desk.more_samples()
    assert len(desk.order(SAMPLE)) == min(desk.population, before + 20) and desk.order(SAMPLE)[:before] == drawn


def test_what_cannot_be_decided_is_refused_and_nothing_is_written(desk: ReviewDesk, out: Path) -> None:
    """No reason, a status of another kind, an item that is not there, a unit that is not on the roster."""
    number = desk.next_open(FIRST)
    for numbers, status, reason in (([number], desk.item(number)[0].machine, " "), ([number], "done?", "x"), ([10**9], "met", "x")):
        with pytest.raises(FazhiError):
            desk.decide("张三", numbers, status, reason)
    with pytest.raises(FazhiError):
        desk.assign("张三", [(reviewing.STRAY, "没有的局")])
    with pytest.raises(FazhiError):
        desk.assign("张三", [("../x", "")])

    assert not path_of(out, "张三").exists()


def test_a_file_is_given_to_its_unit(client: TestClient, review: Review, out: Path) -> None:
    """The likely pair is asked first; confirmed, it goes into the reviewer's file and holds in the next run."""
    page = client.post(f"/review/{review.start}/name", json={"by": "张三"}).json()["next"]
    assert page.endswith("/pairs")
    shown = client.get(page).text
    assert reviewing.STRAY in shown and f'data-unit="{reviewing.OWES}"' in shown

    answer = client.post(f"/review/{review.start}/assign", json={"path": reviewing.STRAY, "unit": reviewing.OWES}).json()
    assert "/item/" in answer["next"]
    there = read(out)
    assert there is not None
    audit = run(plan_of(there, out)).audit
    assert next(entry.path for entry in audit.entries if entry.unit == reviewing.OWES) == reviewing.STRAY


def test_a_frozen_audit_takes_no_decision(desk: ReviewDesk, out: Path) -> None:
    """Said in a sentence; the files stay as they are."""
    from dataclasses import replace

    there = read(out)
    assert there is not None
    run(replace(plan_of(there, out), final=True, accept_open=True))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    desk.refresh()
    with pytest.raises(FazhiError, match="定稿"):
        desk.decide("张三", [desk.order(FIRST)[0]], "missing", "x")

    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert final.verify(out).differences == ()


# ---- a reviewer's file


def test_what_a_person_wrote_in_the_file_is_kept(out: Path, desk: ReviewDesk) -> None:
    """Entries by hand are read before the next is written; the file with its comments is copied aside first."""
    number = desk.next_open(FIRST)
    desk.decide("张三", [number], desk.item(number)[0].machine, "看过")
    path = path_of(out, "张三")
    by_hand = f"  # 我的话\n  - {{unit: {reviewing.UNITS[0]}, item: verdict, status: 退回, by: 张三, date: 2026-03-01, reason: 已研究}}\n"
    path.write_text(path.read_text("utf-8") + by_hand, "utf-8")
    desk.refresh()
    desk.decide("张三", [desk.next_open(FIRST)], "missing", "没有写")

    assert [one.about for one in entries(out, "张三")][1] == "verdict" and len(entries(out, "张三")) == 3
    assert any("我的话" in copy.read_text("utf-8") for copy in (out / ".fazhi").glob("review-*.yaml"))


def test_a_decision_that_cannot_be_written_is_not_taken(desk: ReviewDesk, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk costs the key press: it is said, the item stays open, the file as it was."""
    number, other = desk.order(FIRST)[:2]
    desk.decide("张三", [number], desk.item(number)[0].machine, "看过")
    before = path_of(out, "张三").read_bytes()

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FazhiError, match="没有存上"):
        desk.decide("张三", [other], desk.item(other)[0].machine, "看过")
    monkeypatch.undo()

    assert path_of(out, "张三").read_bytes() == before and other in desk.open(FIRST)
    assert list(out.glob(".*.part")) == []
    desk.decide("张三", [other], desk.item(other)[0].machine, "看过")
    assert len(entries(out, "张三")) == 2


@pytest.mark.parametrize("name", ["张三", "../x", "a/b", "CON", "李 四"])
def test_a_reviewers_file_stays_in_the_folder(out: Path, name: str) -> None:
    """Whatever the name is, its file lies beside review.yaml and is found as one of the reviewers'."""
    OwnFile(out, clean_name(name)).add((), {reviewing.STRAY: ""})

    assert path_of(out, name).parent == out
    assert path_of(out, name) in out.glob("review-*.yaml")


@pytest.mark.parametrize("name", ["", "  ", "张三、李四", "a\nb\0", "很长" * 20])
def test_names_that_are_none(name: str) -> None:
    """One person, printable, short."""
    with pytest.raises(FazhiError):
        clean_name(name)


# ---- text and folders


def test_passages_are_found_in_their_paragraph() -> None:
    """By number first, else anywhere; several lines piece by piece; a passage that differs in width marks its paragraph."""
    lines = [("", "全年培训6期。"), ("h", "二、问题"), ("", "全年培训6期。办结８０件。")]
    there = marked(lines, [Place("全年培训6期。", 3, HERE), Place("二、问题\n办结80件", 0, HERE)])

    assert [[part.mark for part in line.parts] for line in there] == [[""], [HERE], [HERE, ""]]
    assert "".join(part.text for line in there for part in line.parts) == "".join(text for _, text in lines)
    assert marked(lines, [Place("没有这句话", 1, HERE)])[0].parts[0].mark == ""


def test_folders_are_listed_by_name(tmp_path: Path) -> None:
    """Folders and rosters, nothing hidden; no content; what cannot be opened is said."""
    (tmp_path / "报送").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("名册.xlsx", "报告.docx", "b.csv"):
        (tmp_path / name).write_bytes(b"")
    found = listing(str(tmp_path), True)

    assert [name for name, _ in found["folders"]] == ["报送"] and [name for name, _ in found["files"]] == ["b.csv", "名册.xlsx"]
    assert listing(str(tmp_path), False)["files"] == []
    with pytest.raises(FazhiError):
        listing(str(tmp_path / "没有"), False)
    with pytest.raises(FazhiError):
        listing("relative", False)


# ---- whole audits from the page


def wait(client: TestClient) -> str:
    """Wait until the run is over; its state."""
    for _ in range(1200):
        state = str(client.get("/review/job").json()["state"])
        if state != "running":
            return state
        time.sleep(0.1)
    raise AssertionError("the run does not end")


def test_an_audit_is_run_from_the_page(client: TestClient, tmp_path: Path, out: Path) -> None:
    """Folder and roster chosen on the page; the results stand beside the reports; then it is run again from the desk."""
    place = out.parent
    asked = {"folder": str(place / "报送"), "roster": str(place / "名册.csv"), "out": str(tmp_path / "新"), "by": "张三", "year": "2023"}
    assert client.post("/review/new", json=asked).json() == {"next": "/review/running"}
    assert wait(client) == "done"
    page = client.get("/review/running").text
    assert (tmp_path / "新" / "index.html").is_file() and "去复核" in page

    key = re.search(r'href="/review/(\w+)/overview"', page)
    assert key
    client.post(f"/review/{key[1]}/name", json={"by": "张三"})
    assert client.post(f"/review/{key[1]}/run", json={}).json() == {"next": "/review/running"}
    assert wait(client) == "done"
    log = (tmp_path / "新" / "运行记录.txt").read_text("utf-8").splitlines()
    assert len(log) == 2 and "操作人 张三" in log[1]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"folder": ""}, "请选"),
        ({"folder": "/没有这里"}, "没有找到"),
        ({"folder": "relative"}, "完整的路径"),
        ({"folder": "/", "year": "x"}, "不完整"),
    ],
)
def test_mistakes_on_the_page_are_said(client: TestClient, asked: dict[str, str], words: str) -> None:
    """In a sentence, and nothing runs."""
    answer = client.post("/review/new", json={**asked, "by": "张三"})

    assert answer.status_code == 400 and words in answer.json()["error"]
    assert client.get("/review/job").status_code == 400


def test_what_is_posted_is_bounded(client: TestClient, review: Review) -> None:
    """A huge body, no JSON, a list: refused, nothing falls over."""
    for body in (b"x" * 2_000_000, b"{", b"[]", json.dumps({"item": "x", "status": 1, "reason": "x"}).encode()):
        assert client.post(f"/review/{review.start}/decide", content=body).status_code == 400


def test_a_run_can_be_stopped_and_goes_on(client: TestClient, tmp_path: Path, out: Path) -> None:
    """Stopped, it says so, and nothing is left running; the same audit again is done."""
    asked = {"folder": str(out.parent / "报送"), "out": str(tmp_path / "新"), "by": "张三"}
    client.post("/review/new", json=asked)
    assert client.post("/review/new", json=asked).status_code == 400
    assert client.post("/review/stop", json={}).json() == {"next": "/review/running"}
    assert "已停下" in client.get("/review/running").text

    assert client.post("/review/new", json=asked).status_code == 200
    assert wait(client) == "done"


def test_reviewers_differ_on_a_file(desk: ReviewDesk) -> None:
    """Then it is asked of a third, not of the two; with his word it is settled."""
    from scorer.web.review_pages import questions

    desk.assign("张三", [(reviewing.STRAY, reviewing.OWES)])
    desk.assign("李四", [(reviewing.STRAY, "")])

    assert [questions(desk, by) == [] for by in ("张三", "李四", "王五")] == [True, True, False]
    desk.assign("王五", [(reviewing.STRAY, "")])
    assert questions(desk, "王五") == [] and questions(desk, "赵六") == []


def test_a_second_start_comes_in_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the running page wrote down for its own user leads into its desk; nobody else can read it."""
    from scorer.web import running

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    with running.registered(1, "/review/enter?t=x&to=/"):
        file = tmp_path / "fazhi" / "page.entrance"
        assert file.read_text("ascii") == "/review/enter?t=x&to=/"
        assert file.stat().st_mode & 0o077 == 0
    assert not file.exists()


def test_a_page_from_before_another_run_decides_nothing(client: TestClient, review: Review, out: Path) -> None:
    """The same number may be another item by then: it is said, and nothing is written."""
    client.post(f"/review/{review.start}/name", json={"by": "张三"})
    page = client.get(f"/review/{review.start}/view/first")
    stamp, number = (re.search(rf'data-{name}="(\w+)"', page.text) for name in ("stamp", "item"))
    assert stamp and number
    asked = {"item": int(number[1]), "status": "missing", "reason": "没有写", "stamp": stamp[1]}
    there = read(out)
    assert there is not None
    run(plan_of(there, out))
    answer = client.post(f"/review/{review.start}/decide", json=asked)

    assert answer.status_code == 400 and "重新生成过" in answer.json()["error"]
    assert not path_of(out, "张三").exists()


def test_the_list_before_the_end_agrees_with_the_queue(desk: ReviewDesk) -> None:
    """Units proposed for return stand in it until what their return rests on is decided; each unit waits for as many items as the
    page says."""
    from scorer.audit.model import PROPOSED
    from scorer.audit.unfinished import WORDS
    from scorer.web.review_open import left

    waiting = {row.number: sum(1 for n in desk.order(f"unit-{row.number}") if n in desk.open(FIRST)) for row in desk.queue.rows}
    assert waiting == {row.number: row.open for row in desk.queue.rows} and any(waiting.values())

    proposed = [row for row in desk.queue.rows if row.verdict == PROPOSED and row.roster]
    names = {one.word: one.names for one in left(desk, [])}[WORDS[PROPOSED]]
    assert names == tuple(row.unit for row in proposed)

    numbers = [n for n in desk.order(f"unit-{proposed[0].number}") if n in desk.open(FIRST)]
    for number in numbers:
        desk.decide("张三", [number], desk.item(number)[0].machine, "看过")

    assert proposed[0].unit not in {one.word: one.names for one in left(desk, [])}.get(WORDS[PROPOSED], ())
