"""Packs: every mistake told with its place, and packs built on one another."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import pack_text, places, rule, write_pack

import scorer
from scorer.errors import FazhiError, PackError
from scorer.rulepack import merge
from scorer.rulepack.find import shipped
from scorer.rulepack.merge import check_packs
from scorer.rulepack.merge import resolve as resolve_really
from scorer.rulepack.model import Pack, Years
from scorer.rulepack.store import forget, load_pack
from scorer.rulepack.yamlnodes import MAX_BYTES


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty cache folder, and nothing remembered from another test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget()


def mistakes(path: Path) -> list[str]:
    """The mistakes of a pack as shown, with the file's name instead of its path."""
    return [str(p).replace(str(path.parent.resolve()) + "/", "") for p in check_packs([str(path)])]


def load(folder: Path, text: str) -> Pack:
    """A pack of this text."""
    forget()
    return load_pack(str(write_pack(folder, text)))


# ---- mistakes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (pack_text(extra="grads: []"), "mine.yaml:8:1：未知的键“grads”，是否想写“grades”"),
        (pack_text(rule(extra="wieght: 3")), "mine.yaml:17:5：未知的键“wieght”，是否想写“weight”"),
        (pack_text(rule(params="{terms: [甲类事项], exclud: [乙类事项]}")), "mine.yaml:16:27：未知的键“exclud”，是否想写“exclude”"),
        (pack_text(rule(extra="severity: required")), "mine.yaml:17:5：键“severity”重复，第一次在第12行；请删去一个"),
        (pack_text(rule(check="check: coverge")), "mine.yaml:15:5：“check”的值“coverge”不在可用之列，是否想写“coverage”"),
        (pack_text(rule(params="{terms: 甲类事项}")), "mine.yaml:16:12：“terms”应当是列表（- 开头的各项）"),
        (pack_text(rule(params="{terms: [[甲类事项]]}")), "mine.yaml:16:20：第1项应当是文字"),
        (pack_text(rule(params="{terms: [甲类.*事项]}")), "mine.yaml:16:20：“甲类.*事项”里有正则表达式的写法"),
        (pack_text(rule(params="{terms: [甲类(事项]}")), "mine.yaml:16:20：“甲类(事项”的括号或竖线不成对"),
        (pack_text(rule(params="{terms: [甲类事项，乙类事项]}")), "mine.yaml:16:20：“甲类事项，乙类事项”里有中文逗号"),
        (pack_text(rule()).replace("weight: 100", "weight: 108"), "mine.yaml:6:1：各类别的权重合计108，应为100"),
        (pack_text(rule(extra="classes: [street]")), "mine.yaml:17:15：classes 中没有单位类别“street”"),
        (pack_text(rule(source="locl")), "mine.yaml:14:14：sources 中没有“locl”，是否想写“local”"),
        (
            pack_text(rule(), extra="skeleton: {parts: [{id: plan, parts: [{id: sub, rules: [task.first, task.frist]}]}]}"),
            "mine.yaml:8:69：没有规则“task.frist”，是否想写“task.first”",
        ),
        (pack_text(rule(), extra="skeleton: {parts: [{id: plan, rules: [tsk.*]}]}"), "mine.yaml:8:39：没有规则“tsk.*”"),
        (pack_text(rule(), extra="skeleton: {parts: [{heading: 安排}]}"), "mine.yaml:8:20：第1项缺少必须有的键“id”"),
        (pack_text(rule(category="tasks")), "mine.yaml:11:5：没有类别“tasks”，是否想写“task”"),
        (pack_text(rule(params='{terms: ["(甲类|乙类事项"]}')), "mine.yaml:16:20：“(甲类|乙类事项”的括号或竖线不成对"),
        (pack_text(rule(params='{terms: [甲类事项], near: [{phrase: "甲类…", because: 不算}]}')), "mine.yaml:16:35：“甲类…”有空的部分"),
        (pack_text(extra="lexicon: {acts: [办结, 办理…]}"), "mine.yaml:8:22：“办理…”有空的部分"),
        (pack_text(extra="topics: {甲: [甲类, …乙类]}"), "mine.yaml:8:18：“…乙类”有空的部分"),
        (pack_text(rule(), extra="changes: [{rule: task.frist, weight: 3}]"), "mine.yaml:8:12：没有规则“task.frist”，是否想写“task.first”"),
        (pack_text(rule(), extra="changes: [{rule: task.first, phrases: {terms: [甲类…]}}]"), "mine.yaml:8:48：“甲类…”有空的部分"),
        (pack_text(extra="extends: [lexcon]"), "mine.yaml:8:11：extends：没有名为“lexcon”的规则包，是否想写“lexicon”"),
        (pack_text(extra="extends: [其他/无此文件.yaml]"), "mine.yaml:8:11：extends：找不到这个规则包文件"),
        (pack_text(extra="extends: [mine]"), "mine.yaml:8:11：extends：“mine”又扩展了本规则包，成了循环"),
        (pack_text(extra="extends: lexicon"), "mine.yaml:8:1：“extends”应当是列表（- 开头的各项）"),
        (pack_text(rule(check="like: lexicon", params="")), "mine.yaml:15:5：规则包“lexicon”中没有规则“task.first”"),
        (
            pack_text(rule(check="like: a\n    check: coverage")),
            "mine.yaml:9:5：第1项须有“check”（检查种类）或“like”（沿用的规则包），且只能有一个",
        ),
        (pack_text(rule() + rule()), "mine.yaml:24:5：规则“task.first”与 "),
        (pack_text(rule().replace("severity: expected", "severity: must")), "mine.yaml:12:5：“severity”的值“must”不在可用之列"),
        (pack_text(rule().replace("weight: 2", "weight: 0")), "mine.yaml:13:5：“weight”"),
        (pack_text(rule(extra='years: "23-24"')), "mine.yaml:17:5：“years”的值“23-24”写法不对"),
        (pack_text(rule()).replace('version: "1.0"', "version: 1.0"), "mine.yaml:3:1：“version”应当是文字"),
        (pack_text(rule()).replace("title: 本县的规则\n", ""), "mine.yaml:1:1：规则包缺少必须有的键“title”"),
        (pack_text(name="My Pack"), "mine.yaml:1:1：“id”的值“My Pack”写法不对"),
        ("只是一句话", "mine.yaml:1:1：规则包应当是映射（键: 值）"),
        (pack_text(extra="lexicon: {acts: &a [办结]}"), "mine.yaml:8:17：不允许使用锚点（&）和别名（*）"),
        (pack_text(extra="lexicon: {acts: *a}"), "mine.yaml:8:17：不允许使用锚点（&）和别名（*）"),
        (pack_text(extra="lexicon: !!map {acts: [办结]}"), "mine.yaml:8:10：不允许使用类型标记"),
        (pack_text(extra="topics: " + "[" * 30), "mine.yaml:8:"),
        ("", "mine.yaml:1:1：文件是空的"),
    ],
)
def test_each_mistake_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    """File, line, column, what is wrong, and the nearest name where one was meant."""
    got = mistakes(write_pack(tmp_path, text))

    assert len(got) == 1
    assert got[0].startswith(expected)


