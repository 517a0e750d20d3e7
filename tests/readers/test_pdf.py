"""PDF: paragraphs from positioned lines, scans, broken and hostile files."""

from __future__ import annotations

import formats
import pytest
from formats import Placed

from scorer import assess, read
from scorer.document import Document
from scorer.errors import UnreadableError
from scorer.findings import SURE
from scorer.readers import ocr, pdf
from scorer.readers.glyphs import normal
from scorer.readers.sheets import Run, Sheet

LINES = [
    "岚溪县人民政府关于2023年法治政府建设情况的报告",
    "县委、县人大常委会：",
    "一、主要举措和成效",
    "全年受理行政复议案件85件，办结80件；组织行政执法培训6期，培训执法人员320人次，审查行政规范性文件12件、重大行政决策4项。" * 3,
    "（一）规范执法。" + "全县开展案卷评查，抽查案卷320件，评出优秀案卷12件。" * 12,
    "二、存在的问题",
    "执法力量薄弱，原因是编制紧张。",
    "岚溪县人民政府",
    "2024年2月5日",
]


def lines(document: Document) -> list[str]:
    """The paragraphs as text."""
    return [document.text[p.start : p.end] for p in document.paragraphs]


def test_paragraphs_are_joined_over_lines_and_pages() -> None:
    """Paragraphs come whole, page numbers do not."""
    got = read(formats.pdf(formats.typeset(LINES)), name="报告.pdf")

    assert lines(got) == LINES
    assert got.format == "pdf"
    assert got.warnings == ()
    assert {p.page for p in got.paragraphs} == {1, 2}


def test_running_heads_are_dropped() -> None:
    """A line that repeats at the top of every page, with a changing number, is no text."""
    pages = formats.typeset(LINES * 3, numbers=False)
    for number, page in enumerate(pages, 1):
        page.insert(0, Placed((f"岚溪县公报　第{number}页　共{len(pages)}页", 79, 50, 10)))

    assert lines(read(formats.pdf(pages), name="x")) == LINES * 3


