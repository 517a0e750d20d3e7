"""What is the office's stays: another audit is refused, an edited table stands, a frozen audit is proved, every run has its line."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path

import corpus
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from scorer.audit import final, runlog, standing
from scorer.audit.run import Done, Plan, run
from scorer.cli.app import app
from scorer.errors import FazhiError

UNITS = ("平川县司法局", "平川县教育局", "平川县水利局")
MISSING = "平川县林业局"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports on 2023."""
    place = tmp_path / "报送"
    place.mkdir()
    for unit in UNITS:
        (place / f"{unit}.txt").write_text(corpus.report(unit, size=900), "utf-8")
    return place


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The three and one that owes a report."""
    path = tmp_path / "名册.csv"
    path.write_text("单位\n" + "\n".join((*UNITS, MISSING)) + "\n", "utf-8")
    return path


def audit(folder: Path, out: Path, **more: object) -> Done:
    """One run."""
    return run(Plan(folder, out, jobs=1, **more))  # type: ignore[arg-type]


def contents(out: Path) -> dict[str, bytes]:
    """All that a person sees."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file() and ".fazhi" not in path.parts}


def verify(*words: str | Path) -> tuple[int, str]:
    """Exit status and words of the command."""
    result = CliRunner().invoke(app, ["verify", *map(str, words)], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.output


# ---- another audit


def test_another_year_is_refused_unless_asked(folder: Path, tmp_path: Path) -> None:
    """One line with the way out, nothing changed; asked for, it takes the place, and decisions on the old year are put aside."""
    out = tmp_path / "out"
    audit(folder, out, year=2023)
    (out / "review.yaml").write_text(
        f"entries:\n  - {{file: {UNITS[0]}.txt, rule: form.title, status: 具备, by: 钱十一, date: 2024-03-01, reason: 看过}}\n", "utf-8"
    )
    before = contents(out)
    with pytest.raises(FazhiError, match=r"2023年度的审核，这次是2024年度.*--replace") as caught:
        audit(folder, out, year=2024)

    assert "\n" not in str(caught.value)
    assert contents(out) == before

    done = audit(folder, out, year=2024, replace=True)

    assert any("已移到" in line for line in done.lines)
    assert "钱十一" not in (out / "review.yaml").read_text("utf-8")
    assert any("钱十一" in path.read_text("utf-8") for path in (out / ".fazhi").glob("2023年度-*review.yaml"))


def test_another_years_folder_is_known_without_being_told(folder: Path, tmp_path: Path) -> None:
    """Where no year is given and most files are others, a few are looked at first: the reports of the old year stay as they are."""
    out, later = tmp_path / "out", tmp_path / "次年"
    audit(folder, out)
    later.mkdir()
    for unit in UNITS:
        text = corpus.report(unit, size=1000).replace("2024", "2025").replace("2023", "2024")
        (later / f"{unit}.txt").write_text(text, "utf-8")
    before = contents(out)
    with pytest.raises(FazhiError, match="2023年度的审核，这次是2024年度"):
        audit(later, out)

    assert contents(out) == before
    assert audit(folder, out).worked == 0


def test_another_pack_is_refused(folder: Path, tmp_path: Path) -> None:
    """A pack of another name, or another version of it; an edit of the same version is said in the log."""
    out, own = tmp_path / "out", tmp_path / "own.yaml"
    audit(folder, out)
    own.write_text('id: own\ntitle: 本县要求\nversion: "1"\nextends: [national]\n', "utf-8")
    with pytest.raises(FazhiError, match=r"规则包“national”.*“own”1"):
        audit(folder, out, pack=str(own))

    audit(folder, out, pack=str(own), replace=True)
    own.write_text('id: own\ntitle: 本县的要求\nversion: "1"\nextends: [national]\n', "utf-8")
    audit(folder, out, pack=str(own))

    log = (out / runlog.NAME).read_text("utf-8").splitlines()
    assert len(log) == 3
    assert "上次是 national" in log[1] and "上次是 own 1" in log[2]


# ---- the table


def test_an_edited_table_is_not_written_over(folder: Path, roster: Path, tmp_path: Path) -> None:
    """The new one stands beside it and says so; one that was edited too is left alone as well; what stands is not made again."""
    out = tmp_path / "out"
    audit(folder, out, roster=roster)
    table, beside = out / "audit.xlsx", out / "audit（程序新稿）.xlsx"
    for path, note in ((table, "甲"), (beside, "乙")):
        book = load_workbook(path)
        book["缺项"]["Z1"] = note
        book.save(path)
        edited = path.read_bytes()
        done = audit(folder, out, roster=roster, deadline=None, signer=note)
        assert path.read_bytes() == edited
        assert any("audit.xlsx 有人改过，没有覆盖" in line for line in done.lines)
    third = out / "audit（程序新稿2）.xlsx"
    stamp = third.stat().st_ino
    audit(folder, out, roster=roster, signer="乙")

    assert third.stat().st_ino == stamp
    assert not (out / "audit（程序新稿3）.xlsx").exists()


def test_a_draft_beside_that_was_edited_stays(folder: Path, roster: Path, tmp_path: Path) -> None:
    """The letter that the program put beside an edited one is a person's too once somebody changed it; --fresh forgets nothing."""
    out = tmp_path / "out"
    audit(folder, out, roster=roster)
    letter = next(iter(sorted((out / "feedback").glob("*.docx"))))
    letter.write_bytes(letter.read_bytes() + b"x")
    audit(folder, out, roster=roster, signer="甲")
    beside = letter.with_name(f"{letter.stem}（程序新稿）.docx")
    beside.write_bytes(beside.read_bytes() + b"y")
    audit(folder, out, roster=roster, signer="乙", fresh=True)

    assert beside.read_bytes().endswith(b"y")
    assert letter.with_name(f"{letter.stem}（程序新稿2）.docx").exists()
    others = [path for path in (out / "feedback").glob("*程序新稿*") if not path.name.startswith(letter.stem)]
    assert others == []


# ---- the log


def test_every_run_has_its_line(folder: Path, roster: Path, tmp_path: Path) -> None:
    """When, version, pack, year, counts, what changed, who; a line that a broken run began is not joined to the next."""
    out = tmp_path / "out"
    audit(folder, out, roster=roster, by="李四")
    with (out / runlog.NAME).open("ab") as stream:
        stream.write("断".encode())
    (folder / f"{MISSING}.txt").write_text(corpus.report(MISSING, size=900), "utf-8")
    audit(folder, out, roster=roster)
    first, broken, second = (out / runlog.NAME).read_text("utf-8").splitlines()

    assert broken == "断"
    assert all(words in first for words in ("审核", "fazhi ", "规则包 national", "2023年度", "新检查3", "操作人 李四"))
    assert f"{MISSING} 未报送→" in second or "结论没有变" in second
    assert "新检查1、沿用3" in second


# ---- frozen


def test_a_frozen_audit_is_proved(folder: Path, roster: Path, tmp_path: Path) -> None:
    """As it was: 0. Changed, missing and added files are named, of inputs, outputs, decisions, packs and what was given: 1."""
    out = tmp_path / "out"
    audit(folder, out, roster=roster, final=True, accept_open=True, by="王五")
    status, words = verify(out)

    assert status == 0 and "一致" in words and "王五" in words
    data = json.loads((out / final.NAME).read_text("utf-8"))
    assert {row["part"] for row in data["files"]} == {"inputs", "given", "outputs"}
    assert {"review.yaml", "index.html", "定稿规则包/national.yaml"} <= {row["path"] for row in data["files"]}

    (folder / f"{UNITS[0]}.txt").write_text("x", "utf-8")
    (folder / "新.txt").write_text("x", "utf-8")
    (out / "index.html").unlink()
    (out / "review.yaml").write_text("entries:\n", "utf-8")
    (out / "定稿规则包" / "national.yaml").write_text("", "utf-8")
    roster.write_text("单位\n", "utf-8")
    status, words = verify(out)

    assert status == 1
    for what, path in (
        ("改过　报送材料", f"{UNITS[0]}.txt"),
        ("多出　报送材料", "新.txt"),
        ("缺少　结果", "index.html"),
        ("改过　结果", "review.yaml"),
        ("改过　结果", "定稿规则包/national.yaml"),
        ("改过　名册和模板", "名册.csv"),
    ):
        assert any(what in line and line.endswith(path) for line in words.splitlines()), (what, path)
    assert len(words.splitlines()) == 10


def test_moved_together_or_apart(folder: Path, tmp_path: Path) -> None:
    """Results and reports moved together are found; moved apart, the place can be told; nothing told, it is said and the status is 1."""
    place = tmp_path / "案卷"
    (place / "甲").mkdir(parents=True)
    folder.replace(place / "甲" / "报送")
    audit(place / "甲" / "报送", place / "甲" / "结果", final=True, accept_open=True)
    (place / "甲").replace(place / "乙")

    assert verify(place / "乙" / "结果")[0] == 0

    (place / "乙" / "报送").replace(tmp_path / "别处")
    status, words = verify(place / "乙" / "结果")

    assert status == 1 and "没有核对　报送材料" in words
    assert verify(place / "乙" / "结果", "--inputs", tmp_path / "别处")[0] == 0


def test_a_frozen_audit_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    """Refused in one line; reopened it can be, which is logged, and the old manifest stays."""
    out = tmp_path / "out"
    audit(folder, out, final=True, accept_open=True, by="王五")
    before = contents(out)
    with pytest.raises(FazhiError, match=r"已于.*定稿（王五）.*--reopen"):
        audit(folder, out)

    assert contents(out) == before

    audit(folder, out, reopen=True, by="赵六")

    assert not (out / final.NAME).exists()
    assert len(list(out.glob("定稿清单（*已撤销）.json"))) == 1
    log = (out / runlog.NAME).read_text("utf-8").splitlines()
    assert [line.split(" | ")[1] for line in log] == ["审核", "定稿", "撤销定稿", "审核"]
    assert "赵六" in log[2]
    with pytest.raises(FazhiError, match="没有定稿清单"):
        verify(out)


def test_the_log_goes_on_but_its_past_is_proved(folder: Path, tmp_path: Path) -> None:
    """Lines added later change nothing; a line that was changed does."""
    out = tmp_path / "out"
    audit(folder, out, final=True, accept_open=True)
    log = out / runlog.NAME
    with log.open("a", encoding="utf-8") as stream:
        stream.write("以后的一行\n")

    assert verify(out)[0] == 0

    log.write_text(log.read_text("utf-8").replace("审核", "修改", 1), "utf-8")

    assert verify(out)[0] == 1


def test_a_broken_manifest_proves_nothing(folder: Path, tmp_path: Path) -> None:
    """It is said, and nothing may be written there."""
    out = tmp_path / "out"
    audit(folder, out, final=True, accept_open=True)
    (out / final.NAME).write_text("{", "utf-8")
    with pytest.raises(FazhiError, match="损坏"):
        verify(out)
    with pytest.raises(FazhiError, match="损坏"):
        audit(folder, out)


def test_a_plan_can_be_run_again(folder: Path, roster: Path, tmp_path: Path) -> None:
    """What stands tells how it was made, so that nobody has to say it again; what is gone is named."""
    out = tmp_path / "out"
    day = datetime.date(2024, 4, 15)
    audit(folder, out, roster=roster, signer="平川县司法局", year=2023, deadline=day, fresh=True, by="张三")
    there = standing.read(out)
    assert there is not None
    plan = standing.plan_of(there, out)

    whole = Plan(folder, out, roster=roster, signer="平川县司法局", year=2023, deadline=day, jobs=1)
    assert plan == dataclasses.replace(whole, folder=plan.folder, roster=plan.roster)
    assert (plan.folder.resolve(), plan.roster and plan.roster.resolve()) == (folder, roster)
    assert run(plan).worked == 0

    roster.unlink()
    with pytest.raises(FazhiError, match="找不到"):
        standing.plan_of(there, out)


def test_a_plan_is_kept_whole(tmp_path: Path) -> None:
    """Every field that a user may set comes back, those that are added later too, but for what is asked for one run alone."""
    file, day = tmp_path / "x", datetime.date(2024, 4, 15)
    file.write_bytes(b"")
    samples = {"Path": file, "datetime.date": day, "int": 7, "float": 7.5, "str": "甲"}
    values = {
        field.name: "national" if field.name == "pack" else samples[str(field.type).split(" ")[0]]
        for field in dataclasses.fields(Plan)
        if field.name not in standing.ONCE
    }
    plan = Plan(out=tmp_path / "out", **values)  # type: ignore[arg-type]
    data = json.loads(json.dumps(standing.plan_data(plan)))
    known = standing.Standing("national", "1", "", 2023, "", "", {}, data)
    moved = {name: file.resolve() for name, value in values.items() if value is file}

    assert standing.plan_of(known, plan.out) == dataclasses.replace(plan, **moved)  # type: ignore[arg-type]


def test_work_undone_is_not_frozen_unasked(folder: Path, roster: Path, tmp_path: Path) -> None:
    """It is listed with its units and refused; asked for all the same, manifest, log and proof tell it."""
    out = tmp_path / "out"
    with pytest.raises(FazhiError, match=r"没有定稿.*拟退回（没有人确认）3个：平川县司法局、.*--accept-open"):
        audit(folder, out, roster=roster, final=True)

    assert not (out / final.NAME).exists()
    assert "定稿" not in (out / runlog.NAME).read_text("utf-8")

    done = audit(folder, out, roster=roster, final=True, accept_open=True, by="张三")

    assert json.loads((out / final.NAME).read_text("utf-8"))["open"] == [{"what": "拟退回（没有人确认）", "names": list(UNITS)}]
    assert any("带着没有办完的定稿" in line for line in done.lines)
    assert "带着没有办完的定稿：拟退回（没有人确认）3个" in (out / runlog.NAME).read_text("utf-8")
    status, words = verify(out)
    assert status == 0 and "定稿时没有办完　拟退回（没有人确认）3个" in words


def test_nobody_can_freeze_without_a_name(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said before anything is done."""
    monkeypatch.setattr(runlog, "user", lambda: "")
    with pytest.raises(FazhiError, match="操作人"):
        audit(folder, tmp_path / "out", final=True)

    assert not (tmp_path / "out").exists()


def test_a_deadline_that_is_past_is_told(folder: Path, tmp_path: Path) -> None:
    """One line; a day that is yet to come is nothing to be told."""
    now = datetime.datetime(2024, 3, 20)
    for day, told in ((datetime.date(2024, 3, 19), True), (datetime.date(2024, 3, 20), False)):
        lines = audit(folder, tmp_path / "out", deadline=day, now=now).lines
        assert any("2024-03-19 已经过去" in line for line in lines) is told
