"""What differs between two packs, and the pack to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.rulepack.difference import ADDED, CHANGED, REMOVED, differences
from scorer.rulepack.merge import check_packs
from scorer.rulepack.scaffold import starter
from scorer.rulepack.store import load_pack


@pytest.fixture(scope="module")
def starter_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack to begin with, as a file."""
    path = tmp_path_factory.mktemp("packs") / "本县.yaml"
    path.write_text(starter("本县", "本县: 补充 # 要求"), "utf-8")
    return path


def test_a_pack_does_not_differ_from_itself() -> None:
    """Nothing is told."""
    assert differences(load_pack(), load_pack()) == []


def test_what_the_pack_to_begin_with_changes_is_told(starter_pack: Path) -> None:
    """Its rule, its class of units, the change for a class and the one for a level; removing is the reverse of adding."""
    forth = differences(load_pack(), load_pack(str(starter_pack)))
    back = differences(load_pack(str(starter_pack)), load_pack())
    told = "\n".join(line for difference in forth for line in (difference.what, *difference.lines))

    assert [d.kind for d in forth] == [CHANGED, CHANGED, CHANGED, ADDED]
    assert "性质（行政执法部门；2021—年度）：应有 → 必备" in told
    assert "停用（乡级；2021—年度）：否 → " in told
    assert REMOVED in {d.kind for d in back}


def test_changed_words_and_settings_are_told(tmp_path: Path) -> None:
    """Phrases with their number, weights of categories, grades."""
    own = tmp_path / "own.yaml"
    own.write_text(
        'id: own\ntitle: 本县的\nversion: "1"\nextends: [national]\n'
        "categories:\n  - {id: task, title: 纲要任务, weight: 30}\n  - {id: form, title: 文本形式, weight: 8}\n"
        "grades:\n  - {name: 合格, from: 70}\n  - {name: 不合格, from: 0}\n"
        "changes:\n  - {rule: task.functions.duty-lists, phrases: {terms: [甲类清单]}}\nlexicon:\n  acts: [办妥了]\n",
        "utf-8",
    )
    told = {d.what: d.lines for d in differences(load_pack(), load_pack(str(own)))}

    assert "纲要任务：32分 → 30分" in told["类别权重"]
    assert "合格：60分起 → 70分起" in told["等次"]
    assert any("增加1条：甲类清单" in line for lines in told.values() for line in lines)
    assert told["通用词表 lexicon.acts"] == ("短语 增加1条：办妥了",)


@pytest.mark.parametrize(("name", "own"), [("本县", "id: local\n"), ("Our County", "id: our-county\n")])
def test_the_pack_to_begin_with_has_no_mistake(tmp_path: Path, name: str, own: str) -> None:
    """Whatever the file is called, and whatever signs its title has."""
    path = tmp_path / f"{name}.yaml"
    path.write_text(starter(name, '甲: "乙" # 丙'), "utf-8")

    assert own in path.read_text("utf-8")
    assert check_packs([str(path)]) == []
    assert load_pack(str(path)).title == '甲: "乙" # 丙'
