"""Supporting files among the submissions."""

from __future__ import annotations

from scorer.audit.folder import File
from scorer.audit.supporting import set_aside
from scorer.audit.words import audit_words
from scorer.rulepack.store import load_pack


def test_folders_and_archives_of_supporting_files_are_named() -> None:
    """They are no submissions; a report beside or in them is."""
    paths = (
        "青石镇/报告.docx",
        "青石镇/佐证材料/1.会议纪要.pdf",
        "青石镇/佐证材料/图片/2.jpg",
        "青石镇/佐证材料.zip",
        "柳河镇报告及佐证材料/柳河镇.docx",
        "水利局/印证资料/水利局2023年法治政府建设报告.docx",
        "水利局/印证资料.docx",
    )
    files = [File(path, path, 1, 1) for path in paths]
    kept, notes = set_aside(files, audit_words(load_pack())["supporting"])

    assert [file.path for file in kept] == [paths[0], *paths[4:]]
    assert [("青石镇/佐证材料”是佐证材料（2个文件）" in notes[0]), ("青石镇/佐证材料.zip" in notes[1])] == [True, True]
    assert set_aside(files, {}) == (tuple(files), [])