@pytest.mark.parametrize(("raw", "words"), [("id: 甲\n".encode("gbk"), "不是UTF-8"), (b"#" * (MAX_BYTES + 1), str(MAX_BYTES))])
def test_files_that_cannot_be_read_as_packs(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file of another encoding or beyond the limit is refused in one line."""
    got = mistakes(write_pack(tmp_path, raw))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:1:1：")
    assert words in got[0]


def test_a_circle_over_two_packs_is_told(tmp_path: Path) -> None:
    """The pack that closes the circle is named, at its extends."""
    write_pack(tmp_path, pack_text(name="other", extra="extends: [mine]"), "other")
    got = mistakes(write_pack(tmp_path, pack_text(extra="extends: [other]")))

    assert got == ["other.yaml:8:11：extends：“mine”又扩展了本规则包，成了循环"]


def test_two_packs_of_one_id_are_told(tmp_path: Path) -> None:
    """The id of a pack is its own."""
    write_pack(tmp_path, pack_text(), "other")
    got = mistakes(write_pack(tmp_path, pack_text(extra="extends: [other]")))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:1:1：规则包编号“mine”已被 ")


def test_all_mistakes_of_all_packs_come_at_once(tmp_path: Path) -> None:
    """One run names every mistake of the pack and of those it extends."""
    write_pack(tmp_path, pack_text(name="one", extra="grads: []\ncap: 合格"), "one")
    write_pack(tmp_path, b"id: \xff", "two")
    path = write_pack(tmp_path, pack_text(rule(extra="wieght: 3"), extra="extends: [one, two, three]\nnots: []"))

    with pytest.raises(PackError) as error:
        load_pack(str(path))
    places = sorted((Path(p.file).name, p.line) for p in error.value.problems)

    assert places == [("mine.yaml", 8), ("mine.yaml", 9), ("mine.yaml", 19), ("one.yaml", 8), ("one.yaml", 9), ("two.yaml", 1)]
    assert str(error.value).count("\n") == 5


def test_a_mistake_of_one_kind_does_not_hide_the_others(tmp_path: Path) -> None:
    """An unknown key and a bad phrase in the same file are told in the same run."""
    got = mistakes(write_pack(tmp_path, pack_text(rule(params='{terms: ["甲类…"]}', source="locl"), extra="grads: []")))

    assert [line.split("：")[0] for line in got] == ["mine.yaml:8:1", "mine.yaml:15:14", "mine.yaml:17:20"]


def test_a_mistake_in_the_base_is_not_blamed_on_the_pack(tmp_path: Path) -> None:
    """What the broken base does define is not called unknown."""
    write_pack(tmp_path, pack_text(rule(), name="base", extra="grads: []"), "base")
    got = mistakes(write_pack(tmp_path, pack_text(extra="extends: [base]\nchanges: [{rule: task.first, weight: 3}]")))

    assert got == ["base.yaml:8:1：未知的键“grads”，是否想写“grades”"]


@pytest.mark.parametrize("base", [b"id: \xff\n", None])
def test_a_base_that_cannot_be_read_is_the_only_mistake(tmp_path: Path, base: bytes | None) -> None:
    """The same where the base is no readable file or is not there."""
    if base is not None:
        write_pack(tmp_path, base, "base")
    got = mistakes(write_pack(tmp_path, pack_text(extra="extends: [base]\nchanges: [{rule: task.first, weight: 3}]")))

    assert len(got) == 1
    assert got[0].startswith("base.yaml:1:1：" if base else "mine.yaml:8:11：")


def test_changes_to_unknown_phrase_lists_are_told(tmp_path: Path) -> None:
    """A phrase list that the rule's check does not have is a mistake with its place."""
    got = mistakes(write_pack(tmp_path, pack_text(rule(), extra="changes: [{rule: task.first, phrases: {termz: [乙类事项]}}]")))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:8:40：")


def test_wrong_type_in_a_like_rule_is_told(tmp_path: Path) -> None:
    """Parameters of a rule that follows another are checked like any."""
    write_pack(tmp_path, pack_text(rule(extra='years: "-2020"'), name="base"), "base")
    text = pack_text(rule(check="like: base", params="{terms: 3}", extra='years: "2021-"'), extra="extends: [base]")
    got = mistakes(write_pack(tmp_path, text))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:17:12：")


def test_a_cap_on_an_unknown_grade_is_told(tmp_path: Path) -> None:
    """The grade of the cap must be one of the grades."""
    got = mistakes(write_pack(tmp_path, pack_text(extra="grades: [{name: 优秀, from: 90}]\ncap: {grade: 优异, why: 缺必备内容}")))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:9:")


def test_years_that_end_before_they_begin_are_told(tmp_path: Path) -> None:
    """A range of years must hold a year."""
    got = mistakes(write_pack(tmp_path, pack_text(rule(extra='years: "2025-2020"'))))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:17:5：")


@pytest.mark.parametrize("day", ["02-30", "02-29", "04-31", "01-00"])
def test_deadlines_on_days_that_do_not_exist_are_told(tmp_path: Path, day: str) -> None:
    """A deadline must be a day of every year."""
    got = mistakes(write_pack(tmp_path, pack_text(rule(check="check: deadline", params=f'{{dates: [document_date], before: "{day}"}}'))))

    assert len(got) == 1
    assert got[0].startswith("mine.yaml:16:")


@pytest.mark.parametrize("name", ["natoinal", "无此包", "nowhere/mine.yaml", "mine.yaml", ""])
def test_a_pack_that_is_not_there_is_one_line(name: str) -> None:
    """A wrong name or path is told in one line with a way out."""
    with pytest.raises(FazhiError) as error:
        load_pack(name)

    assert "规则包" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_pack_name_beyond_any_file_name_is_one_line() -> None:
    """A name too long for the file system is a pack that is not there."""
    with pytest.raises(FazhiError):
        load_pack("a" * 300)


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    """The user learns which pack was meant."""
    with pytest.raises(FazhiError, match="是否想写“national”"):
        load_pack("natoinal")


# ---- merging


def test_a_pack_alone(tmp_path: Path) -> None:
    """A rule keeps what its pack says of it."""
    pack = load(tmp_path, pack_text(rule(extra='years: "2021-"'), extra="grades: [{name: 待完善, from: 0}, {name: 合格, from: 60}]"))
    (only,) = pack.rules

    assert (pack.id, pack.title, pack.version) == ("mine", "本县的规则", "1.0")
    assert (only.id, only.check, only.weight, only.severity, only.years) == ("task.first", "coverage", 2, "expected", Years(2021, 9999))
    assert (only.basis[0].source, only.basis[0].clause) == ("本县办法", "第一条")
    assert [g.name for g in pack.grades] == ["合格", "待完善"]
    assert places(pack, "办结甲类事项", only.set("terms")) == [(2, 6)]


def test_extending_adds_rules_words_and_categories(tmp_path: Path) -> None:
    """The base's rules come first; lists of words grow; title, version and grades are the pack's own."""
    base = pack_text(
        rule("task.base"),
        name="base",
        extra="lexicon: {acts: [办结]}\ngrades: [{name: 合格, from: 60}]\nnotes: [{years: 2023, text: 甲注}]",
    )
    write_pack(tmp_path, base, "base")
    pack = load(
        tmp_path,
        pack_text(
            rule("task.own"),
            extra="extends: [base]\nlexicon: {acts: [审结]}\ngrades: [{name: 及格, from: 50}]\nnotes: [{years: 2023, text: 乙注}]",
        ),
    )

    assert pack.ids() == ("task.base", "task.own")
    assert pack.id == "mine"
    assert [r.pack for r in pack.rules] == ["base", "mine"]
    assert places(pack, "办结审结", "lexicon.acts") == [(0, 2), (2, 4)]
    assert [g.name for g in pack.grades] == ["及格"]
    assert [n.text for n in pack.notes] == ["甲注", "乙注"]


def test_a_pack_reached_twice_counts_once(tmp_path: Path) -> None:
    """Two packs that extend the same base do not double it."""
    write_pack(tmp_path, pack_text(rule("task.base"), name="base"), "base")
    write_pack(tmp_path, pack_text(name="left", extra="extends: [base]"), "left")
    write_pack(tmp_path, pack_text(name="right", extra="extends: [base]"), "right")
    pack = load(tmp_path, pack_text(extra="extends: [left, right]"))

    assert pack.ids() == ("task.base",)


def test_like_takes_over_check_and_phrases(tmp_path: Path) -> None:
    """A rule for other years follows its model and may add phrases; the model stays as it was."""
    write_pack(tmp_path, pack_text(rule(extra='years: "-2020"'), name="base"), "base")
    pack = load(
        tmp_path, pack_text(rule(check="like: base", params="{terms: [乙类事项]}", extra='years: "2021-"'), extra="extends: [base]")
    )
    older, newer = pack.rules

    assert newer.check == "coverage"
    assert places(pack, "甲类事项乙类事项", older.set("terms")) == [(0, 4)]
    assert places(pack, "甲类事项乙类事项", newer.set("terms")) == [(0, 4), (4, 8)]


def test_a_like_rule_cannot_change_other_parameters(tmp_path: Path) -> None:
    """Only phrases may be added to a followed rule."""
    write_pack(tmp_path, pack_text(rule(extra='years: "-2020"'), name="base"), "base")
    got = mistakes(
        write_pack(tmp_path, pack_text(rule(check="like: base", params="{near: []}", extra='years: "2021-"'), extra="extends: [base]"))
    )

    assert got == ["mine.yaml:17:12：未知的键“near”，可用的有：exclude、proof、terms、unasked、weak"]


def test_changes_switch_weigh_and_widen(tmp_path: Path) -> None:
    """Changes switch a rule off with a reason, alter weight and severity, and add phrases."""
    write_pack(tmp_path, pack_text(rule("task.first") + rule("task.second"), name="base"), "base")
    pack = load(
        tmp_path,
        pack_text(
            extra="extends: [base]\nchanges:\n  - {rule: task.first, off: 本县没有这一事项}\n  - {rule: task.second, weight: 5, severity: required, phrases: {terms: [乙类事项]}}"
        ),
    )
    first, second = pack.rules
    applies = {r.id: asked for r, asked in pack.applicable(2023, "county")}

    assert (first.off, first.weight) == ("本县没有这一事项", 2)
    assert (second.off, second.weight, second.severity) == ("", 5, "required")
    assert places(pack, "乙类事项", second.set("terms")) == [(0, 4)]
    assert applies == {"task.first": False, "task.second": True}


def test_extending_by_path(tmp_path: Path) -> None:
    """A path is read from the folder of the pack that names it."""
    write_pack(tmp_path / "sub", pack_text(rule("task.base"), name="base"), "base")
    pack = load(tmp_path, pack_text(extra="extends: [sub/base.yaml]"))

    assert pack.ids() == ("task.base",)


def test_applicable_chooses_by_year_and_level(tmp_path: Path) -> None:
    """Of rules with one id the one for the year speaks; years and levels outside are not asked."""
    rules = (
        rule(extra='years: "2016-2020"')
        + rule(extra='years: "2021-"').replace("title: 甲类事项", "title: 新甲类事项")
        + rule("task.town", extra="levels: [township]")
    )
    pack = load(tmp_path, pack_text(rules))

    def asked(year: int | None, level: str | None) -> dict[str, bool]:
        return {r.title + r.id: applies for r, applies in pack.applicable(year, level)}

    assert asked(2018, "county") == {"甲类事项task.first": True, "甲类事项task.town": False}
    assert asked(2023, "township") == {"新甲类事项task.first": True, "甲类事项task.town": True}
    assert asked(2010, None) == {"新甲类事项task.first": False, "甲类事项task.town": True}
    assert asked(None, None)["新甲类事项task.first"]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        (2022, [2022], [2021, 2023]),
        ("2021-", [2021, 2099], [2020]),
        ("-2020", [1990, 2020], [2021]),
        ("2016-2020", [2016, 2020], [2015, 2021]),
        (None, [1, 2023], []),
    ],
)
def test_ranges_of_years(text: str | int | None, inside: list[int], outside: list[int]) -> None:
    """Both ends belong to a range; an open end has no limit."""
    years = Years.parse(text)

    assert all(years.holds(year) for year in inside)
    assert not any(years.holds(year) for year in outside)


