"""``fazhi annotate`` and ``fazhi outline`` as a user runs them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from helpers import docx, page, paragraph
from running import fazhi, one_line

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A Word draft in a folder of its own."""
    path = tmp_path / "岚溪县 草稿.docx"
    path.write_bytes((EXAMPLES / "gaps.docx").read_bytes())
    return path


def test_the_result_lies_beside_the_draft(draft: Path) -> None:
    """Without -o the file is named after the draft, which is not touched."""
    before = draft.read_bytes()
    ran = fazhi("annotate", draft)
    out = draft.with_name("岚溪县 草稿.批注.docx")

    assert ran.code == 0
    assert "已写出" in ran.err
    assert draft.read_bytes() == before
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(out.read_bytes())).namelist()


def test_to_a_file_and_to_a_folder(draft: Path, tmp_path: Path) -> None:
    """-o names a file or a folder."""
    (tmp_path / "夹").mkdir()

    assert fazhi("annotate", draft, "-o", tmp_path / "a.docx").code == 0
    assert fazhi("annotate", draft, "-o", tmp_path / "夹").code == 0
    # The comments carry the moment at which they were made: all else is the same.
    one, other = (zipfile.ZipFile(path) for path in (tmp_path / "a.docx", tmp_path / "夹" / "岚溪县 草稿.批注.docx"))
    assert one.namelist() == other.namelist()
    assert one.read("word/document.xml") == other.read("word/document.xml")


def test_the_draft_is_not_written_over(draft: Path) -> None:
    """-o with the draft's own name is refused."""
    assert "盖掉" in one_line(fazhi("annotate", draft, "-o", draft))


def test_what_cannot_be_annotated_says_what_to_do(tmp_path: Path) -> None:
    """Text, no report, another suffix, no file: one line each."""
    text, other = tmp_path / "a.txt", tmp_path / "b.docx"
    text.write_text(page(), "utf-8")
    other.write_bytes(docx(paragraph("关于清明节放假的通知") + paragraph("各科室：清明节放假三天。")))

    assert "另存为.docx" in one_line(fazhi("annotate", text))
    assert "不是法治政府建设年度报告" in one_line(fazhi("annotate", other))
    assert ".docx" in one_line(fazhi("annotate", other, "-o", tmp_path / "c.pdf"))
    assert "找不到" in one_line(fazhi("annotate", tmp_path / "没有.docx"))


def test_outline_to_a_file(tmp_path: Path) -> None:
    """The outline is a Word file that the program reads as a report without content."""
    out = tmp_path / "提纲.docx"
    ran = fazhi("outline", "--level", "county", "--report-year", "2026", "--unit", "岚溪县人民政府", "-o", out)
    scored = fazhi("score", out, "--level", "county")

    assert ran.code == 0
    assert scored.code == 0
    assert "处空格" in scored.out


def test_an_outline_in_work_is_not_written_over(tmp_path: Path) -> None:
    """Without -o an existing file is kept: somebody may have written in it."""
    assert fazhi("outline", "--level", "county", "--report-year", "2026", cwd=tmp_path).code == 0
    assert "已有" in one_line(fazhi("outline", "--level", "county", "--report-year", "2026", cwd=tmp_path))


def test_outline_with_last_years_report(tmp_path: Path) -> None:
    """Last year's report is taken in; one of another year is taken with a word, what is no report is refused."""
    last, other = tmp_path / "上年.txt", tmp_path / "通知.txt"
    last.write_text(page(), "utf-8")
    other.write_text("关于清明节放假的通知\n各科室：\n清明节放假三天。\n", "utf-8")
    fits = fazhi("outline", "--level", "county", "--report-year", "2024", "--previous", last, "-o", tmp_path / "a.docx")
    late = fazhi("outline", "--level", "county", "--report-year", "2026", "--previous", last, "-o", tmp_path / "b.docx")

    assert (fits.code, late.code) == (0, 0)
    assert "注意" not in fits.err
    assert "2023年度的报告，不是2025年度的" in late.err
    assert "不是法治政府建设年度报告" in one_line(
        fazhi("outline", "--level", "county", "--report-year", "2026", "--previous", other, "-o", tmp_path / "c.docx")
    )


def test_level_and_year_are_asked_for() -> None:
    """Both must be given: an outline for nobody in particular would ask too much of everybody."""
    assert "--level" in one_line(fazhi("outline", "--report-year", "2026"))
    assert "--report-year" in one_line(fazhi("outline", "--level", "county"))
    wrong = one_line(fazhi("outline", "--level", "village", "--report-year", "2026"))
    assert "county" in wrong and "乡镇" in wrong


@pytest.mark.parametrize("word", ["乡镇", "乡", "乡级", "township"])
def test_a_level_in_chinese(tmp_path: Path, word: str) -> None:
    """The words of the trade are understood as well as the English ones."""
    assert fazhi("outline", "--level", word, "--report-year", "2026", "-o", tmp_path / "a.docx").code == 0


@pytest.mark.parametrize("command", ["annotate", "watch", "outline"])
def test_help_is_chinese(command: str) -> None:
    """The help page speaks Chinese throughout and shows how the command is used."""
    ran = fazhi(command, "--help")

    assert ran.code == 0
    assert f"fazhi {command} " in ran.out
    assert "[required" not in ran.out
    assert "default" not in ran.out
