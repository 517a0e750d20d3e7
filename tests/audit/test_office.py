"""Who sends the letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.audit.office import FILE, NAMES, NOBODY, Office, read_office, save_office_template
from scorer.errors import PackError


def test_the_template_says_nothing(tmp_path: Path) -> None:
    """It is made once; what a person wrote into it stays."""
    save_office_template(tmp_path)
    assert read_office(tmp_path, {}) == NOBODY
    (tmp_path / FILE).write_text("联系人: 张三\n", "utf-8")
    save_office_template(tmp_path)
    assert read_office(tmp_path, {}).contact == "张三"


def test_the_file_goes_before_the_pack_and_the_command_before_both(tmp_path: Path) -> None:
    """Field by field."""
    (tmp_path / FILE).write_text("联系人: 张三\n联系电话: 1234567\n落款: 县司法局\n", "utf-8")
    pack = {"contact": "李四", "number": "县法办函〔2026〕3号"}

    assert read_office(tmp_path, pack, "县委依法治县办") == Office("县委依法治县办", "张三", "1234567", "县法办函〔2026〕3号")
    assert read_office(tmp_path / "none", pack) == Office(contact="李四", number="县法办函〔2026〕3号")


@pytest.mark.parametrize(
    ("text", "words"),
    [("联系人: [a, b]\n", "一行文字"), ("电话号: 1\n", "没有“电话号”"), ("- 张三\n", "每行写一项"), ("联系人: 'a\n", "2:1")],
)
def test_mistakes(text: str, words: str, tmp_path: Path) -> None:
    """File, line and what was expected."""
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        read_office(tmp_path, {})
    assert words in str(caught.value)


def test_every_field_has_its_word() -> None:
    """So that nobody has to know English."""
    assert set(NAMES) == set(Office._fields)