# ---- cache


def cached(folder: Path) -> Path:
    """The one file in the cache."""
    (file,) = (folder / "cache" / "fazhi").glob("*.pack")
    return file


def test_the_cache_is_written_and_gives_the_same_pack(tmp_path: Path) -> None:
    """What comes from the cache equals what comes from YAML."""
    path = write_pack(tmp_path, pack_text(rule(), extra="extends: [lexicon]"))
    first = load_pack(str(path))
    stamp = cached(tmp_path).stat().st_mtime_ns
    forget()
    second = load_pack(str(path))

    assert second.rules == first.rules
    assert second.sha256 == first.sha256
    assert all(
        places(second, "办结甲类事项", name) == places(first, "办结甲类事项", name) != []
        for name in ("lexicon.acts", first.rules[0].set("terms"))
    )
    assert cached(tmp_path).stat().st_mtime_ns == stamp


def test_a_changed_pack_is_read_anew(tmp_path: Path) -> None:
    """The cache never hides a change of the pack."""
    before = load(tmp_path, pack_text(rule()))
    after = load(tmp_path, pack_text(rule().replace("weight: 2", "weight: 7")))

    assert (before.rules[0].weight, after.rules[0].weight) == (2, 7)
    assert before.sha256 != after.sha256


def test_a_changed_base_beside_the_pack_is_read_anew(tmp_path: Path) -> None:
    """The cache never hides a change of a pack that is extended."""
    write_pack(tmp_path, pack_text(rule(), name="base"), "base")
    load(tmp_path, pack_text(extra="extends: [base]"))
    write_pack(tmp_path, pack_text(rule().replace("weight: 2", "weight: 7"), name="base"), "base")
    after = load(tmp_path, pack_text(extra="extends: [base]"))

    assert after.rules[0].weight == 7


