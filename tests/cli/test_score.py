"""The command line: exit states, outputs, and one line for every mistake of use."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from helpers import MEASURES, docx, pack_text, page, paragraph, rule, write_pack
from running import fazhi, one_line

REPORT = page(measures=MEASURES + "依法行政水平不断提升，行政执法和行政复议工作有序推进，法治政府建设取得新的进展。")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in a folder of its own."""
    path = tmp_path / "岚溪县 报告.txt"
    path.write_text(REPORT, "utf-8")
    return path


# ---- the program itself


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(option: str) -> None:
    """The version is one line."""
    from scorer import __version__

    got = fazhi(option)

    assert (got.code, got.out, got.err) == (0, f"fazhi {__version__}\n", "")


@pytest.mark.parametrize("args", [["--help"], ["-h"], []])
def test_help_of_the_program(args: list[str]) -> None:
    """Help names the commands in Chinese; without arguments it is shown as well."""
    got = fazhi(*args)

    assert got.code == 0
    assert "法治政府建设年度报告" in got.out
    assert "检查一份或几份报告" in got.out


def test_help_of_score() -> None:
    """Options, examples and exit states are explained in Chinese."""
    got = fazhi("score", "--help")

    assert got.code == 0
    for words in ("--fail-under", "--report-year", "报告年度", "退出状态", "规则包"):
        assert words in got.out


@pytest.mark.parametrize("args", [["--help"], ["score", "--help"], ["rules", "--help"]])
def test_help_is_chinese_throughout(args: list[str]) -> None:
    """No English sentence of the library is left in the help."""
    got = fazhi(*args)

    assert got.out
    assert not any(words in got.out for words in ("Show this message", "Usage:", "Options:"))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["score"], "缺少参数"),
        (["scoer", "x.txt"], "没有这个命令：scoer"),
        (["score", "--levle", "county", "x.txt"], "没有选项 --levle，是否想写 --level"),
        (["score", "--report-year", "二三", "x.txt"], "--report-year "),
        (["score", "--report-year", "1066", "x.txt"], "--report-year "),
        (["score", "--level", "village", "x.txt"], "--level "),
        (["score", "--format", "pdf", "x.txt"], "--format "),
        (["score", "--fail-under", "101", "x.txt"], "--fail-under "),
        (["score", "--published", "2024-13-45", "x.txt"], "--published 的日期“2024-13-45”认不出来"),
        (["score", "--pack", "natoinal", "x.txt"], "是否想写“national”"),
        (["score", "--pack", "没有.yaml", "x.txt"], "找不到这个规则包文件"),
    ],
)
def test_wrong_use_is_one_line(args: list[str], words: str) -> None:
    """A slip in the command is told in one line, with what was meant."""
    got = one_line(fazhi(*args))

    assert words in got


@pytest.mark.parametrize("args", [["--level", "village"], ["--format", "pdf"], ["--fail-under", "101"], ["--report-year", "二三"]])
def test_wrong_values_are_explained_in_chinese(args: list[str]) -> None:
    """The line holds no English sentence."""
    got = one_line(fazhi("score", *args, "x.txt"))

    assert not any(words in got for words in (" is not ", " valid "))


# ---- one report


def test_summary_on_the_terminal(report: Path) -> None:
    """Without options the summary is shown: title, points, what to mend."""
    got = fazhi("score", report)

    assert (got.code, got.err) == (0, "")
    assert "岚溪县人民政府关于2023年法治政府建设情况的报告" in got.out
    assert "得分" in got.out


def test_json_of_one_report_is_an_object(report: Path) -> None:
    """One input, one object, offsets into the text."""
    got = fazhi("score", report, "--format", "json")
    data = json.loads(got.out)

    assert (got.code, got.err) == (0, "")
    assert data["schema"] == "fazhi-result/1"
    assert data["is_annual_report"] is True
    assert data["profile"] == {"report_year": 2023, "level": "county"}
    assert all(REPORT[q["start"] : q["end"]] == q["quote"] for f in data["findings"] for q in f["evidence"])