def test_rows_of_a_table_are_lines() -> None:
    """Cells of one row stand on one line, apart."""
    page = [
        Placed((text, 79 + 150 * column, 200 + 30 * row, 12))
        for row in range(3)
        for column, text in enumerate((f"事项{row}", "件数", "80"))
    ]

    assert lines(read(formats.pdf([page]), name="x")) == ["事项0 | 件数 | 80", "事项1 | 件数 | 80", "事项2 | 件数 | 80"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """The right column follows the left one."""
    words = "全县各级行政机关坚持依法履职办理"
    page = [Placed((words, 60 + 260 * column, 100 + 24 * row, 14)) for row in range(12) for column in (0, 1)]
    page = [Placed((f"{chr(0x4E00 + n)}{text[1:]}", x, y, size)) for n, (text, x, y, size) in enumerate(page)]
    got = "".join(lines(read(formats.pdf([page]), name="x")))

    assert [got[at] for at in range(0, 12 * 16, 16)] == [chr(0x4E00 + n) for n in range(0, 24, 2)]


def column(text: str, x: float, y: float, size: float, wide: int) -> list[Placed]:
    """A text set in a column of so many characters."""
    return [Placed((text[at : at + wide], x, y + 24 * row, size)) for row, at in enumerate(range(0, len(text), wide))]


def numbered(first: int, count: int) -> str:
    """A text in which every character stands once."""
    return "".join(chr(0x4E00 + first + n) for n in range(count))


@pytest.mark.parametrize("gutter", [1.2, 2.0, 4.0])
def test_columns_between_lines_over_both(gutter: float) -> None:
    """Title, two columns, a heading over both, two columns again; the last page has little in its second column."""
    title, heading = "岚溪县人民政府关于2023年法治政府建设情况的报告", "第二部分　存在的不足和下一年度的工作安排以及其他需要说明的情况"
    size, wide = 12.0, 18
    right = 60 + (wide + gutter) * size
    parts = [numbered(200 * n, 180) for n in range(4)]
    first = [
        Placed((title, 120, 60, 16)),
        *column(parts[0], 60, 100, size, wide),
        *column(parts[1], right, 100, size, wide),
        Placed((heading, 100, 370, size)),
        *column(parts[2], 60, 400, size, wide),
        *column(parts[3], right, 400, size, wide),
    ]
    last = [*column(numbered(1000, 180), 60, 100, size, wide), *column(numbered(1200, 30), right, 100, size, wide)]
    got = "".join(lines(read(formats.pdf([first, last]), name="x")))

    assert got == "".join([title, parts[0], parts[1], heading, parts[2], parts[3], numbered(1000, 180), numbered(1200, 30)])


def test_a_table_is_no_page_of_columns() -> None:
    """Short cells beside each other stay rows."""
    page = [
        Placed((text, 60 + 240 * side, 100 + 24 * row, 12))
        for row in range(14)
        for side, text in enumerate((f"事项{row}", f"办结{row}件" + "，其中重大" * (row % 3)))
    ]

    assert lines(read(formats.pdf([page]), name="x"))[0] == "事项0 | 办结0件"


def test_radicals_become_characters() -> None:
    """⾏ ⺠ ⻓ of some text layers are 行 民 长 in quotes too."""
    assert normal("⾏政、⼈⺠、⻓效\u200b") == "行政、人民、长效"
    assert "行政复议" in read(formats.pdf([[Placed(("全年受理⾏政复议案件八十五件，办结八十件", 79, 100, 16))]]), name="x").text


def test_a_scan_without_the_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, and the way out without it."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(UnreadableError, match="扫描件") as error:
        read(formats.scan(), name="扫描.pdf")

    assert "fazhi-scorer[ocr]" in str(error.value)
    assert "文字版" in str(error.value)


def test_a_garbled_text_layer_is_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font without a table of characters gives private codes, which are no text."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(UnreadableError, match="乱码"):
        read(formats.pdf(formats.typeset(LINES), mapped=False), name="x")


def recognised(monkeypatch: pytest.MonkeyPatch, confidence: float) -> Document:
    """A scan whose recognition is replaced by known lines."""
    runs = [Run(text, x, x + formats.width(text, size), y, size) for text, x, y, size in formats.typeset(LINES)[0]]
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "_sheet", lambda number, image: (Sheet(number, 595, 842, runs), 100, confidence))
    seen: list[tuple[int, int]] = []
    document = read(formats.scan(), name="扫描.pdf", progress=lambda page, pages: seen.append((page, pages)))

    assert seen == [(1, 1)]
    return document


def test_recognised_text_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The document says so, with its confidence, and progress is told."""
    document = recognised(monkeypatch, 0.99)

    assert document.recognised == pytest.approx(0.99)
    assert "识别" in document.warnings[0]
    assert LINES[0] in lines(document)


def test_unsure_recognition_makes_gaps_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the threshold nothing is missing for certain; above it statuses stand."""
    sure, unsure = (assess(recognised(monkeypatch, confidence), force=True) for confidence in (SURE, SURE - 0.1))

    assert sure.count("missing") > 3
    assert unsure.count("missing") == unsure.count("partial") == 0
    assert unsure.count("needs-review") >= sure.count("missing") + sure.count("partial")
    assert unsure.count("met") == sure.count("met")


def test_hostile_pdfs_cost_only_their_own_reading() -> None:
    """A file of nested drawing commands ends in one line, and the next file is read."""
    forms = [
        formats._stream(
            b"/A Do " * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {6 + n} 0 R >> >>",
        )
        for n in range(8)
    ]
    raw = formats._pdf_file(["<< /XObject << /A 5 0 R >> >>"], ["/A Do " * 10], forms)
    before = dict(pdf.SECONDS)
    pdf.SECONDS.update(text=1.5)
    try:
        with pytest.raises(UnreadableError):
            read(raw, name="x")
    finally:
        pdf.SECONDS.update(before)

    assert lines(read(formats.pdf(formats.typeset(LINES)), name="x")) == LINES
