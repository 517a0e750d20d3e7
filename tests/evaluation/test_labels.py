"""Label files."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.errors import FazhiError
from scorer.evaluation.labels import load_labels


def labelled(folder: Path, text: str) -> tuple[Path, Path]:
    """The folders of one report and its labels."""
    for name in ("reports", "labels"):
        (folder / name).mkdir()
    (folder / "reports" / "a.txt").write_text("报告", "utf-8")
    (folder / "labels" / "a.yaml").write_text(text, "utf-8")
    return folder / "reports", folder / "labels"


def test_statuses_in_either_language(tmp_path: Path) -> None:
    """What an expert writes in Chinese is the same as the word of the contract."""
    text = "report: a.txt\nelements:\n  form.title: {status: 具备}\n  form.issuer: {status: met}\n  form.addressee: {status: 待复核}\n"
    [(data, path)] = load_labels(*labelled(tmp_path, text))

    assert [entry["status"] for entry in data["elements"].values()] == ["met", "met", "needs-review"]
    assert path.name == "a.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report: a.txt\nelements: {form.title: {status: 有}}", "应为 具备（met）"),
        ("report: a.txt\nelements: {form.title: met}", "form.title"),
        ("report: ../a.txt\nelements: {}", "只能写文件名"),
        ("report: b.txt\nelements: {}", "找不到标注所指的报告 b.txt"),
        ("elements: {}", "要有 report"),
    ],
)
def test_a_mistake_is_told_with_the_file(tmp_path: Path, text: str, words: str) -> None:
    """What is wrong, where, and what it should be."""
    with pytest.raises(FazhiError) as error:
        load_labels(*labelled(tmp_path, text))

    assert words in str(error.value)
    assert "a.yaml" in str(error.value)
