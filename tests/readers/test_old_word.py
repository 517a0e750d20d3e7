"""Old Word files: the binary format and RTF."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import formats
import pytest
from helpers import page

from scorer import read
from scorer.document import Document
from scorer.errors import UnreadableError
from scorer.readers import soffice

posix = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
REPORT = Path(__file__).parent / "files" / "report.doc"


def lines(document: Document) -> list[str]:
    """The paragraphs as text."""
    return [document.text[p.start : p.end] for p in document.paragraphs]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No LibreOffice."""
    monkeypatch.setattr(soffice, "program", lambda: None)


@pytest.mark.usefixtures("alone")
def test_a_doc_without_libreoffice() -> None:
    """The text is there, and the loss is told."""
    got = read(REPORT)

    assert [line.replace("\u3000", "　") for line in lines(got)] == page().splitlines()
    assert got.format == "doc"
    assert "自动编号" in got.warnings[0]


def test_a_doc_with_libreoffice() -> None:
    """LibreOffice gives the same text, and the route is told."""
    if soffice.program() is None:
        pytest.skip("no LibreOffice here")
    got = read(REPORT)

    assert lines(got) == page().splitlines()
    assert "LibreOffice" in got.warnings[0]


def test_a_converter_that_fails_is_no_disaster(monkeypatch: pytest.MonkeyPatch) -> None:
    """What LibreOffice cannot do, the reader of the format does."""
    monkeypatch.setattr(soffice, "program", lambda: "/bin/false")

    assert "没有转换成功" in read(REPORT).warnings[0]


@pytest.fixture
def converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A converter that notes each call and makes a Word file of everything but what has 坏 in it, where it ends."""
    script = tmp_path / "soffice"
    script.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, shutil, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "files = sys.argv[sys.argv.index('--outdir') + 2:]\n"
        "with (here / 'calls').open('a') as calls: calls.write(f'{len(files)}\\n')\n"
        "out.mkdir(exist_ok=True)\n"
        "for name in files:\n"
        "    if b'broken' in pathlib.Path(name).read_bytes()[-20:]: sys.exit(1)\n"
        "    shutil.copy(here / 'made.docx', out / (pathlib.Path(name).stem + '.docx'))\n"
    )
    script.chmod(0o755)
    (tmp_path / "made.docx").write_bytes(formats.typed_docx(page().splitlines()))
    monkeypatch.setattr(soffice, "program", lambda: str(script))
    return tmp_path


@posix
def test_the_old_files_of_an_audit_are_converted_by_one_call(converter: Path) -> None:
    """One call for all; the one it fails on is left out and read by itself, and those after it are tried again."""
    raws = [REPORT.read_bytes() + tail for tail in (b"a", b"b", b"broken", b"c", b"d")]
    paths = []
    for number, raw in enumerate(raws):
        paths.append(converter / f"{number}.doc")
        paths[-1].write_bytes(raw)
    (converter / "other.txt").write_text("不是Word文档")
    with soffice.shared():
        soffice.convert_all([*map(str, paths), str(converter / "other.txt"), str(converter / "absent.doc")])
        calls = (converter / "calls").read_text().split()
        got = [read(path) for path in paths]
    after = (converter / "calls").read_text().split()

    assert calls == ["5", "2"]
    assert [("LibreOffice转换后" in document.warnings[0]) for document in got] == [True, True, False, True, True]
    assert after == ["5", "2", "1"]


@posix
def test_the_converter_does_not_outlive_who_asked_for_it(tmp_path: Path) -> None:
    """Killed in the middle, with no time to tidy up: the program it started, and what that started, are gone."""
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nsleep 300 &\necho $! > {tmp_path}/inner\nwait\n")
    script.chmod(0o755)
    code = f"from scorer.readers import soffice; soffice.program = lambda: {str(script)!r}; soffice.to_docx(b'x', '.doc')"
    asker = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    pids = [eventually(lambda name=name: (tmp_path / name).read_text().strip()) for name in ("pid", "inner")]  # type: ignore[misc]
    asker.kill()
    asker.wait()

    for pid in pids:
        assert eventually(lambda pid=pid: "gone" if not running(int(pid)) else "") == "gone"  # type: ignore[misc]


def running(pid: int) -> bool:
    """Whether a process is there and no mere entry in the table."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(look: Callable[[], str]) -> str:
    """What a look gives once it gives something; "" after a minute."""
    for _ in range(600):
        try:
            if found := look():
                return found
        except OSError:
            pass
        time.sleep(0.1)
    return ""


