"""The commands ``audit`` and ``compare``."""

from __future__ import annotations

import re
from pathlib import Path

import corpus
import docx
import lxml.html
import openpyxl
import pytest
from click.testing import CliRunner

from scorer.audit.model import ALWAYS, GATE_WORDS
from scorer.cli.app import app
from scorer.errors import FazhiError


def invoke(*words: str | Path) -> str:
    """What the command prints; errors are raised."""
    result = CliRunner().invoke(app, [str(word) for word in words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.output


def test_help_teaches() -> None:
    """Examples, what is written, and how to go on."""
    text = invoke("audit", "--help")

    assert all(words in text for words in ("--roster", "review.yaml", "接着做", "退出状态"))
    assert "审核-复审" in invoke("compare", "--help")


def test_summary_and_comparison(tmp_path: Path) -> None:
    """Counts, who did not submit, what to confirm, what to open; then two audits compared."""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "a.txt").write_text(corpus.report("平川县司法局", size=900), "utf-8")
    (folder / "b.txt").write_text(corpus.report("平川县教育和体育局", size=900), "utf-8")
    (folder / "c.docx").write_bytes(b"PK\x03\x04x")
    roster = tmp_path / "名册.csv"
    roster.write_text("单位\n司法局\n教育局\n水利局\n", "utf-8")
    text = invoke("audit", folder, "-o", tmp_path / "1", "--roster", roster)

    assert "检查了2份年度报告" in text and "1个文件读不出来" in text
    assert "未报送0个；是否报送待确认1个：水利局" in text  # c.docx cannot be read and may be its
    assert "b.txt：名册写“教育局”" in text
    assert "c.docx：" in text and str(tmp_path / "1" / "index.html") in text

    (folder / "a.txt").write_text(corpus.report("平川县司法局", size=900).replace("原因", "缘由").replace("由于", "鉴于"), "utf-8")
    invoke("audit", folder, "-o", tmp_path / "2", "--roster", roster)
    page = tmp_path / "比较.html"
    invoke("compare", tmp_path / "1", tmp_path / "2", "-o", page)

    assert "司法局" in page.read_text("utf-8")
    assert "→" in invoke("compare", tmp_path / "1", tmp_path / "2")


def test_files_of_nobody_are_in_no_count(tmp_path: Path) -> None:
    """With a roster of two, a third unit's report and a confirmed nobody's stand apart: terminal, page, table, circular agree."""
    folder, out, roster = tmp_path / "报送", tmp_path / "out", tmp_path / "名册.csv"
    folder.mkdir()
    for name, unit in (("a", "平川县司法局"), ("b", "平川县林业局"), ("c", "平川县水利局")):
        (folder / f"{name}.txt").write_text(corpus.report(unit, size=900), "utf-8")
    roster.write_text("单位\n平川县司法局\n平川县水利局\n", "utf-8")
    out.mkdir()
    (out / "review.yaml").write_text("matches:\n  c.txt: 无\n", "utf-8")
    text = invoke("audit", folder, "-o", out, "--roster", roster)

    assert "检查了3份年度报告（其中名册以外2份）。" in text
    assert "名册2个单位，未报送1个：平川县水利局" in text and "名册以外的文件2个" in text
    said = [int(number) for number in re.findall(r"\w (\d+)", next(line for line in text.split("\n") if line.startswith("审核结论")))]
    assert len(said) >= 3 and sum(said) == 2

    page = lxml.html.document_fromstring((out / "index.html").read_text("utf-8"))
    assert [int(b.text_content()) for b in page.xpath("//ul[@class='gates']//b")] == said
    assert len(page.xpath("//table[@id='units']/tbody/tr")) == 2
    assert page.xpath("//p[@class='verdict']")[0].text_content().startswith("应报送的单位2个，检查报告1份，未报送1个；")
    assert "另有名册以外的文件2个" in page.xpath("//p[@class='verdict']")[0].text_content()
    apart = page.xpath("//h3[@id='outside']/following-sibling::div[1]//tbody/tr/th")
    assert [cell.text_content() for cell in apart] == ["b.txt", "c.txt"]

    head, *cells = openpyxl.load_workbook(out / "audit.xlsx")["汇总"].iter_rows(values_only=True)
    verdicts = [row[head.index("结论")] for row in cells]
    words = [word for name, word in GATE_WORDS.items() if name in ALWAYS or word in verdicts]
    assert [verdicts.count(word) for word in words] == said and verdicts.count("名册以外") == 2

    circular = "\n".join(p.text for p in docx.Document(str(out / "通报.docx")).paragraphs)
    assert "“通过”的0个，“修改后通过”的0个，“退回”的0个，另有1个单位的结论正在核实；未报送的1个" in circular


def test_save_template(tmp_path: Path) -> None:
    """The built-in letter as a Word file, never over another one."""
    path = tmp_path / "模板.docx"
    invoke("audit", "--save-template", path)

    assert path.read_bytes().startswith(b"PK")
    with pytest.raises(FazhiError, match="已有"):
        invoke("audit", "--save-template", path)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("audit", "无此文件夹", "-o", "x"), "没有这个文件夹"),
        (("audit", ".", "-o", "x", "--deadline", "月底"), "--deadline"),
        (("compare", ".", "."), "没有审核结果"),
    ],
)
def test_wrong_use(words: tuple[str, ...], error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the way out, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FazhiError, match=error):
        invoke(*words)

    assert list(tmp_path.iterdir()) == []
