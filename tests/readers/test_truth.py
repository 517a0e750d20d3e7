"""A report with everything that real files have, in every format, against its truth: all is read, and what is lost is said."""

from __future__ import annotations

import re

import everything
import formats
import pytest
from everything import NEVER, PARAGRAPHS, Made

from scorer import assess, read
from scorer.document import Document

MADE = {
    "docx": everything.docx,
    "rtf": everything.rtf,
    "html": everything.web,
    "mht": everything.mht,
    "pdf": everything.pdf,
    "ofd": everything.ofd,
    "txt": everything.text,
    "md": everything.markdown,
}
ORDERED = ("docx", "rtf", "html", "mht", "txt", "md")


def dense(text: str) -> str:
    """Without white space and the marks around cells."""
    return re.sub(r"[\s|]", "", text)


def lines(document: Document) -> list[str]:
    """The paragraphs within the text, without white space; rules of tables are none."""
    found = (dense(document.text[p.start : p.end]) for p in document.paragraphs if not p.outside)
    return [line for line in found if line and not re.fullmatch("[-:]+", line)]


def compare(document: Document, made: Made, *, ordered: bool) -> None:
    """Every paragraph is there once, in order where the format has one, nothing that nobody sees, and each loss is said."""
    wanted, got = [dense(text) for text in PARAGRAPHS], lines(document)

    assert [line for line in wanted if got.count(line) != 1] == []
    assert [line for line in got if line not in wanted] == []
    assert not ordered or got == wanted
    assert [word for word in NEVER if word in document.text] == []
    assert [word for word in made.said if not any(word in warning for warning in document.warnings)] == []


def test_the_truth_has_forty_lines() -> None:
    """What the builders write is what they are compared with."""
    assert len(PARAGRAPHS) == len(set(PARAGRAPHS)) == 40


@pytest.mark.parametrize("form", MADE)
def test_everything_is_read_or_said(form: str) -> None:
    """The forty paragraphs come whole; hidden, deleted and added text, notes and comments do not, and are spoken of."""
    made = MADE[form]()

    compare(read(made.raw, name=f"报告.{form}"), made, ordered=form in ORDERED)


def test_an_old_word_file_through_libreoffice() -> None:
    """The Word file saved as .doc."""
    made = everything.docx(everything.OLD_SHAPE)
    document = read(formats.converted(made.raw, ".docx", "doc"), name="报告.doc")

    compare(document, Made(made.raw, ("LibreOffice",)), ordered=False)


@pytest.mark.parametrize("form", MADE)
def test_the_facts_are_the_same_in_every_format(form: str) -> None:
    """Whatever file the report comes in, it is the same report."""
    found = assess(read(MADE[form]().raw, name=f"报告.{form}"))

    assert found.is_annual_report
    assert found.metadata["title"] == everything.TITLE
    assert found.metadata["document_number"] == "岚政〔2024〕5号"
    assert found.metadata["issuer"] == "岚溪县人民政府"
    assert found.metadata["document_date"] == "2024-02-05"
