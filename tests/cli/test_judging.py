"""A text that hangs costs one line, not the run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import page

from scorer import assessing, confined
from scorer.cli.app import app
from scorer.document import Document
from scorer.result import Assessment
from scorer.rulepack.model import Pack


def test_one_hanging_text_leaves_the_others_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the file and the time; the other file has its result; the exit status is 2."""
    for name in ("hangs.txt", "good.txt"):
        (tmp_path / name).write_text(page(), "utf-8")
    judge = assessing.assess

    def assess(document: Document, pack: Pack, options: assessing.Options) -> Assessment:
        if document.path.endswith("hangs.txt"):
            re.match("(a|aa|aaa)*b", "a" * 60)
        return judge(document, pack, options)

    monkeypatch.setattr(assessing, "assess", assess)
    monkeypatch.setattr(confined, "JUDGING", 5.0)
    names = [str(tmp_path / name) for name in ("hangs.txt", "good.txt")]
    result = CliRunner().invoke(app, ["score", *names, "--format", "json"], standalone_mode=False)

    assert result.return_value == 2
    assert "hangs.txt：检查超过5秒没有完成，已停止。" in result.stderr
    assert "good.txt" in result.stdout
    assert "hangs.txt" not in result.stdout
