"""The commands ``audit`` and ``compare``."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest
from click.testing import CliRunner

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
    assert "未报送1个：水利局" in text
    assert "b.txt：名册写“教育局”" in text
    assert "c.docx：" in text and str(tmp_path / "1" / "index.html") in text

    (folder / "a.txt").write_text(corpus.report("平川县司法局", size=900).replace("原因", "缘由").replace("由于", "鉴于"), "utf-8")
    invoke("audit", folder, "-o", tmp_path / "2", "--roster", roster)
    page = tmp_path / "比较.html"
    invoke("compare", tmp_path / "1", tmp_path / "2", "-o", page)

    assert "司法局" in page.read_text("utf-8")
    assert "→" in invoke("compare", tmp_path / "1", tmp_path / "2")


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