def test_a_changed_base_in_another_folder_is_read_anew(tmp_path: Path) -> None:
    """The same for a base that is named by its path."""
    write_pack(tmp_path / "sub", pack_text(rule(), name="base"), "base")
    load(tmp_path, pack_text(extra="extends: [sub/base.yaml]"))
    write_pack(tmp_path / "sub", pack_text(rule().replace("weight: 2", "weight: 7"), name="base"), "base")
    after = load(tmp_path, pack_text(extra="extends: [sub/base.yaml]"))

    assert after.rules[0].weight == 7


def test_a_changed_pack_with_a_mistake_is_refused_in_spite_of_the_cache(tmp_path: Path) -> None:
    """A mistake made after a good run is told."""
    load(tmp_path, pack_text(rule()))

    with pytest.raises(PackError):
        load(tmp_path, pack_text(rule(), extra="grads: []"))


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"\xff\xfe", b"\x00" * 40])
def test_a_broken_cache_is_done_without(tmp_path: Path, content: bytes) -> None:
    """A cut or overwritten cache file does no harm."""
    path = write_pack(tmp_path, pack_text(rule()))
    load_pack(str(path))
    cached(tmp_path).write_bytes(content)
    forget()

    assert load_pack(str(path)).ids() == ("task.first",)


@pytest.mark.parametrize("content", [{}, [], 3, {"id": "mine"}, ({"files": []}, (), b""), ({"files": []}, ([], b"", b"", [], {}, ()), b"")])
def test_a_cache_of_another_shape_is_done_without(tmp_path: Path, content: object) -> None:
    """A whole cache file that holds no pack does no harm."""
    path = write_pack(tmp_path, pack_text(rule()))
    load_pack(str(path))
    body = marshal.dumps(content)  # type: ignore[arg-type]
    cached(tmp_path).write_bytes(b"fazhi-pack/2\n" + zlib.crc32(body).to_bytes(4) + body)
    cached(tmp_path).chmod(0o600)
    forget()

    assert load_pack(str(path)).ids() == ("task.first",)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache folder is a file, packs load all the same."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    pack = load(tmp_path, pack_text(rule()))

    assert pack.ids() == ("task.first",)