@pytest.mark.usefixtures("alone")
def test_an_encrypted_doc_is_refused() -> None:
    """The mark of a password in the file's head is enough."""
    raw = bytearray(REPORT.read_bytes())
    at = raw.find(b"\xec\xa5")
    raw[at + 11] |= 0x01

    with pytest.raises(UnreadableError, match="密码"):
        read(bytes(raw), name="x")


def test_rtf_in_chinese() -> None:
    """Bytes of codepage 936 and Unicode escapes give the text."""
    text = ["岚溪县报告", "办结80件，占“九成”以上。", "𠮷{}\\"]

    assert lines(read(formats.rtf(text[:2]), name="x")) == text[:2]


def test_rtf_keeps_numbers_and_drops_what_is_not_text() -> None:
    """Numbers Word has drawn stay; instructions, deleted and hidden text, headers and pictures go, and are told."""
    raw = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\header \'d2\'b3}\f0"
        rb"\pard\outlinelevel0{\listtext \'d2\'bb\'a1\'a2}\u20027?\u35201?\par\pard"
        rb"{\field{\*\fldinst PAGE}{\fldrslt 80}}\'bc\'fe{\deleted 70}{\v secret}{\pict 00ff}\par"
        rb"\trowd a\cell b\cell\row}"
    )
    got = read(raw, name="x")

    assert lines(got) == ["一、主要", "80件", "a | b"]
    assert got.paragraphs[0].level == 1
    assert len(got.warnings) == 2


def test_rtf_text_boxes_follow_their_paragraph() -> None:
    """As in Word files; those of headers are no text, and the copy for old programs is not read twice."""
    box = rb"{\shp{\*\shpinst\shpleft1{\sp{\sn fPrint}{\sv 1}}{\shptxt \pard box one\par box two\par}}{\shprslt{\pard box one\par}}}"
    raw = rb"{\rtf1{\header " + box.replace(b"box", b"head") + rb"}before " + box + rb"after\par last\par}"

    assert lines(read(raw, name="x")) == ["before after", "box one", "box two", "last"]


def test_rtf_footnotes_are_told() -> None:
    """They are left out, as in Word files."""
    got = read(rb"{\rtf1 text{\footnote note} goes on{\footnote other}\par}", name="x")

    assert got.text == "text goes on"
    assert got.warnings == ("文档有2处脚注或尾注，注文没有读入。",)


@pytest.mark.parametrize("escape", [rb"\u-10174?\u-8265?", rb"\u134071?"])
def test_rtf_characters_in_two_halves(escape: bytes) -> None:
    """Rare characters of names stand beyond the first 65,536."""
    assert read(rb"{\rtf1 a" + escape + rb"b\par}", name="x").text == "a𠮷b"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rtf_with_chinese_as_it_is(encoding: str) -> None:
    """Also where the second byte of a character is a brace or a backslash."""
    text = "岚溪县报告，誠實懽躙廬"
    raw = b"{\\rtf1\\ansi\\ansicpg936 " + text.encode(encoding) + b"\\par}"

    assert read(raw, name="x").text == text
    lossy = read(raw.replace(b"\\par", b"\xff\xff\\par"), name="x")
    assert any("编码认不出来" in warning for warning in lossy.warnings)


@pytest.mark.parametrize("raw", [b"{\\rtf1" + b"{" * 5000, b"{\\rtf1\\bin99999999999 x", b"{\\rtf1 \\u-1?\\uc99999 \\'zz}"])
def test_hostile_rtf(raw: bytes) -> None:
    """Depth, lengths and escapes that lie end in text or one line."""
    try:
        assert read(raw, name="x").paragraphs
    except UnreadableError as error:
        assert "\n" not in str(error)