@pytest.mark.parametrize(
    ("name", "start"), [("结果.json", "{"), ("结果.html", "<!DOCTYPE html>"), ("新/的/夹/结果.JSON", "{"), ("无扩展名", "<!DOCTYPE html>")]
)
def test_output_by_its_suffix(report: Path, tmp_path: Path, name: str, start: str) -> None:
    """-o chooses the form by the suffix, HTML without one, and makes the folders it needs."""
    target = tmp_path / name
    got = fazhi("score", report, "-o", target)

    assert (got.code, got.out) == (0, "")
    assert str(target) in got.err
    assert target.read_text("utf-8").lstrip().startswith(start)


def test_format_overrules_the_suffix(report: Path, tmp_path: Path) -> None:
    """--format says what is written whatever the name."""
    target = tmp_path / "结果.txt"
    got = fazhi("score", report, "--format", "json", "-o", target)

    assert got.code == 0
    assert json.loads(target.read_text("utf-8"))["schema"] == "fazhi-result/1"


def test_an_older_result_is_replaced_whole(report: Path, tmp_path: Path) -> None:
    """Writing again leaves the new result and no leavings."""
    target = tmp_path / "out" / "结果.json"
    target.parent.mkdir()
    target.write_text("旧" * 1_000_000)
    got = fazhi("score", report, "-o", target)

    assert got.code == 0
    assert [p.name for p in target.parent.iterdir()] == ["结果.json"]
    assert json.loads(target.read_text("utf-8"))


def test_a_word_file(tmp_path: Path) -> None:
    """A Word file is judged like its text."""
    path = tmp_path / "报告.docx"
    path.write_bytes(docx("".join(paragraph(line) for line in REPORT.split("\n"))))
    got = json.loads(fazhi("score", path, "--format", "json").out)

    assert (got["source"]["format"], got["is_annual_report"]) == ("docx", True)


@pytest.mark.parametrize(("limit", "code"), [("0", 0), ("100", 1)])
def test_fail_under(report: Path, limit: str, code: int) -> None:
    """A score below the limit ends in state 1, with the result shown all the same."""
    got = fazhi("score", report, "--fail-under", limit)

    assert got.code == code
    assert "得分" in got.out


def test_given_year_level_and_dates_are_used(report: Path) -> None:
    """The options overrule the page; the day of submission is not that of the document."""
    got = fazhi(
        "score",
        report,
        "--format",
        "json",
        "--report-year",
        "2022",
        "--level",
        "city",
        "--published",
        "2023年5月6日",
        "--submitted",
        "2023/2/1",
    )
    data = json.loads(got.out)
    status = {f["rule"]: f["status"] for f in data["findings"]}

    assert data["profile"] == {"report_year": 2022, "level": "city"}
    assert (data["metadata"]["publication_date"], data["metadata"]["document_date"]) == ("2023-05-06", "2024-02-05")
    assert (status["timing.publication"], status["timing.submission"]) == ("missing", "met")


# ---- what cannot be judged


def test_no_annual_report_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    """A document of another kind: the reason, state 2, no file."""
    path = tmp_path / "通知.txt"
    path.write_text(page(title="关于印发岚溪县法治政府建设实施方案的通知"), "utf-8")
    got = one_line(fazhi("score", path, "-o", tmp_path / "out" / "结果.html"))

    assert "不是法治政府建设年度报告" in got
    assert str(path) in got
    assert [p.name for p in tmp_path.iterdir()] == ["通知.txt"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("扫描.pdf", b"%PDF-1.4", "PDF"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版Word"),
        ("空.txt", b"", "空的"),
        ("坏.docx", b"PK\x03\x04xx", "损坏"),
    ],
)
def test_unreadable_files_are_one_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """What cannot be read is told with its name and the way out; nothing is written."""
    path = tmp_path / name
    path.write_bytes(content)
    got = one_line(fazhi("score", path, "-o", tmp_path / "结果.html"))

    assert words in got
    assert name in got
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_missing_files_and_folders_are_one_line(tmp_path: Path) -> None:
    """A wrong path and a folder are told apart."""
    missing, folder = one_line(fazhi("score", tmp_path / "没有.txt")), one_line(fazhi("score", tmp_path))

    assert "找不到" in missing
    assert "文件夹" in folder


