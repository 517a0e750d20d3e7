"""The same report in every format: the same findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import formats
import pytest

from scorer import assess, read
from scorer.document import Document
from scorer.result import Assessment

REPORTS = Path(__file__).parent.parent / "reports" / "development" / "reports"
# Reports without the furniture of a web page, which no drafter's file has.
NAMES = ("jixi-2019", "fukou-2023")
OWN: dict[str, Callable[[list[str]], bytes]] = {
    "html": formats.web_page,
    "html-gbk": lambda lines: formats.web_page(lines, "gb18030"),
    "docx": formats.typed_docx,
    "docx-real": formats.real_docx,
    "docx-numbered": formats.numbered_docx,
    "pdf": lambda lines: formats.pdf(formats.typeset(lines)),
    "ofd": lambda lines: formats.ofd(formats.typeset(lines)),
    "rtf": formats.rtf,
}
OTHERS: dict[str, Callable[[list[str]], bytes]] = {
    "pdf-chromium": lambda lines: formats.printed(formats.web_page(lines)),
    "pdf-libreoffice": lambda lines: formats.converted(formats.real_docx(lines), ".docx", "pdf"),
    "rtf-libreoffice": lambda lines: formats.converted(formats.real_docx(lines), ".docx", "rtf"),
    "doc-libreoffice": lambda lines: formats.converted(formats.real_docx(lines), ".docx", "doc"),
}


def report(name: str) -> list[str]:
    """The paragraphs of a report."""
    return [line.strip() for line in (REPORTS / f"{name}.txt").read_text("utf-8").splitlines() if line.strip()]


def dense(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s", "", text)


def paragraphs(document: Document) -> list[str]:
    """The paragraphs without white space."""
    return [dense(document.text[p.start : p.end]) for p in document.paragraphs]


def same(one: Assessment, other: Assessment) -> None:
    """Statuses, metadata, profile, score; and every quote stands where it says."""
    assert {f.rule: f.status for f in other.findings} == {f.rule: f.status for f in one.findings}
    assert {k: dense(v or "") for k, v in other.metadata.items()} == {k: dense(v or "") for k, v in one.metadata.items()}
    assert (other.report_year, other.level) == (one.report_year, one.level)
    assert one.score is not None and other.score is not None
    assert other.score.total == pytest.approx(one.score.total)
    for assessment in (one, other):
        for finding in assessment.findings:
            for passage in finding.evidence:
                assert assessment.text[passage.quote.start : passage.quote.end] == passage.quote.quote
    assert {f.rule: [dense(p.quote.quote) for p in f.evidence] for f in other.findings} == {
        f.rule: [dense(p.quote.quote) for p in f.evidence] for f in one.findings
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", OWN)
def test_the_format_does_not_change_the_findings(name: str, form: str) -> None:
    """Statuses, metadata, score and quotes are those of the plain text."""
    lines = report(name)
    plain = assess(read("\n".join(lines).encode(), name="x.txt"))
    document = read(OWN[form](lines), name="x")

    assert [line for line in map(dense, lines) if line not in paragraphs(document)] == []
    same(plain, assess(document))


@pytest.mark.parametrize("form", OTHERS)
def test_files_of_other_programs_do_not_change_the_findings(form: str) -> None:
    """Files written by Chromium and LibreOffice are read like those written here."""
    lines = report("jixi-2019")
    raw = OTHERS[form](lines)
    document = read(raw, name="x")

    assert [line for line in map(dense, lines) if line not in paragraphs(document)] == []
    same(assess(read("\n".join(lines).encode(), name="x.txt")), assess(document))


def test_passages_of_paged_formats_have_their_page() -> None:
    """PDF and OFD give the page of every quoted passage, other formats none."""
    lines = report("jixi-2019")
    pages = formats.typeset(lines)
    texts = ["".join(text for text, *_ in page) for page in pages]
    for raw in (formats.pdf(pages), formats.ofd(pages)):
        document = read(raw, name="x")
        quoted = [p for f in assess(document).findings for p in f.evidence]

        assert quoted
        assert all(p.page is not None for p in quoted)
        assert [p.page for p in document.paragraphs] == sorted(p.page or 0 for p in document.paragraphs)
        for paragraph in document.paragraphs:
            begin = dense(document.text[paragraph.start : paragraph.end])[:8]
            assert begin in texts[(paragraph.page or 0) - 1]
    assert all(p.page is None for p in read(formats.typed_docx(lines), name="x").paragraphs)
