"""Archives: a zip with one report in it is read, others say what is in them."""

from __future__ import annotations

import formats
import pytest
from helpers import page, zipped

from scorer import read
from scorer.errors import UnreadableError

LINES = page().splitlines()


@pytest.mark.parametrize(
    "name", ["报告.docx", "法治政府/2023年报告.docx", "报告.txt", "岚溪县报告".encode("gbk").decode("cp437") + ".docx"]
)
def test_a_zip_with_one_report_is_read(name: str) -> None:
    """What a system puts beside it, and supporting pictures, do not count; which file was read is said."""
    raw = page().encode() if name.endswith(".txt") else formats.typed_docx(LINES)
    got = read(zipped({name: raw, "__MACOSX/._报告.docx": b"x", "图片/证书.jpg": b"\xff\xd8\xff"}), name="报送.zip")

    assert [got.text[p.start : p.end] for p in got.paragraphs] == LINES
    assert "压缩包" in got.warnings[0] and ("报告" in got.warnings[0])


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"a.docx": b"PK", "b.pdf": b"%PDF-"}, "里面有2份文件（“a.docx”、“b.pdf”）"),
        ({"证书.jpg": b"\xff\xd8\xff"}, "里面没有可以检查的文件"),
        ({"a.docx": zipped({"b.docx": b"x"})}, "又是压缩包"),
        ({"a.txt": b""}, "是空的"),
    ],
)
def test_other_archives_say_what_is_in_them(parts: dict[str, str | bytes], word: str) -> None:
    """One line, with the way out."""
    with pytest.raises(UnreadableError, match="解压") as error:
        read(zipped(parts), name="报送.zip")

    assert word in str(error.value)
