"""Writers of report files in every format, for tests: what a drafter's program makes, as small as it can be.

The PDF writer draws text with character codes of its own and a table of them (ToUnicode), in a font that is not embedded:
enough for a reader of text, and it needs no browser. The OFD writer follows GB/T 33190-2016.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest
from helpers import docx, paragraph, word_xml, zipped

from scorer.text.numerals import chinese_number

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 79.0, 521.0, 105.0, 742.0
SIZE, LEADING = 16.0, 28.0
_NO_START = "，。、；：？！）》”’…%"


class Placed(tuple[str, float, float, float]):
    """(text, x, y of the base line from the top, size)."""


def width(text: str, size: float) -> float:
    """Chinese characters are as wide as high, others half of that."""
    return sum(size * (0.5 if ord(c) < 0x2E80 and c not in "“”‘’…—" else 1.0) for c in text)


def typeset(paragraphs: Sequence[str], *, numbers: bool = True) -> list[list[Placed]]:
    """Pages of lines as a program sets an official document: first lines indented, the title centred, pages numbered."""
    pages: list[list[Placed]] = [[]]
    y = TOP

    def put(text: str, x: float, size: float) -> None:
        nonlocal y
        if y > BOTTOM:
            pages.append([])
            y = TOP
        pages[-1].append(Placed((text, x, y, size)))
        y += LEADING

    for number, text in enumerate(paragraphs):
        size = 22.0 if number == 0 else SIZE
        last = number >= len(paragraphs) - 2 and len(text) < 30
        indent = 0.0 if number == 0 or last else 2 * size
        for count, line in enumerate(broken(text, RIGHT - LEFT, indent, size)):
            x = LEFT + (indent if count == 0 else 0.0)
            if number == 0:
                x = (LEFT + RIGHT - width(line, size)) / 2
            elif last:
                x = RIGHT - width(line, size) - 2 * size
            put(line, x, size)
    if numbers:
        for number, page in enumerate(pages, 1):
            page.append(Placed((f"— {number} —", 280.0, 790.0, 14.0)))
    return pages


def broken(text: str, room: float, indent: float, size: float) -> list[str]:
    """A paragraph in lines; figures and Latin words are not broken, and no line begins with a closing mark."""
    lines: list[str] = []
    line, left = "", room - indent
    for unit in re.findall(rf"(?:[A-Za-z0-9.]+|.)[{_NO_START}]*", text):
        if width(line + unit, size) > left and line:
            lines.append(line)
            line, left = "", room
        line += unit
    return [*lines, line]


def pdf(pages: Sequence[Sequence[Placed]], *, mapped: bool = True, looks: Mapping[str, str] | None = None) -> bytes:
    """A PDF of the given lines; without ``mapped`` its codes have no meaning, as in files with a broken font. ``looks`` are
    operators that are put before the lines with these texts."""
    looks = looks or {}
    codes = {c: n for n, c in enumerate(sorted({" ", *(c for page in pages for text, *_ in page for c in text)}), 1)}
    narrow = "".join(f"{n} [500] " for c, n in codes.items() if width(c, 1) < 1)
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "".join(
            f"1 beginbfchar <{n:04X}> <{c.encode('utf-16-be').hex() if mapped else 'E0' + format(n % 256, '02X')}> endbfchar\n"
            for c, n in codes.items()
        )
        + "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    streams = [
        "".join(
            f"q {looks.get(text, '')} BT /F1 {size} Tf {x:.2f} {HEIGHT - y:.2f} Td <{''.join(f'{codes[c]:04X}' for c in text + ' ')}> Tj ET Q\n"
            for text, x, y, size in page
        )
        for page in pages
    ]
    return _pdf_file(
        [f"<< /Font << /F1 {len(pages) * 2 + 3} 0 R >> >>"] * len(pages),
        streams,
        [
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [{1} 0 R] /ToUnicode {2} 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /DW 1000 /W [{narrow}] /FontDescriptor {{3}} 0 R >>",
            _stream(unicode_map.encode()),
            "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        ],
    )


def scan(pages: int = 1) -> bytes:
    """A PDF of pictures only."""
    pixel = _stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    return _pdf_file([f"<< /XObject << /I {pages * 2 + 3} 0 R >> >>"] * pages, ["q 595 0 0 842 0 0 cm /I Do Q"] * pages, [pixel])


def picture(width_: int, height: int, grey: bytes) -> bytes:
    """A PDF of one page that is a grey picture."""
    image = _stream(grey, f"/Type /XObject /Subtype /Image /Width {width_} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8")
    return _pdf_file(["<< /XObject << /I 5 0 R >> >>"], ["q 595 0 0 842 0 0 cm /I Do Q"], [image])


def _stream(data: bytes, head: str = "") -> str:
    packed = zlib.compress(data)
    return f"<< {head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n{packed.decode('latin-1')}\nendstream"


def _pdf_file(resources: Sequence[str], streams: Sequence[str], others: Sequence[str]) -> bytes:
    count = len(streams)
    first = 2 * count + 3
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{3 + 2 * n} 0 R' for n in range(count))}] >>",
    ]
    for number, (stream, resource) in enumerate(zip(streams, resources, strict=True)):
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resource} /Contents {4 + 2 * number} 0 R >>")
        objects.append(_stream(stream.encode()))
    for other in others:
        for number in range(1, len(others)):
            other = other.replace(f"{{{number}}}", str(first + number))
        objects.append(other)
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content.encode("latin-1") + b"\nendobj\n"
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


OFD = "http://www.ofdspec.org/2016"
MM = 25.4 / 72


def ofd(
    pages: Sequence[Sequence[Placed]],
    *,
    head: str = "内部资料　注意保存",
    parts: dict[str, bytes] | None = None,
    image: str = "",
    looks: Mapping[str, str] | None = None,
) -> bytes:
    """An OFD of the given lines, with a template page that holds ``head``; ``image`` is an ImageObject for every page. ``looks``
    are attributes for the objects with these texts, or what stands in them before the text (``<…``)."""
    files: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="{OFD}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>'
        '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res xmlns:ofd="{OFD}" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>',
        "Doc_0/Tpls/Tpl_0/Content.xml": _ofd_page([Placed((head, LEFT, 40.0, 12.0))], ""),
    }
    for number, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = _ofd_page(page, f'<ofd:Template TemplateID="2"/>{image}', looks or {})
    return zipped({**files, **(parts or {})})


def _ofd_page(lines: Sequence[Placed], template: str, looks: Mapping[str, str] = MappingProxyType({})) -> str:
    image = ""
    if "<ofd:ImageObject" in template:
        template, _, image = template.partition("<ofd:ImageObject")
        image = "<ofd:ImageObject" + image
    return (
        f'<ofd:Page xmlns:ofd="{OFD}">{template}<ofd:Content><ofd:Layer ID="3" Type="Body">{image}'
        + "".join(_ofd_text(*line, looks.get(line[0], "")) for line in lines)
        + "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _ofd_text(text: str, x: float, y: float, size: float, look: str = "") -> str:
    steps = [round(width(c, size * MM), 3) for c in text[:-1]]
    runs: list[str] = []
    for step in steps:  # as real files write them: "g 3 5.64 2.82"
        last = runs[-1].split() if runs else []
        if last and float(last[-1]) == step:
            runs[-1] = f"g {int(last[1]) + 1 if last[0] == 'g' else 2} {step}"
        else:
            runs.append(str(step))
    return (
        f'<ofd:TextObject ID="9" Boundary="{x * MM:.3f} {(y - size) * MM:.3f} {width(text, size) * MM:.3f} {size * 1.3 * MM:.3f}" Font="4" Size="{size * MM:.3f}" {"" if look[:1] == "<" else look}>{look if look[:1] == "<" else ""}'
        f'<ofd:TextCode X="0" Y="{size * MM:.3f}" DeltaX="{" ".join(runs)}">{html.escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


# ---- Word


_NUMBERED = re.compile(r"([一二三四五六七八九十]+、)|(（[一二三四五六七八九十]+）)")


def typed_docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file whose numbers are typed."""
    return docx("".join(paragraph(html.escape(text)) for text in paragraphs))


