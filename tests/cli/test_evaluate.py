"""``fazhi evaluate``: a pack against labelled reports, a model against labelled sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorer.cli.evaluate import evaluate

DEVELOPMENT = Path(__file__).parents[1] / "reports" / "development"
NAME = "baimaodu-2021"


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    """One labelled report."""
    for folder in ("reports", "labels"):
        (tmp_path / folder).mkdir()
        for path in (DEVELOPMENT / folder).glob(f"{NAME}.*"):
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    return [str(tmp_path / "reports"), str(tmp_path / "labels")]


def test_agreement_in_words(folders: list[str]) -> None:
    """The shares with their intervals, the confusion, each element, and every miss by name."""
    said = CliRunner().invoke(evaluate, folders).output

    assert "报告1份" in said
    assert "缺项查全率" in said
    assert "按元素" in said
    assert "task.emergency.system" in said


def test_agreement_as_data(folders: list[str]) -> None:
    """The same figures for programs; how sure the program was of them too."""
    data = json.loads(CliRunner().invoke(evaluate, [*folders, "--json"]).stdout)

    assert data["schema"] == "fazhi-agreement/1"
    assert data["reports"] == 1
    assert data["total"]["decisions"] == sum(element["decisions"] for element in data["elements"].values())
    assert 0 < data["certainty"]["coverage"]["share"] <= 1
    assert data["certainty"]["agreement"]["total"] == data["certainty"]["coverage"]["hits"]


def test_sentences_are_read_by_the_model(tmp_path: Path) -> None:
    """Every label's rates, and what is no labelled sentence is said."""
    path = tmp_path / "a.tsv"
    path.write_text("disputes.adjudication=act\t办结行政裁决案件3件。\nother\t今年粮食又获丰收。\n没有标注\n", "utf-8")

    result = CliRunner().invoke(evaluate, ["--sentences", str(path)])

    assert "句子分类（2句）" in result.output
    assert "1行没有采用（第3行）" in result.output


@pytest.mark.parametrize("words", [[], ["nowhere", "nowhere"]])
def test_what_is_not_there(words: list[str]) -> None:
    """Without folders, or with such that do not exist, it says what it needs."""
    assert CliRunner().invoke(evaluate, words).exit_code != 0
