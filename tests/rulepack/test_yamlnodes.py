"""Strict YAML with places."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scorer.rulepack.yamlnodes import MAX_BYTES, MAX_DEPTH, Parsed, parse


def read(text: str | bytes) -> Parsed:
    """YAML read as the file x.yaml."""
    return parse(text.encode() if isinstance(text, str) else text, "x.yaml")


def only(text: str | bytes) -> str:
    """The one problem of a text."""
    (problem,) = read(text).problems
    return str(problem)


def test_plain_scalars_stay_the_text_they_look_like() -> None:
    """No, off, 012, 12:30 and dates are text; true, null, 5 and 1.5 are what they look like."""
    got = read("a: no\nb: off\nc: 012\nd: 12:30\ne: 2024-01-01\nf: 1e3\ng: true\nh: null\ni: 5\nj: 1.5\nk: '5'\nl: ~\nm:\n").data

    assert got == {
        "a": "no", "b": "off", "c": "012", "d": "12:30", "e": "2024-01-01", "f": "1e3",
        "g": True, "h": None, "i": 5, "j": 1.5, "k": "5", "l": None, "m": None,
    }  # fmt: skip


def test_places_count_from_one() -> None:
    """Every key and item has its line and column; an unknown path has that of its nearest parent."""
    got = read("id: x\nrules:\n  - id: a\n    with: {terms: [甲, 乙]}\n")

    assert got.place(("rules",)) == (2, 1)
    assert got.place(("rules", 0, "with", "terms", 1)) == (4, 23)
    assert got.place(("rules", 0, "nothing", 3)) == got.place(("rules", 0)) == (3, 5)


def test_duplicate_keys_are_told_with_both_lines() -> None:
    """The second of two equal keys is the mistake, the first line is named."""
    got = only("id: x\ntitle: y\nid: z\n")

    assert got == "x.yaml:3:1：键“id”重复，第一次在第1行；请删去一个"


def test_all_duplicates_are_told_at_once() -> None:
    """Several duplicate keys at several depths are all found."""
    got = read("a: 1\na: 2\nb: {c: 1, c: 2, c: 3}\n").problems

    assert [(p.line, p.column) for p in got] == [(2, 1), (3, 11), (3, 17)]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a: &x 1\nb: 2", "x.yaml:1:4", "锚点"),
        ("a: 1\nb: *x", "x.yaml:2:4", "别名"),
        ("a: !!map {b: 1}", "x.yaml:1:4", "类型标记"),
        ("a: !!seq [1]", "x.yaml:1:4", "类型标记"),
        ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "x.yaml:1:", "层次"),
        ("a: [1, 2", "x.yaml:", "YAML写法有误"),
        ("a: 1\n\tb: 2", "x.yaml:", "YAML写法有误"),
        ("a: 1\n---\nb: 2", "x.yaml:", "YAML写法有误"),
        ("a: \x00", "x.yaml:", "YAML写法有误"),
        ("", "x.yaml:1:1", "空"),
        ("# 只有注释\n", "x.yaml:1:1", "空"),
        ("? [a, b]\n: 1", "x.yaml:1:", "键必须是一个词"),
    ],
)
def test_what_is_refused(text: str, place: str, word: str) -> None:
    """Anchors, aliases, tags, depth, broken YAML and several documents are told with their place."""
    got = only(text)

    assert got.startswith(place)
    assert word in got


@pytest.mark.parametrize("text", ["a: !!str 3", "a: !!python/name:os.system x", "a: !own 甲"])
def test_tags_on_plain_values_are_refused(text: str) -> None:
    """A tag is refused wherever it stands."""
    got = read(text)

    assert [str(p)[:10] for p in got.problems] == ["x.yaml:1:4"]


def test_depth_up_to_the_limit_is_allowed() -> None:
    """The limit itself is no mistake."""
    got = read("[" * MAX_DEPTH + "]" * MAX_DEPTH)

    assert got.problems == ()


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("[" * 100_000, 1),
        ("id: x\ntitle: " + "{a: " * 100_000, 2),
        ("- " * 100_000, 1),
        ("? " * 100_000, 1),
        ("".join(f"{' ' * n}a:\n" for n in range(1500)), 201),
    ],
)
def test_nesting_beyond_any_parser_is_refused_before_the_parser_sees_it(raw: str, line: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the parser does of itself, the line and the depth are told."""
    monkeypatch.setattr(yaml, "parse", None)
    monkeypatch.setattr(yaml, "compose", None)

    assert only(raw).startswith(f"x.yaml:{line}:1：层次超过")


def test_brackets_that_close_again_are_no_nesting() -> None:
    """A long list of short lists is read."""
    got = read("a:\n" + "- [甲, 乙]\n" * 5000)

    assert got.problems == ()
    assert len(got.data["a"]) == 5000


def test_a_file_over_the_limit_is_refused() -> None:
    """Files too large are not parsed."""
    got = only(b"a" * (MAX_BYTES + 1))

    assert got.startswith("x.yaml:1:1")
    assert str(MAX_BYTES) in got


@pytest.mark.parametrize(
    ("raw", "line"), [("甲: 乙\n丙: 丁\n".encode("gbk"), 1), (b"id: x\ntitle: \xff\n", 2), ("id: x".encode("utf-16"), 1)]
)
def test_other_encodings_are_told_with_the_line(raw: bytes, line: int) -> None:
    """GBK and UTF-16 are named as what they are not."""
    got = only(raw)

    assert got.startswith(f"x.yaml:{line}:1：不是UTF-8")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    """Files saved by Notepad are read."""
    got = read(b"\xef\xbb\xbfid: x\n")

    assert got.data == {"id": "x"}
    assert got.place(("id",)) == (1, 1)


def test_a_number_beyond_reason_does_not_break_the_reader() -> None:
    """A number of thousands of digits is read or refused, not a crash."""
    got = read("weight: " + "9" * 5000)

    assert got.data is not None or got.problems


@given(st.one_of(st.binary(max_size=80), st.text(alphabet="ab:-[]{}&*!|>'\"#?, \n\t%@`~0", max_size=60).map(str.encode)))
def test_any_bytes_give_data_or_problems(raw: bytes) -> None:
    """Nothing that stands in a file raises."""
    got = read(raw)

    assert got.problems or got.data is not None or raw.strip() in (b"null", b"~", b"NULL", b"Null", b"---", b"...")
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in got.problems)