def others_write(path: Path) -> None:
    """Anybody may write the file or folder."""
    path.chmod(path.stat().st_mode | 0o022)


@pytest.mark.skipif(os.name != "posix", reason="owners and modes as on Unix")
@pytest.mark.parametrize("spoil", [lambda file: others_write(file), lambda file: others_write(file.parent)])
def test_a_cache_that_others_can_write_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    """A file or folder that somebody else could have written is not believed; the pack is made from YAML."""
    path = write_pack(tmp_path, pack_text(rule()))
    load_pack(str(path))
    spoil(cached(tmp_path))
    made = count_made(monkeypatch)
    forget()
    load_pack(str(path))

    assert made == [path.resolve()]


@pytest.mark.skipif(os.name != "posix", reason="owners and modes as on Unix")
def test_a_cache_of_another_user_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another user owns is neither read nor written over."""
    path = write_pack(tmp_path, pack_text(rule()))
    load_pack(str(path))
    stamp = cached(tmp_path).stat().st_mtime_ns
    monkeypatch.setattr(os, "getuid", lambda: 4321)
    made = count_made(monkeypatch)
    forget()
    load_pack(str(path))

    assert made == [path.resolve()]
    assert cached(tmp_path).stat().st_mtime_ns == stamp


@pytest.mark.skipif(os.name != "posix", reason="owners and modes as on Unix")
def test_the_cache_is_the_users_alone(tmp_path: Path) -> None:
    """Neither the folder nor the file is open to others, whatever the folder was before."""
    (tmp_path / "cache" / "fazhi").mkdir(parents=True)
    others_write(tmp_path / "cache" / "fazhi")
    load(tmp_path, pack_text(rule()))

    assert [path.stat().st_mode & 0o022 for path in (cached(tmp_path), cached(tmp_path).parent)] == [0, 0]


def count_made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The packs that are made from YAML from now on."""
    made: list[Path] = []

    def resolve(path: Path) -> dict[str, Any]:
        made.append(path)
        return resolve_really(path)

    monkeypatch.setattr(merge, "resolve", resolve)
    return made