def test_a_pack_with_mistakes_is_told_line_by_line(report: Path, tmp_path: Path) -> None:
    """All mistakes of the user's own pack are shown with their places, state 2."""
    own = write_pack(tmp_path, pack_text(rule(extra="wieght: 3"), extra="grads: []"))
    got = fazhi("score", report, "--pack", own)

    assert got.code == 2
    assert "mine.yaml:8:1：" in got.err
    assert "mine.yaml:18:5：" in got.err
    assert "Traceback" not in got.err


def test_an_own_pack_is_used(report: Path, tmp_path: Path) -> None:
    """--pack takes a file, and the findings are those of its rules."""
    own = write_pack(
        tmp_path,
        pack_text(
            rule(params="{terms: [行政复议]}"), extra="extends: [lexicon]\ngrades: [{name: 合格, from: 60}, {name: 不合格, from: 0}]"
        ),
    )
    got = fazhi("score", report, "--format", "json", "--pack", own)
    data = json.loads(got.out)

    assert data["pack"]["id"] == "mine"
    assert [(f["rule"], f["status"]) for f in data["findings"]] == [("task.first", "met")]
    assert (data["score"]["total"], data["score"]["grade"]) == (100, "合格")


# ---- several reports


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Two reports of one name in two folders, and a file that is none."""
    paths = [tmp_path / "甲" / "报告.txt", tmp_path / "乙" / "报告.txt", tmp_path / "坏.pdf"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(REPORT.encode() if path.suffix == ".txt" else b"%PDF-1.4")
    return paths


def test_one_bad_file_does_not_stop_the_others(three: list[Path]) -> None:
    """The good ones are judged, the bad one is told, the state is 2."""
    got = fazhi("score", three[0], three[2], three[1])

    assert got.code == 2
    assert got.out.count("\n得分") == 2
    assert len(got.err.splitlines()) == 1
    assert "坏.pdf" in got.err


def test_json_of_several_reports_is_an_array(three: list[Path]) -> None:
    """Several inputs, one array, in the order given."""
    got = fazhi("score", three[1], three[0], "--format", "json")
    data = json.loads(got.out)

    assert got.code == 0
    assert [d["source"]["path"] for d in data] == [str(three[1]), str(three[0])]


def test_json_of_several_inputs_is_an_array_even_if_one_is_left(three: list[Path]) -> None:
    """A script that passes several files always gets an array."""
    got = fazhi("score", three[0], three[2], "--format", "json")

    assert got.code == 2
    assert isinstance(json.loads(got.out), list)


@pytest.mark.parametrize(("form", "names"), [("html", {"报告.html", "报告-2.html"}), ("json", {"报告.json", "报告-2.json"})])
def test_several_reports_into_a_folder(three: list[Path], tmp_path: Path, form: str, names: set[str]) -> None:
    """Each report has its file, none overwrites another of the same name, the bad one has none."""
    out = tmp_path / "结果"
    got = fazhi("score", *three, "--format", form, "-o", out)

    assert got.code == 2
    assert {p.name for p in out.iterdir()} == names


def test_several_reports_into_one_json_file(three: list[Path], tmp_path: Path) -> None:
    """A name with .json takes them all."""
    target = tmp_path / "全部.json"
    got = fazhi("score", *three[:2], "--format", "json", "-o", target)

    assert got.code == 0
    assert len(json.loads(target.read_text("utf-8"))) == 2


def test_all_bad_writes_nothing(three: list[Path], tmp_path: Path) -> None:
    """Where nothing could be judged there is no output, not even a folder."""
    got = fazhi("score", three[2], tmp_path / "没有.txt", "-o", tmp_path / "结果")

    assert got.code == 2
    assert len(got.err.splitlines()) == 2
    assert not (tmp_path / "结果").exists()


def test_fail_under_with_several(three: list[Path]) -> None:
    """One report under the limit is enough for state 1; a bad file outweighs it with 2."""
    low, bad = fazhi("score", *three[:2], "--fail-under", "100"), fazhi("score", *three, "--fail-under", "100")

    assert (low.code, bad.code) == (1, 2)


def test_several_html_need_a_folder(three: list[Path]) -> None:
    """Several pages on one screen make no page."""
    got = fazhi("score", *three[:2], "--format", "html")

    assert got.code == 2
    assert "-o" in got.err
    assert got.out == ""


# ---- odd names and places


def test_names_with_odd_characters(tmp_path: Path) -> None:
    """Blanks, quotes and brackets in names are no trouble."""
    path = tmp_path / "岚溪县 '年度\"报告（终稿）[1] & 副本.txt"
    path.write_text(REPORT, "utf-8")
    got = fazhi("score", path, "-o", tmp_path / "结 果 <1>.html")

    assert got.code == 0
    assert (tmp_path / "结 果 <1>.html").exists()


def test_a_name_that_begins_with_a_dash(tmp_path: Path) -> None:
    """After -- a name may begin with a dash."""
    (tmp_path / "-报告.txt").write_text(REPORT, "utf-8")
    got = fazhi("score", "--", "-报告.txt", cwd=tmp_path)

    assert got.code == 0


def foreign(folder: Path) -> bytes:
    """A report whose name is no UTF-8, as old archives hold them."""
    name = os.fsencode(folder) + "/岚溪县报告.txt".encode("gbk")
    try:
        with open(name, "wb") as stream:  # noqa: PTH123
            stream.write(REPORT.encode())
    except OSError:
        pytest.skip("this file system only takes Unicode names")
    return name


def test_a_name_in_another_encoding_on_the_terminal(tmp_path: Path) -> None:
    """A file name in GBK does not hinder the summary."""
    got = fazhi("score", foreign(tmp_path))

    assert got.code == 0
    assert "得分" in got.out


@pytest.mark.parametrize("suffix", ["json", "html"])
def test_a_name_in_another_encoding_into_a_file(tmp_path: Path, suffix: str) -> None:
    """A file name in GBK does not hinder writing."""
    out = tmp_path / "out"
    got = fazhi("score", foreign(tmp_path), "-o", out / f"结果.{suffix}")

    assert got.code == 0
    assert [p.name for p in out.iterdir()] == [f"结果.{suffix}"]


def test_a_place_that_cannot_be_written_is_one_line(report: Path, tmp_path: Path) -> None:
    """Where writing is impossible the user is told, in state 2."""
    blocked = tmp_path / "文件"
    blocked.write_text("")
    got = one_line(fazhi("score", report, "-o", blocked / "结果.html"))

    assert "写不进去" in got


def test_a_failed_write_leaves_nothing(report: Path, tmp_path: Path) -> None:
    """Whatever -o with an existing folder does, no half file is left."""
    (tmp_path / "结果").mkdir()
    got = fazhi("score", report, "-o", tmp_path / "结果")

    assert got.code in (0, 2)
    assert {p.name for p in tmp_path.iterdir()} == {report.name, "结果"}


def test_the_report_itself_is_never_overwritten(report: Path) -> None:
    """-o that names the input is refused."""
    got = fazhi("score", report, "-o", report)

    assert got.code == 2
    assert report.read_text("utf-8") == REPORT


def test_a_report_is_left_as_it_was(report: Path, tmp_path: Path) -> None:
    """Judging writes nothing but the output."""
    before = report.read_bytes()
    fazhi("score", report, cwd=tmp_path)

    assert report.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [report.name]


# ---- rules


def test_rules_check_and_test_of_an_own_pack(tmp_path: Path) -> None:
    """A right pack passes both; a mistake ends in state 2 with its place, a failing test in state 1."""
    own = write_pack(tmp_path, pack_text(rule(params="{terms: [甲类事项]}"), extra="extends: [lexicon]"))
    failing = write_pack(tmp_path, pack_text(rule(params="{terms: [乙类事项]}"), extra="extends: [lexicon]", name="failing"), "failing")
    broken = write_pack(tmp_path, pack_text(extra="grads: []", name="broken"), "broken")

    assert [fazhi("rules", "check", own).code, fazhi("rules", "test", own).code] == [0, 0]
    assert fazhi("rules", "test", failing).code == 1
    assert fazhi("rules", "check", broken).code == 2
    assert "broken.yaml:8:1" in fazhi("rules", "check", broken).err


def test_rules_list_show_and_schema() -> None:
    """The shipped rules can be looked at, and the schema is JSON."""
    listed, shown, schema = fazhi("rules", "list"), fazhi("rules", "show", "statutory.causes"), fazhi("rules", "schema")

    assert [r.code for r in (listed, shown, schema)] == [0, 0, 0]
    assert "statutory.causes" in listed.out
    assert "依据" in shown.out
    assert json.loads(schema.out)["type"] == "object"


def test_an_unknown_rule_is_one_line() -> None:
    """The nearest rule is named."""
    got = one_line(fazhi("rules", "show", "statutory.cause"))

    assert "是否想写“statutory.causes”" in got


# ---- last year's report


def test_last_years_figures_are_held_against_last_years_report(tmp_path: Path) -> None:
    """With --previous, what a report calls last year's figure is compared with what that report said."""
    last, now, other = (tmp_path / name for name in ("2022.txt", "2023.txt", "2023改.txt"))
    before = page(measures=MEASURES + "\n全年共培训执法人员300人次。").replace("2023", "2022").replace("2024", "2023")
    last.write_text(before, "utf-8")
    now.write_text(page(measures=MEASURES + "\n全年共培训执法人员360人次，2022年为320人次。"), "utf-8")
    other.write_text(page(measures=MEASURES + "\n全年共培训执法人员360人次，2022年为300人次。"), "utf-8")

    def found(report: Path, *more: object) -> list[tuple[str, str]]:
        got = fazhi("score", report, "--format", "json", *more)
        assert got.code == 0, got.err
        data = json.loads(got.out)
        return [(d["printed"], d["computed"]) for d in data["statements"] if d["kind"] == "previous"]

    assert found(now, "--previous", last) == [("320人次", "300人次")]
    assert found(other, "--previous", last) == []
    assert found(now) == []


def test_a_report_that_is_not_last_years_is_named(tmp_path: Path) -> None:
    """In the terminal, in JSON and in HTML it is said why nothing was compared, and when it fits, what was compared."""
    last, old, now = (tmp_path / name for name in ("2022.txt", "2021.txt", "2023.txt"))
    now.write_text(page(measures=MEASURES + "\n全年共培训执法人员360人次，2022年为300人次。"), "utf-8")
    before = (
        page(measures=MEASURES + "\n全年共培训执法人员300人次。")
        .replace("2024", "2023x")
        .replace("2023年", "2022年")
        .replace("2023x", "2023")
    )
    last.write_text(before, "utf-8")
    old.write_text(before.replace("2022年", "2021年").replace("2022", "2021"), "utf-8")

    for form in ("terminal", "json", "html"):
        assert "不是上一年度" in fazhi("score", now, "--format", form, "--previous", old).out
        assert "都对得上" in fazhi("score", now, "--format", form, "--previous", last).out
