"""Files of labelled sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.classify.labelled import parsed, read_sentences
from scorer.errors import FazhiError

FILES = sorted((Path(__file__).parents[1] / "sentences").glob("*.tsv"))


def test_a_line_is_read() -> None:
    """An act is a mention too; ids may carry their first part; the list is complete."""
    sample = parsed("principal,task.disputes.litigation=act\t县长出庭应诉３次。", "x")

    assert sample is not None and sample.complete
    assert sample.text == "县长出庭应诉3次。"
    assert sample.truth == {"principal": True, "about:disputes.litigation": True, "act:disputes.litigation": True}


@pytest.mark.parametrize("line", ["other", "other\t", "nothing\t句子。", "other,cause\t句子。", "cause\t句\t子。", "a.b=plan\t句子。"])
def test_other_lines_are_left_out(line: str) -> None:
    """Unknown labels, a missing sentence, contradicting labels."""
    assert parsed(line, "x") is None


def test_wrong_lines_are_counted(tmp_path: Path) -> None:
    """Their numbers are told, empty lines pass."""
    path = tmp_path / "a.tsv"
    path.write_text("cause\t原因是编制少。\n\nwhat\t句子。\n", "utf-8")
    found, wrong = read_sentences(path)

    assert [sample.source for sample in found] == ["a"]
    assert wrong == [3]


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    """One line with the form that is expected."""
    path = tmp_path / "a.tsv"
    path.write_bytes("cause\t原因。".encode("gb18030"))
    with pytest.raises(FazhiError, match="UTF-8"):
        read_sentences(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_own_sentences_have_the_form(path: Path) -> None:
    """Every line of the project's own files is taken."""
    found, wrong = read_sentences(path)

    assert len(found) > 500
    assert wrong == []
