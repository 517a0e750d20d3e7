"""Kinds ``title``, ``field`` and ``numbering``."""

from __future__ import annotations

import pytest
from helpers import MEASURES, TITLE, WHOLE, finding, page, status_of


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (TITLE, "met"),
        ("岚溪县2023年法治政府建设年度报告", "met"),
        ("岚溪县人民政府关于法治政府建设情况的报告", "partial"),
        ("2023年法治政府建设情况报告", "partial"),
    ],
)
def test_title(title: str, expected: str) -> None:
    """Organ, year and subject; one of them absent is partial."""
    got = status_of(page(title=title, signature="2024年2月5日"), "form.title")

    assert got == expected


def test_title_absent() -> None:
    """No title is missing, and says where it was looked for."""
    got = finding(page(title="", header="县委、县人大常委会：\n现将我县一年来推进法治政府建设的有关情况报告如下。"), "form.title")

    assert got.status == "missing"
    assert got.searched


@pytest.mark.parametrize(("year", "expected"), [(2014, "met"), (2023, "partial")])
def test_title_of_an_older_report(year: int, expected: str) -> None:
    """依法行政 is the subject of older reports only."""
    got = status_of(page(title=f"岚溪县人民政府关于{year}年依法行政工作情况的报告"), "form.title")

    assert got == expected


def test_issuer_from_signature_header_or_title() -> None:
    """A signature or a source line is met; a name in the title alone is partial; none is missing."""
    bare = "2023年，各项法治工作有序推进，现将有关情况报告如下。"
    texts = [
        page(header=bare),
        page(header=f"发布日期：2024-02-20　来源：岚溪县司法局\n{bare}", signature=""),
        page(header=bare, signature=""),
        page(header=bare, signature="", title="2023年法治政府建设情况报告"),
    ]

    assert [status_of(text, "form.issuer") for text in texts] == ["met", "met", "partial", "missing"]


@pytest.mark.parametrize("rule", ["form.addressee", "form.document-date", "form.publication-date"])
def test_fields_present_and_absent(rule: str) -> None:
    """A fact on the page is met and quoted; a fact nowhere is missing."""
    there = finding(WHOLE, rule)
    gone = finding(page(header="2023年，岚溪县推进法治政府建设，现将有关情况报告如下。", signature="岚溪县人民政府"), rule)

    assert (there.status, len(there.evidence)) == ("met", 1)
    assert gone.status == "missing"


NUMBERED = "（一）行政执法\n{}\n（{}）行政复议\n{}\n（{}）普法宣传\n{}"


@pytest.mark.parametrize(("second", "third", "expected"), [("二", "三", "met"), ("二", "四", "partial"), ("一", "二", "partial")])
def test_numbering(second: str, third: str, expected: str) -> None:
    """Numbers in a row are met; a gap or a repeat is a slip."""
    got = finding(page(measures=NUMBERED.format(MEASURES, second, MEASURES, third, MEASURES)), "form.numbering")

    assert got.status == expected


def test_numbering_of_a_short_report_without_numbers() -> None:
    """A short text needs no numbers, a long one does."""
    short = page().replace("一、", "").replace("二、", "").replace("三、", "")
    long = short.replace(MEASURES, "\n".join([MEASURES] * 60))

    assert status_of(short, "form.numbering") == "met"
    assert status_of(long, "form.numbering") == "partial"


def test_many_slips_are_missing() -> None:
    """Numbering that is wrong all over is missing."""
    text = "\n".join(f"（{n}）第{n}件事情\n{MEASURES}" for n in "三一五二七四九")

    assert status_of(page(measures=text), "form.numbering") == "missing"
