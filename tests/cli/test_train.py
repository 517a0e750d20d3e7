"""``fazhi train``: from labelled sentences, reports and reviewed audits to a model, and a pack that names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from corpus import report
from helpers import page, write_pack

from scorer import assess
from scorer.audit.taught import is_audit, taught
from scorer.classify.labelled import ABOUT, ACT
from scorer.classify.model import load_model
from scorer.cli.audit import audit
from scorer.cli.train import train
from scorer.document import Document
from scorer.rulepack.find import shipped_model
from scorer.rulepack.store import load_pack

ITEM = "disputes.adjudication"
SENTENCES = "".join(
    f"{ITEM}=act\t裁决{thing}纠纷{n}件，双方都签收了决定书。\nother\t全年引进{thing}项目{n}个，完成投资。\n{ITEM}=named\t健全{thing}纠纷行政裁决机制。\n"
    for n, thing in enumerate(("水事", "林权", "商标", "专利", "土地", "矿界"), 3)
)


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    """A small file of labelled sentences."""
    path = tmp_path / "own.tsv"
    path.write_text(SENTENCES, "utf-8")
    return path


def run(*words: str | Path) -> tuple[int, str]:
    """Exit status and all that was said."""
    result = CliRunner().invoke(train, [str(word) for word in words], standalone_mode=False)
    return result.return_value if result.exception is None else 2, result.output + (str(result.exception) if result.exception else "")


def test_sentences_become_a_model_and_the_same_one_again(sentences: Path, tmp_path: Path) -> None:
    """The model reads what it learned; ``--check`` proves that it comes from these data, and from no others."""
    pytest.importorskip("sklearn")
    model = tmp_path / "own.model"

    status, said = run(sentences, "-o", model)
    scores = load_model(model).scores("裁决水事纠纷9件,双方都签收了决定书。")

    assert (status, "18句" in said) == (0, True)
    assert scores[load_model(model).names[ACT + ITEM]] > 0
    assert run(sentences, "--check", model)[0] == 0
    sentences.write_text(SENTENCES + "other\t今年雨水较多。\n", "utf-8")
    assert "不是由这些数据训练出来的" in run(sentences, "--check", model)[1]


def test_lines_that_are_none_are_named(sentences: Path, tmp_path: Path) -> None:
    """A label nobody knows, a line without a tab: told with their numbers, the others are learned."""
    pytest.importorskip("sklearn")
    sentences.write_text(SENTENCES + "nonsense\t一句话。\n没有标注的一句\n", "utf-8")

    status, said = run(sentences, "-o", tmp_path / "own.model")

    assert status == 0
    assert "own.tsv 第19行" in said
    assert "own.tsv 第20行" in said


def test_too_little_is_refused(tmp_path: Path) -> None:
    """From two sentences nothing can be learned; without an output there is nothing to do."""
    pytest.importorskip("sklearn")
    path = tmp_path / "two.tsv"
    path.write_text(f"{ITEM}=act\t裁决水事纠纷3件，当场签收。\nother\t今年雨水较多，收成不错。\n", "utf-8")

    assert "太少" in run(path, "-o", tmp_path / "own.model")[1]
    assert "-o" in run(path)[1]


def test_a_pack_names_its_own_model(sentences: Path, tmp_path: Path) -> None:
    """The second reader of such a pack is that model; another model is another pack; one that is not there is a mistake."""
    pytest.importorskip("sklearn")
    run(sentences, "-o", tmp_path / "own.model")
    own = write_pack(tmp_path, "id: mine\ntitle: 本县的规则\nversion: '1.0'\nextends: [national]\nmodel: own.model\n")
    before = load_pack(str(own))

    result = assess(Document.from_text(page()), before)

    assert result.model is not None and result.model == load_model(tmp_path / "own.model").info
    assert result.model != load_model(shipped_model()).info
    sentences.write_text(SENTENCES + "other\t今年雨水较多，收成不错。\n", "utf-8")
    run(sentences, "-o", tmp_path / "own.model")
    assert load_pack(str(own)).sha256 != before.sha256
    (tmp_path / "own.model").unlink()
    with pytest.raises(Exception, match="读不了分类模型"):
        load_pack(str(own))


def test_decisions_of_reviewers_teach(tmp_path: Path) -> None:
    """Each decision on an outline item is a labelled sentence: the one that was before the reviewer's eyes."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "平川县司法局.txt").write_text(report("平川县司法局"), "utf-8")
    assert CliRunner().invoke(audit, [str(folder), "-o", str(out), "--jobs", "1"]).exit_code == 0
    decided = "file: 平川县司法局.txt, by: 张三, date: 2024-03-10, reason: 已核"
    (out / "review.yaml").write_text(
        f"entries:\n  - {{{decided}, rule: task.{ITEM}, status: 具备, quote: 就两村水事纠纷作了决定书三件。}}\n"
        f"  - {{{decided}, rule: task.oversight.credit, status: 缺失, quote: 守信企业名单四批次公布。}}\n"
        f"  - {{{decided}, rule: form.title, status: 具备, quote: 与事项无关的一句。}}\n",
        "utf-8",
    )

    found = {sample.text: dict(sample.truth) for sample in taught(out)}

    assert is_audit(out)
    assert not is_audit(folder)
    assert found["就两村水事纠纷作了决定书三件。"] == {ACT + ITEM: True, ABOUT + ITEM: True}
    assert found["守信企业名单四批次公布。"] == {ACT + "oversight.credit": False, ABOUT + "oversight.credit": False}
    assert "与事项无关的一句。" not in found


def test_decisions_in_force_teach_by_the_sentence_they_rest_on(tmp_path: Path) -> None:
    """Without a quotation of the reviewer's it is the sentence that the verdict was given on."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    words = "办结行政裁决案件31件，均当场送达决定书。"
    (folder / "甲.txt").write_text(page(words), "utf-8")
    out.mkdir()
    entry = f"{{file: 甲.txt, rule: task.{ITEM}, status: 不足, by: 张三, date: 2024-03-10, reason: 是外县的}}"
    (out / "review.yaml").write_text(f"entries:\n  - {entry}\n", "utf-8")
    assert CliRunner().invoke(audit, [str(folder), "-o", str(out), "--jobs", "1"]).exit_code == 0

    found = taught(out)

    assert [dict(sample.truth) for sample in found] == [{ACT + ITEM: False, ABOUT + ITEM: True}]
    assert "行政裁决案件31件" in found[0].text