@pytest.mark.parametrize("module", ["folding", "text/sentences", "rulepack/merge", "rulepack/matcher", "rulepack/store"])
def test_a_change_of_code_that_compiles_packs_makes_them_anew(tmp_path: Path, module: str) -> None:
    """A pack that other code compiled is not taken over: the file has another name."""
    copied = tmp_path / "copy"
    shutil.copytree(Path(scorer.__file__).parent, copied / "scorer", ignore=shutil.ignore_patterns("__pycache__"))
    path = write_pack(tmp_path, pack_text(rule()))
    script = "import sys; from scorer.rulepack.store import load_pack; load_pack(sys.argv[1])"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", script, str(path)], cwd=copied, env={**os.environ, "PYTHONPATH": str(copied)}, check=True)
        with (copied / "scorer" / f"{module}.py").open("a", encoding="utf-8") as stream:
            stream.write("# otherwise\n")
    files = list((tmp_path / "cache" / "fazhi").glob("*.pack"))

    assert len(files) == 2


def test_an_edited_pack_is_seen_while_the_program_runs(tmp_path: Path) -> None:
    """The same process asks again after an edit of the pack or of its base, and gets the new rules; else the same object."""
    base = write_pack(tmp_path, pack_text(rule(), name="base"), "base")
    path = write_pack(tmp_path, pack_text(extra="extends: [base]"))
    first, again = load_pack(str(path)), load_pack(str(path))
    base.write_text(pack_text(rule().replace("weight: 2", "weight: 17"), name="base"), "utf-8")
    after = load_pack(str(path))

    assert again is first
    assert (first.rules[0].weight, after.rules[0].weight) == (2, 17)


