"""OFD: positioned text of GB/T 33190."""

from __future__ import annotations

import formats
import pytest
from formats import Placed

from scorer import read
from scorer.errors import UnreadableError
from scorer.readers import ocr
from scorer.readers.ofd import _deltas

LINE = "全年受理行政复议案件85件，办结80件，办结率94.1%。"


def test_steps_may_be_repeated() -> None:
    """g, count and value stand for that many equal steps."""
    assert _deltas("3 g 4 5 6") == [3, 5, 5, 5, 5, 6]
    assert _deltas("g 99999 1")[:2] == [1, 1]
    assert _deltas("g x 1") == _deltas("nan") == _deltas(None) == []


def test_the_template_of_the_pages_is_no_text() -> None:
    """What repeats on every page by way of a template is left out."""
    got = read(formats.ofd([[Placed((LINE, 79, 200, 16))]], head="内部资料"), name="x")

    assert got.text == LINE
    assert got.format == "ofd"
    assert got.paragraphs[0].page == 1


def test_a_transformed_text_stands_where_it_is_shown() -> None:
    """A matrix of the text object moves and stretches its characters; turned text is a watermark and left out."""
    page = formats._ofd_page([Placed((LINE, 79, 300, 16))], "")
    first = '<ofd:TextObject ID="1" Boundary="20 30 100 10" CTM="2 0 0 2 0 0" Size="3"><ofd:TextCode X="0" Y="3">岚溪县报告</ofd:TextCode></ofd:TextObject>'
    turned = '<ofd:TextObject ID="2" Boundary="20 60 100 10" CTM="0.7 0.9 -0.9 0.7 0 0" Size="9"><ofd:TextCode X="0" Y="3">水印</ofd:TextCode></ofd:TextObject>'
    raw = formats.ofd(
        [[]], parts={"Doc_0/Pages/Page_0/Content.xml": page.replace("</ofd:Layer>", first + turned + "</ofd:Layer>").encode()}
    )

    assert read(raw, name="x").text.splitlines() == ["岚溪县报告", LINE]


def test_an_ofd_of_pictures_is_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the user learns what to do."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    image = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="5"/>'
    with pytest.raises(UnreadableError, match="扫描件"):
        read(formats.ofd([[]], image=image, parts={"Doc_0/Res/scan.png": b"\x89PNG"}), name="x")


@pytest.mark.parametrize(
    "parts",
    [
        {"OFD.xml": b"<ofd/>"},
        {"OFD.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
        {"Doc_0/Document.xml": b"<a"},
        {"Doc_0/Document.xml": b"<a><Page BaseLoc='../../../etc/passwd'/></a>"},
    ],
)
def test_broken_packages_are_refused(parts: dict[str, bytes]) -> None:
    """A package without its parts, with a DTD or with broken XML is one line."""
    with pytest.raises(UnreadableError):
        read(formats.ofd([[Placed((LINE, 79, 200, 16))]], parts=parts), name="x")
