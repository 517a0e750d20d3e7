"""The commands under ``fazhi rules``."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest
from click.testing import CliRunner, Result

from scorer.cli.app import app
from scorer.errors import FazhiError
from scorer.rulepack.find import shipped

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "packs"


def invoke(*words: str | Path) -> Result:
    """The command's result; errors are raised."""
    result = CliRunner().invoke(app, ["rules", *map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of two reports, and its audit."""
    base = tmp_path_factory.mktemp("tried")
    folder = base / "报送"
    folder.mkdir()
    for name in ("甲山县公安局", "甲山县司法局"):
        (folder / f"{name}.txt").write_text(corpus.report(name, size=900), "utf-8")
    CliRunner().invoke(app, ["audit", str(folder), "-o", str(base / "审核")], standalone_mode=False)
    return folder, base / "审核"


def test_from_a_new_pack_to_its_difference(tmp_path: Path) -> None:
    """What ``new`` writes passes ``check`` and ``test``, and ``diff`` tells what it changes; nothing is written over."""
    own = tmp_path / "本县.yaml"
    written = invoke("new", own, "--title", "本县要求").output
    differs = invoke("diff", "national", own)

    assert str(own) in written and "没有错误" in invoke("check", own).output
    assert "失败0条" in invoke("test", own).output
    assert differs.return_value == 1 and "领导班子集中学法的次数" in differs.output
    assert invoke("diff", own, own).return_value == 0
    for name, words in (("本县.yaml", "已有这个文件"), ("本县.txt", "以 .yaml 结尾"), ("national.yaml", "自带规则包")):
        with pytest.raises(FazhiError, match=words):
            invoke("new", tmp_path / name)


def test_a_pack_tried_on_an_audit(tmp_path: Path, audited: tuple[Path, Path]) -> None:
    """The change of all, of each rule and of each unit; a report that was edited since is left out with the reason."""
    folder, results = audited
    own = tmp_path / "本县.yaml"
    own.write_text(
        'id: own\ntitle: 本县的\nversion: "2"\nextends: [national]\nchanges:\n  - {rule: form.title, off: 试用}\n'
        "grades: [{name: 上等, from: 99}, {name: 合格, from: 90}, {name: 下等, from: 0}]\n",
        "utf-8",
    )
    told = invoke("try", own, results, "--reports", folder, "--all").output
    (folder / "甲山县司法局.txt").write_text("改过", "utf-8")
    again = invoke("try", own, results, "--reports", folder).output
    (folder / "甲山县司法局.txt").unlink()

    assert "报告2份" in told and "form.title　报告标题：具备 → 不适用 2份" in told
    assert told.count("      报告标题：具备 → 不适用") == 2
    assert "等次有变化的2个单位" in told and "没有比较" not in told
    assert "报告1份" in again and "没有比较：甲山县司法局（报告在审核以后改过）" in again
    assert "报告文件夹里没有这份报告" in invoke("try", own, results, "--reports", folder).output
    for at, reports, words in ((tmp_path, folder, "没有审核结果"), (results, tmp_path / "无", "没有这个报告文件夹")):
        with pytest.raises(FazhiError, match=words):
            invoke("try", own, at, "--reports", reports)


@pytest.mark.parametrize("pack", ["topical", EXAMPLES / "云岫市.yaml"], ids=["topical", "example"])
def test_packs_beside_the_national_one(pack: str | Path) -> None:
    """The yearly topics and the example of a city are right, and their own tests pass."""
    assert "没有错误" in invoke("check", pack).output
    assert "失败0条" in invoke("test", pack).output


def test_every_shipped_pack_is_listed() -> None:
    """With its name."""
    text = invoke("list").output

    assert all(name in text for name in shipped())