def test_a_mistake_made_while_the_program_runs_is_told(tmp_path: Path) -> None:
    """After a bad edit the pack is refused, and taken again once it is mended."""
    path = write_pack(tmp_path, pack_text(rule()))
    load_pack(str(path))
    path.write_text(pack_text(rule(), extra="grads: []"), "utf-8")
    with pytest.raises(PackError):
        load_pack(str(path))
    path.write_text(pack_text(rule().replace("weight: 2", "weight: 17")), "utf-8")

    assert load_pack(str(path)).rules[0].weight == 17


def test_the_cache_does_not_grow_without_end(tmp_path: Path) -> None:
    """Old entries go when new ones come."""
    for weight in range(1, 15):
        load(tmp_path, pack_text(rule().replace("weight: 2", f"weight: {weight}")))
    files = list((tmp_path / "cache" / "fazhi").iterdir())

    assert 1 <= len(files) <= 8


def test_the_national_pack_is_shipped() -> None:
    """The default is there and holds what its parts hold."""
    pack = load_pack()

    assert pack.id == "national"
    assert "national" in shipped()
    assert {r.pack for r in pack.rules} <= set(shipped())
    assert sum(category.weight for category in pack.categories) == 100


# ---- the skeleton


def test_every_rule_of_the_national_pack_has_its_place(pack: Pack) -> None:
    """No shipped rule falls to the rest, and every part that is named for a role of the report is there."""
    places_ = {name: pack.skeleton.place(name) for name in pack.ids()}

    assert all(path and path[-1] != "others" for path in places_.values())
    assert {"title", "addressee", "measures", "first-responsible", "problems", "plan", "signature"} <= {
        part.id for part in pack.skeleton.parts
    }
    assert places_["task.enforcement.methods"] == ("measures", "enforcement")


def test_a_skeleton_of_ones_own(tmp_path: Path) -> None:
    """The last skeleton holds; what it does not name goes to its rest, or nowhere; a pack need not have one."""
    rest = "skeleton: {parts: [{id: measures, heading: 举措, rules: [other.*]}, {id: plan, rest: true}]}"
    none = "skeleton: {parts: [{id: measures, text: {default: 甲, county: 乙}, levels: [county]}]}"
    with_rest, without, bare = (load(tmp_path, pack_text(rule(), extra=extra)) for extra in (rest.replace("other.*", "task.*"), none, ""))

    assert with_rest.skeleton.place("task.first") == ("measures",)
    assert with_rest.skeleton.place("local.any") == ("plan",)
    assert without.skeleton.place("task.first") == ()
    assert without.skeleton.parts[0].text == {"default": "甲", "county": "乙"}
    assert without.skeleton.parts[0].levels == ("county",)
    assert bare.skeleton.parts == ()
    assert load(tmp_path, pack_text(extra="extends: [national]").replace("weight: 100", "weight: 32")).skeleton.place("form.title") == (
        "title",
    )
