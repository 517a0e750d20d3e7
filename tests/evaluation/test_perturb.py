"""Reports changed in one known way: what is changed, and how it is counted what is noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers import PROBLEMS, assessed, page

from scorer import load_pack
from scorer.cli.perturb import perturb
from scorer.document import Document
from scorer.evaluation.alter import KINDS, Change, Known, Range, changes, cut
from scorer.evaluation.labels import load_labels
from scorer.evaluation.perturb import measure, merged
from scorer.evaluation.perturbreport import render, to_json
from scorer.readers import read

DEVELOPMENT = Path(__file__).parents[1] / "reports" / "development"
MEASURES = (
    "（一）落实第一责任人职责。县长主持召开县政府常务会议7次，出庭应诉1次，就执法问题作出批示2次。\n"
    "（二）办理行政诉讼案件25件，行政机关负责人出庭24件，出庭应诉率96%。\n（三）公布行政裁决事项清单12项。\n"
)
QUOTES = {"task.disputes.adjudication": "公布行政裁决事项清单12项"}


@pytest.fixture(scope="module")
def known() -> Known:
    """A report of which a few elements are labelled."""
    text = page(MEASURES)
    elements: dict[str, Any] = {
        f.rule: {"status": str(f.status), "evidence": [QUOTES[f.rule]] if f.rule in QUOTES else []}
        for f in assessed(text, force=False).findings
    }
    label = {
        "report": "a.txt",
        "elements": elements,
        "sections": [{"role": "problems", "heading": "二、存在的不足和原因"}, {"role": "plan", "heading": "三、2024年工作安排"}],
        "shortcomings": [
            {"quote": "乡镇执法力量薄弱", "cause_given": True, "cause": "编制紧张"},
            {"quote": "普法宣传方式单一", "cause_given": True, "cause": "经费投入不足"},
        ],
    }
    return Known.of(label, Document.from_text(text), load_pack())


def made(known: Known, kind: str) -> list[Change]:
    """The changes of one kind."""
    return list(changes(known, frozenset([kind])))


@pytest.mark.parametrize(
    ("kind", "gone", "there"),
    [
        ("cause-dropped", "，原因是编制紧张", "一是乡镇执法力量薄弱。"),
        ("section-dropped", PROBLEMS, "2024年工作安排"),
        ("figure-changed", "应诉率96%", "应诉率93%"),
        ("unit-changed", "出庭24件", "出庭24万件"),
        ("title-year", "关于2023年法治", "关于2022年法治"),
        ("addressee-dropped", "县人大常委会：", "推进法治政府建设"),
        ("posted-late", "2024-02-20", "2024-05-16"),
        ("actor-replaced", "县长主持", "司法局主持"),
    ],
)
def test_each_kind_changes_one_thing_and_it_is_noticed(known: Known, kind: str, gone: str, there: str) -> None:
    """What was there is gone, what is instead stands there, the rest is as it was, and the verdict follows."""
    first = made(known, kind)[0]

    assert gone in known.text
    assert gone not in first.text
    assert there in first.text
    assert first.noticed(known.judged(first.text))
    assert not first.noticed(known.before)


def test_acts_are_moved_and_blurred(known: Known) -> None:
    """The sentence stands behind the plan, or a slogan stands in its place; the item is no longer met."""
    moved = [c for c in made(known, "act-moved") if QUOTES["task.disputes.adjudication"] in c.text]
    blurred = [c for c in made(known, "act-blurred") if QUOTES["task.disputes.adjudication"] not in c.text]

    assert moved and moved[0].text.index(QUOTES["task.disputes.adjudication"]) > moved[0].text.index("2024年工作安排")
    assert blurred and "扎实推进" in blurred[0].text
    assert all(change.noticed(known.judged(change.text)) for change in (*moved, *blurred))


def test_what_was_not_right_before_is_not_changed(known: Known) -> None:
    """An element on which expert and program differ cannot be missed."""
    label = {**known.label, "elements": {**known.label["elements"], "timing.publication": {"status": "missing"}}}

    assert made(Known(label, known.text, known.pack, known.before), "posted-late") == []


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("甲事，乙事。丙事。", Range(2, 5), "甲事。丙事。"),
        ("甲事。乙事。", Range(0, 3), "乙事。"),
        ("甲事，乙事，丙事。", Range(0, 2), "乙事，丙事。"),
    ],
)
def test_signs_left_over_are_tidied(text: str, part: Range, expected: str) -> None:
    """No comma before a full stop, none at the beginning."""
    assert cut(text, [part]) == expected


def test_what_changes_beside_it_is_counted(known: Known) -> None:
    """Misses and collateral are named, with the shares of each kind."""
    result = measure([known], frozenset({"posted-late", "addressee-dropped"}))
    blind = measure([Known(known.label, known.text, known.pack, known.before)], frozenset({"unit-changed"}))

    assert result.total.value == 1
    assert result.other.total > 90
    assert json.loads(to_json(result))["documents"] == 2
    assert KINDS["posted-late"] in render(result)
    assert set(blind.caught) == {"unit-changed"}


def test_parts_are_put_together(known: Known) -> None:
    """What was measured apart is the same as in one go."""
    kinds = [frozenset({"posted-late"}), frozenset({"addressee-dropped", "title-year"})]
    apart = merged([measure([known], one) for one in kinds])
    whole = measure([known], kinds[0] | kinds[1])

    assert (apart.caught, apart.others) == (whole.caught, whole.others)
    assert set(apart.misses) == set(whole.misses)


def test_changes_of_labelled_reports_are_noticed() -> None:
    """A sample of the benchmark: at least 95 % noticed, at most 0.5 % of all other verdicts changed."""
    names = ("lanjiang-2024", "huning-scjg-2024", "qinghua-2022")
    pack = load_pack()
    known = [
        Known.of(label, read(path), pack)
        for label, path in load_labels(*map(DEVELOPMENT.joinpath, ("reports", "labels")))
        if path.stem in names
    ]

    result = measure(known, every=3)

    assert result.total.total >= 30
    assert result.total.value is not None and result.total.value >= 0.95
    assert result.other.value is not None and result.other.value <= 0.005


def test_the_command(tmp_path: Path) -> None:
    """It takes the folders that evaluate takes, and says what it does not know."""
    for folder in ("reports", "labels"):
        (tmp_path / folder).mkdir()
        for path in (DEVELOPMENT / folder).glob("baimaodu-2021.*"):
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    folders = [str(tmp_path / "reports"), str(tmp_path / "labels")]

    done = CliRunner().invoke(perturb, [*folders, "--only", "title-year", "--json"])
    wrong = CliRunner().invoke(perturb, [*folders, "--only", "nothing"])

    assert json.loads(done.stdout)["kinds"].keys() <= {"title-year"}
    assert wrong.exit_code == 2
    assert "没有改动“nothing”" in wrong.output