def real_docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file with all the parts that other programs want."""
    import docx as library

    document = library.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered_docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file whose numbers 一、 and （一） are Word's, in a list of two levels."""
    body = []
    counted = [0, 0]
    for text in paragraphs:
        match = _NUMBERED.match(text)
        if match:  # where the list would draw another number than the report has, it is typed
            level = 0 if match[1] else 1
            drawn = [counted[0] + 1, 0] if level == 0 else [counted[0], counted[1] + 1]
            if chinese_number(re.sub("[、（）]", "", match[0])) == drawn[level]:
                counted = drawn
            else:
                match = None
        properties = f'<w:numPr><w:ilvl w:val="{0 if match[1] else 1}"/><w:numId w:val="1"/></w:numPr>' if match else ""
        body.append(paragraph(html.escape(text[match.end() :] if match else text), properties))
    levels = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"))
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return docx(
        "".join(body),
        numbering=word_xml(
            "numbering",
            f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
    )


def rtf(paragraphs: Sequence[str]) -> bytes:
    """RTF as Word for China writes it: bytes of codepage 936."""
    lines = ["".join(_rtf_character(c) for c in text) + "\\par\r\n" for text in paragraphs]
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\pard\\f0\\fs32 " + "".join(lines) + "}").encode(
        "ascii"
    )


