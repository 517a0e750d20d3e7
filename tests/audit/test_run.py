"""Whole audits: what becomes of every file, what is kept, what a reviewer decided, and that nothing is lost."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import corpus
import pytest

from scorer.audit.model import ASKED, ASSESSED, NO_REPORT, NOT_SUBMITTED, UNREADABLE, Audit, Entry
from scorer.audit.run import Plan, run
from scorer.errors import FazhiError, PackError

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("平川县司法局", "平川县教育局", "平川县城关镇人民政府", "平川县水利局")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, a notice, a broken file, and things to be passed over."""
    place = tmp_path / "报送"
    (place / "乡镇").mkdir(parents=True)
    (place / "县司法局.txt").write_text(corpus.report(UNITS[0], size=900), "utf-8")
    (place / "教育局报告.txt").write_text(corpus.report(UNITS[1], size=900), "gb18030")
    (place / "乡镇" / "城关镇.txt").write_text(corpus.report(UNITS[2], size=900), "utf-8")
    (place / "通知.txt").write_text("关于召开会议的通知\n" + "各单位要按时参加会议，遵守纪律。" * 20, "utf-8")
    (place / "坏.docx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    (place / "~$教育局报告.docx").write_bytes(b"lock")
    (place / ".hidden.txt").write_text("x", "utf-8")
    return place


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Short and full names; one unit did not submit."""
    path = tmp_path / "名册.csv"
    path.write_text(
        "单位,层级,报送日期\n司法局,县直部门,2024-02-20\n教育局,县直部门,2024-03-09\n城关镇,乡镇,\n水利局,县直部门,\n", "gb18030"
    )
    return path


def audit(folder: Path, out: Path, **more: Any) -> Audit:
    """One run."""
    return run(Plan(folder, out, jobs=1, **more)).audit


def entry(result: Audit, unit: str) -> Entry:
    """The row of a unit."""
    return next(entry for entry in result.entries if entry.unit == unit)


def status(result: Audit, unit: str, rule: str) -> str:
    """The verdict on one element."""
    summary = entry(result, unit).summary
    assert summary is not None
    return next(verdict.status for verdict in summary.verdicts if verdict.rule == rule)


def contents(out: Path) -> dict[str, bytes]:
    """Every output but the store and the log of runs, without the line of time."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file() and ".fazhi" not in path.parts and path.name != "运行记录.txt":
            data = path.read_bytes()
            if path.name == "index.html":
                data = re.sub(rb"20\d\d-\d\d-\d\d \d\d:\d\d", b"", data)
            found[path.relative_to(out).as_posix()] = data
    return found


def lines(out: Path) -> list[dict[str, Any]]:
    """The results."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def test_every_file_and_unit_is_a_row(folder: Path, roster: Path, tmp_path: Path) -> None:
    """Units in the order of the roster, then files that stand for none; the reason of what was not assessed is given."""
    result = audit(folder, tmp_path / "out", roster=roster)

    assert [(e.unit, e.state) for e in result.entries] == [
        ("司法局", ASSESSED),
        ("教育局", ASSESSED),
        ("城关镇", ASSESSED),
        ("水利局", ASKED),  # 坏.docx names nobody and may be its
        ("坏.docx", UNREADABLE),
        ("通知.txt", NO_REPORT),
    ]
    assert "损坏" in entry(result, "坏.docx").reason
    assert "通知" in entry(result, "通知.txt").reason
    assert [gate.verdict for gate in result.gates][3:] == ["hold", "again", "again"]
    assert entry(result, "司法局").summary is not None and entry(result, "司法局").summary.level == "department"  # type: ignore[union-attr]


def test_outputs(folder: Path, roster: Path, tmp_path: Path) -> None:
    """All outputs are there; each line of the results is an object with its unit and state."""
    out = tmp_path / "out"
    result = audit(folder, out, roster=roster)

    names = set(contents(out))
    assert {"index.html", "audit.xlsx", "results.jsonl", "review.yaml", "通报.docx", "pack.json"} <= names
    assert {f"reports/{e.report}" for e in result.entries if e.report} == {name for name in names if name.startswith("reports/")}
    assert sum(1 for name in names if name.startswith("feedback/")) == 3
    data = lines(out)
    assert [d["state"] for d in data].count(ASSESSED) == 3
    assert {d["unit"] for d in data} == {e.unit for e in result.entries}
    assert all(d["source"]["path"] for d in data if d["state"] != ASKED)


def test_roster_dates_decide_timeliness(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A submission after the first of March is late, whatever date the report bears."""
    result = audit(folder, tmp_path / "out", roster=roster)

    assert status(result, "司法局", "timing.submission") == "met"
    assert status(result, "教育局", "timing.submission") == "missing"
    assert entry(result, "教育局").late is True


def test_latest_of_several_is_taken(folder: Path, tmp_path: Path) -> None:
    """The report with the later date counts; the older one is named and has a line of its own."""
    text = (folder / "县司法局.txt").read_text("utf-8")
    older = re.sub(r"2024年\d+月\d+日\n$", "2024年1月1日\n", text)
    (folder / "县司法局-新.txt").write_text(re.sub(r"2024年\d+月\d+日\n$", "2024年3月30日\n", text), "utf-8")
    (folder / "县司法局.txt").write_text(older, "utf-8")
    plain = tmp_path / "名册2.csv"
    plain.write_text("单位\n司法局\n教育局\n城关镇\n", "utf-8")
    out = tmp_path / "out"
    result = audit(folder, out, roster=plain)

    assert entry(result, "司法局").path == "县司法局-新.txt"
    assert entry(result, "司法局").superseded == ("县司法局.txt",)
    assert [d["state"] for d in lines(out) if d["source"] and d["source"]["path"] == "县司法局.txt"] == ["superseded"]


def test_a_draft_yields_to_the_final_report(folder: Path, tmp_path: Path) -> None:
    """Of two with the same date the one counts whose name does not say that it is a draft, whichever file is newer."""
    draft = folder / "县司法局（初稿）.txt"
    draft.write_text((folder / "县司法局.txt").read_text("utf-8"), "utf-8")
    os.utime(folder / "县司法局.txt", (1_600_000_000, 1_600_000_000))
    plain = tmp_path / "名册2.csv"
    plain.write_text("单位\n司法局\n教育局\n城关镇\n", "utf-8")
    result = audit(folder, tmp_path / "out", roster=plain)

    assert entry(result, "司法局").path == "县司法局.txt"
    assert entry(result, "司法局").superseded == (draft.name,)


def test_equal_dates_are_decided_without_the_time_of_the_file(folder: Path, tmp_path: Path) -> None:
    """Of two texts that nothing tells apart the longer counts, in every copy of the folder, and a person is asked; a person's
    word decides; the same text in two files is no question."""
    first, second = folder / "县司法局.txt", folder / "县司法局（1）.txt"
    text = first.read_text("utf-8")
    second.write_text(text.replace("全面依法治", "全面 依法治", 1).replace("。", "。特此说明。", 1), "utf-8")
    plain = tmp_path / "名册2.csv"
    plain.write_text("单位\n司法局\n教育局\n城关镇\n", "utf-8")
    for number, (old, new) in enumerate(((first, second), (second, first))):
        os.utime(old, (1_600_000_000, 1_600_000_000))
        os.utime(new, (1_700_000_000, 1_700_000_000))
        row = entry(audit(folder, tmp_path / f"out{number}", roster=plain), "司法局")
        assert row.path == second.name and row.superseded == (first.name,)
        assert row.doubt.startswith("两稿") and "取正文较长的“县司法局（1）.txt”" in row.doubt

    (tmp_path / "out0" / "review.yaml").write_text("matches:\n  县司法局.txt: 司法局\n", "utf-8")
    row = entry(audit(folder, tmp_path / "out0", roster=plain), "司法局")
    assert (row.path, row.doubt) == (first.name, "")

    second.write_text(text, "utf-8")
    assert entry(audit(folder, tmp_path / "out1", roster=plain), "司法局").doubt == ""


def test_what_a_person_changed_is_not_written_over(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A letter and the circular that somebody edited stay; the new ones stand beside them, and it is said."""
    out = tmp_path / "out"
    run(Plan(folder, out, roster=roster))
    letter = next(iter(sorted((out / "feedback").glob("*.docx"))))
    for path in (letter, out / "通报.docx"):
        path.write_bytes(path.read_bytes() + b"edited")
    again = run(Plan(folder, out, roster=roster, signer="岚溪县司法局"))

    for path in (letter, out / "通报.docx"):
        assert path.read_bytes().endswith(b"edited")
        assert path.with_name(f"{path.stem}（程序新稿）.docx").is_file()
        assert any(path.name in line and "没有覆盖" in line for line in again.lines)
    others = [path for path in (out / "feedback").glob("*.docx") if "程序新稿" not in path.name and path != letter]
    assert others and not any(path.with_name(f"{path.stem}（程序新稿）.docx").exists() for path in others)


def test_unchanged_files_are_kept(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A second run works only on what changed; a new time alone changes nothing; a deleted report page is made again; the
    table stays as it is as long as nothing that it shows has changed."""
    out = tmp_path / "out"
    run(Plan(folder, out, roster=roster))
    run(Plan(folder, out, roster=roster))
    before, table = contents(out), (out / "audit.xlsx").stat()
    run(Plan(folder, out, roster=roster))

    assert (out / "audit.xlsx").stat().st_ino == table.st_ino

    (folder / "坏.docx").unlink()  # the one file that could be 水利局's: now it is known to owe a report
    os.utime(folder / "县司法局.txt")
    second = run(Plan(folder, out, roster=roster))

    assert second.worked == 0
    assert contents(out).keys() == before.keys() | {"feedback/水利局.docx"}

    (out / "reports" / entry(second.audit, "司法局").report).unlink()
    (folder / "教育局报告.txt").write_text(corpus.report(UNITS[1], size=1000, seed=1), "utf-8")

    assert run(Plan(folder, out, roster=roster)).worked == 2
    assert contents(out).keys() == before.keys() | {"feedback/水利局.docx"}
    assert (out / "audit.xlsx").stat().st_ino != table.st_ino


def test_gone_files_leave_nothing(folder: Path, tmp_path: Path) -> None:
    """The page and the letter of a file that was taken away go with it; files of others stay."""
    out = tmp_path / "out"
    first = audit(folder, out)
    other = out / "reports" / "我的笔记.txt"
    other.write_text("x", "utf-8")
    gone = next(e for e in first.entries if e.path == "县司法局.txt")
    (folder / "县司法局.txt").unlink()
    audit(folder, out)

    assert not (out / "reports" / gone.report).exists()
    assert other.exists()


def test_same_input_same_bytes(folder: Path, roster: Path, tmp_path: Path) -> None:
    """Neither the number of processes nor the place of the outputs changes a byte (but for the line of time)."""
    for number in range(20):
        (folder / f"{corpus.units(60)[number + 30]}.txt").write_text(corpus.report(corpus.units(60)[number + 30], size=700), "utf-8")
    run(Plan(folder, tmp_path / "a", roster=roster, jobs=1))
    run(Plan(folder, tmp_path / "b", roster=roster, jobs=2))

    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_previous_year(folder: Path, roster: Path, tmp_path: Path) -> None:
    """Last year's reports are matched to the same units: score then, what became of the plan, what was taken over."""
    before = tmp_path / "上年"
    before.mkdir()
    text = corpus.report(UNITS[0], 2022, size=900)
    (before / "司法局2022.txt").write_text(text, "utf-8")
    (before / "无关.txt").write_text("无", "utf-8")
    middle = text.partition("一、主要")[2].partition("二、存在")[0]
    this = (folder / "县司法局.txt").read_text("utf-8")
    head, _, rest = this.partition("一、主要")
    (folder / "县司法局.txt").write_text(f"{head}一、主要{middle}二、存在{rest.partition('二、存在')[2]}", "utf-8")
    result = audit(folder, tmp_path / "out", roster=roster, previous=before)

    assert entry(result, "司法局").previous_total is not None
    assert entry(result, "司法局").follow_up
    assert [(x.unit, x.previous) for x in result.likenesses if x.previous] == [("司法局", True)]
    assert any("无关.txt" in note for note in result.notes)


def test_a_hanging_file_costs_itself(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes too long or kills its process is a row with the reason; the others are assessed."""
    import trouble

    monkeypatch.setattr("scorer.audit.run.prepare", trouble.prepare)
    (folder / "死循环.txt").write_text("x", "utf-8")
    (folder / "崩溃.txt").write_text("x", "utf-8")
    result = audit(folder, tmp_path / "out", timeout=3)

    assert entry(result, "死循环.txt").reason.startswith("检查超过3秒")
    assert "意外中止" in entry(result, "崩溃.txt").reason
    assert sum(1 for e in result.entries if e.state == ASSESSED) == 3


def test_output_inside_the_folder(folder: Path) -> None:
    """The outputs may lie under the folder; they are no submissions. Only the folder itself is refused."""
    first = audit(folder, folder / "结果")
    second = audit(folder, folder / "结果")

    assert [e.path for e in first.entries] == [e.path for e in second.entries]
    with pytest.raises(FazhiError, match="另一个文件夹"):
        audit(folder, folder)


def test_results_of_another_audit_are_no_submissions(folder: Path, tmp_path: Path) -> None:
    """Its pages quote whole reports; they are passed over, and that is said."""
    audit(folder, folder / "上次结果")
    result = audit(folder, tmp_path / "out")

    assert not [e.path for e in result.entries if "上次结果" in e.path]
    assert "有1个文件夹是以前的审核结果，没有检查。" in result.notes


def test_the_folder_is_not_its_own_previous_year(folder: Path, tmp_path: Path) -> None:
    """Nothing would be compared with anything."""
    with pytest.raises(FazhiError, match="上一年度的文件夹就是所审的文件夹"):
        audit(folder, tmp_path / "out", previous=folder)


def test_links_are_not_followed_out(folder: Path, tmp_path: Path) -> None:
    """A link to a file elsewhere is left out, and that is said."""
    outside = tmp_path / "别处.txt"
    outside.write_text(corpus.report(UNITS[3], size=900), "utf-8")
    (folder / "链接.txt").symlink_to(outside)
    result = audit(folder, tmp_path / "out")

    assert "链接.txt" not in [e.path for e in result.entries]
    assert any("链接" in note for note in result.notes)


# ---- review


REVIEW = """\
matches:
  通知.txt: 无
entries:
  - unit: 教育局
    rule: timing.submission
    status: 具备
    by: 张三
    date: 2024-03-10
    reason: 纸质件二月已收到
"""


def test_a_person_decides(folder: Path, roster: Path, tmp_path: Path) -> None:
    """The person's verdict stands, the machine's is kept beside it, and the score follows."""
    out = tmp_path / "out"
    before = entry(audit(folder, out, roster=roster), "教育局").summary
    (out / "review.yaml").write_text(REVIEW, "utf-8")
    done = run(Plan(folder, out, roster=roster))
    after = entry(done.audit, "教育局").summary

    assert done.worked == 2  # the reviewed report, and the broken file that is tried again
    assert before is not None and after is not None
    verdict = next(v for v in after.verdicts if v.rule == "timing.submission")
    assert (verdict.status, verdict.machine, verdict.by, verdict.stale) == ("met", "missing", "张三", False)
    assert after.total > before.total
    assert 0 < after.by_person < 0.2
    found = next(d for d in lines(out) if d["unit"] == "教育局")
    finding = next(f for f in found["findings"] if f["rule"] == "timing.submission")
    assert finding["machine"] == "missing"
    assert finding["reviewed"] == {"by": "张三", "date": "2024-03-10", "reason": "纸质件二月已收到"}
    page = (out / "reports" / entry(done.audit, "教育局").report).read_text("utf-8")
    assert "张三" in page and "程序的结论是“缺失”" in page
    assert (out / "review.yaml").read_text("utf-8") == REVIEW


def test_a_changed_text_makes_a_verdict_stale(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A verdict given on another text does not hold any more, and the person is asked again."""
    out = tmp_path / "out"
    (out).mkdir()
    (out / "review.yaml").write_text(REVIEW, "utf-8")
    audit(folder, out, roster=roster)
    (folder / "教育局报告.txt").write_text(corpus.report(UNITS[1], size=950, seed=3), "utf-8")
    done = run(Plan(folder, out, jobs=1, roster=roster))
    summary = entry(done.audit, "教育局").summary

    assert summary is not None
    verdict = next(v for v in summary.verdicts if v.rule == "timing.submission")
    assert (verdict.stale, verdict.status, verdict.person, verdict.by) == (True, "missing", "met", "张三")
    assert any("请重新核对：教育局" in line for line in done.lines)


def test_confirmed_match(folder: Path, roster: Path, tmp_path: Path) -> None:
    """What a person says of a file's unit goes before what its names say."""
    (folder / "神秘.txt").write_text(corpus.report("无名单位", size=900).replace("无名单位", "我单位"), "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "review.yaml").write_text("matches:\n  神秘.txt: 水利局\n  县司法局.txt: 无\n  坏.docx: 无\nentries:\n", "utf-8")
    result = audit(folder, out, roster=roster)

    assert entry(result, "水利局").path == "神秘.txt"
    assert entry(result, "司法局").state == ASKED  # the roster has the day of its report


def test_review_that_speaks_of_nothing_is_named(folder: Path, roster: Path, tmp_path: Path) -> None:
    """An unknown unit, file or element is told with the line; a waiver that ran out gives the machine's verdict back."""
    out = tmp_path / "out"
    out.mkdir()
    rest = "status: 豁免, by: 张三, date: 2024-03-10, reason: 理由充分"
    text = f"entries:\n  - {{unit: 水务局, rule: form.title, {rest}}}\n  - {{unit: 司法局, rule: form.titel, {rest}}}\n  - {{file: x.txt, rule: form.title, {rest}}}\n"
    text += f"  - {{unit: 司法局, rule: form.title, {rest}, expires: 2024-04-01}}\n"
    (out / "review.yaml").write_text(text, "utf-8")
    notes = " ".join(audit(folder, out, roster=roster).notes)

    assert "review.yaml:2" in notes and "水务局" in notes
    assert "review.yaml:3" in notes and "form.titel" in notes
    assert "review.yaml:4" in notes and "x.txt" in notes
    assert "review.yaml:5" in notes and "到期" in notes


def test_review_with_mistakes_stops_the_run(folder: Path, roster: Path, tmp_path: Path) -> None:
    """Every mistake with its line, before anything is done."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "review.yaml").write_text(
        "entries:\n  - unit: 司法局\n    rule: form.title\n    status: 还行\n    by: 张三\n    date: 昨天\n", "utf-8"
    )
    with pytest.raises(PackError) as caught:
        audit(folder, out, roster=roster)

    assert re.search(r"review\.yaml:4:.*还行", str(caught.value))
    assert re.search(r"review\.yaml:6:.*昨天", str(caught.value))
    assert "reason" in str(caught.value)


def test_verdicts_written_into_the_table_are_taken_over(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A reviewer fills the columns of the table of gaps: the entries go into review.yaml, once, and hold."""
    from openpyxl import load_workbook

    out = tmp_path / "out"
    audit(folder, out, roster=roster)
    book = load_workbook(out / "audit.xlsx")
    sheet = book["缺项"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "复核结论" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    wanted = ("教育局", "timing.submission")
    rows = sheet.iter_rows(min_row=head[0].row + 1)
    row = next(r[0].row for r in rows if (r[0].value, r[columns["要素编号"] - 1].value) == wanted)
    for name, value in (("复核结论", "具备"), ("复核人", "赵六"), ("复核日期", "2024-03-12"), ("复核理由", '补交了"回执": 已核')):
        sheet.cell(row, columns[name], value)
    book.save(out / "audit.xlsx")
    result = audit(folder, out, roster=roster)

    assert status(result, "教育局", "timing.submission") == "met"
    text = (out / "review.yaml").read_text("utf-8")
    assert text.count("赵六") == 1 and text.startswith("# 复核记录")
    audit(folder, out, roster=roster)
    assert (out / "review.yaml").read_text("utf-8") == text


# ---- nothing is lost


def test_a_waiver_in_the_table_is_not_taken_over_as_a_verdict(folder: Path, roster: Path, tmp_path: Path) -> None:
    """The table shows it as it is in force; taken back as 不适用 it would hold for ever."""
    from openpyxl import load_workbook

    out = tmp_path / "out"
    out.mkdir()
    (out / "review.yaml").write_text(
        "entries:\n  - {unit: 教育局, rule: timing.submission, status: 豁免, by: 李四, date: 2024-03-01, reason: 机构改革, expires: 2099-01-01}\n",
        "utf-8",
    )
    audit(folder, out, roster=roster)
    before = (out / "review.yaml").read_bytes()
    book = load_workbook(out / "audit.xlsx")
    assert any("豁免" in str(cell.value) for row in book["缺项"].iter_rows() for cell in row)
    book["缺项"]["Z1"] = "改动"
    book.save(out / "audit.xlsx")
    audit(folder, out, roster=roster)

    assert (out / "review.yaml").read_bytes() == before


def command(folder: Path, out: Path, roster: Path) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    words = [sys.executable, "-m", "scorer", "audit", str(folder), "-o", str(out), "--roster", str(roster), "--jobs", "2"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_runs_go_on(folder: Path, roster: Path, tmp_path: Path) -> None:
    """A run killed at ten random points and started again gives the bytes of an uninterrupted one."""
    for name in corpus.units(60)[30:54]:
        (folder / f"{name}.txt").write_text(corpus.report(name, size=1500), "utf-8")
    start = time.monotonic()
    whole = command(folder, tmp_path / "whole", roster)
    assert whole.wait(300) == 0, whole.communicate()
    length = time.monotonic() - start
    chance = random.Random(7)
    out = tmp_path / "killed"
    for number in range(10):
        if number == 5:
            out = tmp_path / "killed-2"
        running = command(folder, out, roster)
        time.sleep(chance.uniform(0.1, 1.0) * length)
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()  # type: ignore[union-attr]
        running.stderr.close()  # type: ignore[union-attr]
        if number in (4, 9):
            last = command(folder, out, roster)
            assert last.wait(300) == 0, last.communicate()
            assert contents(out) == contents(tmp_path / "whole")


def test_two_runs_at_once_are_refused(folder: Path, roster: Path, tmp_path: Path) -> None:
    """The second one says so in one line and changes nothing; once the first is done the way is free."""
    from scorer.audit.store import FOLDER, Lock

    inner = tmp_path / "out" / FOLDER
    inner.mkdir(parents=True)
    held = Lock(inner)
    second = command(folder, tmp_path / "out", roster)
    _, error = second.communicate(timeout=300)

    assert second.returncode == 2
    assert "另一个 fazhi audit" in error.decode()
    assert not (tmp_path / "out" / "index.html").exists()
    held.release()
    assert command(folder, tmp_path / "out", roster).wait(300) == 0


def test_a_broken_store_is_put_aside(folder: Path, tmp_path: Path) -> None:
    """A database that cannot be read costs the kept results, not the run."""
    out = tmp_path / "out"
    audit(folder, out)
    (out / ".fazhi" / "audit.sqlite").write_bytes(b"rubbish" * 1000)
    for name in ("audit.sqlite-wal", "audit.sqlite-shm"):
        (out / ".fazhi" / name).unlink(missing_ok=True)
    done = run(Plan(folder, out))

    assert done.worked == 5
    assert any("重新检查" in line for line in done.lines)


def test_nobody_is_said_to_owe_a_report_that_may_be_there(folder: Path, tmp_path: Path) -> None:
    """As long as a file without a name or with a unit's own lies unmatched, or the roster tells of a report, the unit is asked and
    gets no letter; once the files are said to be nobody's it gets one."""
    path, out = tmp_path / "名册3.csv", tmp_path / "out"
    path.write_text("单位,报送日期\n司法局,\n教育局,\n城关镇,\n水利局,\n财政局,已报\n", "utf-8")
    result = audit(folder, out, roster=path)

    assert entry(result, "水利局").state == entry(result, "财政局").state == ASKED
    assert "坏.docx" in entry(result, "水利局").doubt and "已报" in entry(result, "财政局").doubt
    assert {gate.verdict for e, gate in zip(result.entries, result.gates, strict=True) if e.state == ASKED} == {"hold"}
    assert not (out / "feedback" / "水利局.docx").exists() and not (out / "feedback" / "财政局.docx").exists()

    (out / "review.yaml").write_text("matches:\n  坏.docx: 无\n  通知.txt: 无\nentries:\n", "utf-8")
    result = audit(folder, out, roster=path)
    assert entry(result, "水利局").state == NOT_SUBMITTED and entry(result, "财政局").state == ASKED
    assert (out / "feedback" / "水利局.docx").exists() and not (out / "feedback" / "财政局.docx").exists()


def test_the_offices_own_letters_are_no_submissions(folder: Path, roster: Path, tmp_path: Path) -> None:
    """Left in the folder, also changed in Word, they are no unit's report and no row; it is said."""
    out = tmp_path / "out"
    before = audit(folder, out, roster=roster)
    for path in (*(out / "feedback").glob("*.docx"), out / "通报.docx"):
        (folder / path.name).write_bytes(path.read_bytes())
    after = audit(folder, tmp_path / "again", roster=roster)

    assert [(e.unit, e.state, e.path) for e in after.entries] == [(e.unit, e.state, e.path) for e in before.entries]
    assert any("4个文件是审核机关发出的函或者通报" in note for note in after.notes)