def _rtf_character(c: str) -> str:
    if c in "\\{}":
        return "\\" + c
    if c.isascii():
        return c
    try:
        return "".join(f"\\'{byte:02x}" for byte in c.encode("gbk"))
    except UnicodeEncodeError:
        return f"\\u{ord(c)}?"


def web_page(paragraphs: Sequence[str], encoding: str = "utf-8") -> bytes:
    """A page as a government site publishes it."""
    title, *rest = paragraphs
    body = "".join(f"<p style='text-indent:2em'>{html.escape(text)}</p>" for text in rest)
    return (
        f"<!DOCTYPE html><html><head><meta charset='{encoding}'><title>{html.escape(title)}</title></head><body><div class='nav'><a href='/'>首页</a></div>"
        f"<h1>{html.escape(title)}</h1><div id='zoom'>{body}</div></body></html>"
    ).encode(encoding)


# ---- other programs


def browser() -> str:
    """Chromium; skips the test where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium here to print a PDF with")
    return found


def printed(page: bytes) -> bytes:
    """A web page printed to PDF by Chromium. Skips the test where there is none."""
    program = browser()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in.html").write_bytes(page)
        words = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
        subprocess.run(
            [program, *words.split(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", f"{folder}/in.html"],
            check=False,
            capture_output=True,
            timeout=120,
        )
        output = Path(folder) / "out.pdf"
        if not output.is_file():
            pytest.skip("Chromium printed nothing here")
        return output.read_bytes()


def converted(raw: bytes, suffix: str, target: str) -> bytes:
    """A file converted by LibreOffice. Skips the test where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here to convert with")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"in{suffix}").write_bytes(raw)
        subprocess.run(
            [
                program,
                "--headless",
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--convert-to",
                target,
                "--outdir",
                folder,
                f"{folder}/in{suffix}",
            ],
            check=False,
            capture_output=True,
            timeout=180,
            env={**os.environ, "HOME": folder},
        )
        output = Path(folder) / f"in.{target.partition(':')[0]}"
        if not output.is_file():
            pytest.skip("LibreOffice converted nothing here")
        return output.read_bytes()
