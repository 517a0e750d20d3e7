"""What an audit keeps of a report."""

import json
import re

import pytest
from audit_texts import LAST_YEAR, THIS_YEAR

from scorer.assessing import examine
from scorer.audit.facts import facts, from_data, shape_of, to_data
from scorer.document import Document
from scorer.rulepack.store import load_pack


def test_facts_survive_storing() -> None:
    """Facts written as JSON and read back are the same."""
    kept = facts(examine(Document.from_text(LAST_YEAR), load_pack()))

    assert from_data(json.loads(json.dumps(to_data(kept)))) == kept


def test_sentences_keep_their_wording_and_role() -> None:
    """The text is exact; measures with a figure are concrete, the plan is not of the past."""
    kept = facts(examine(Document.from_text(THIS_YEAR), load_pack()))
    by_words = {words: next(said for said in kept.said if words in said.text) for words in ("11人通过", "每季度核对", "持续关注")}

    assert all(said.text in THIS_YEAR for said in kept.said)
    assert [(said.past, said.concrete) for said in by_words.values()] == [(True, True), (False, False), (True, False)]


def test_bare_declarations_are_not_accounted_for() -> None:
    """An arrangement without any matter of its own is left out."""
    text = LAST_YEAR.replace("四是推行扫码入企，规范涉企检查。", "四是不断开创工作新局面。")
    kept = facts(examine(Document.from_text(text), load_pack()))

    assert [item.text for item in kept.arrangements][-1] == "建设渔业船舶纠纷一站式调解室"


def test_shapes_blank_names_and_numbers() -> None:
    """Two units that tell the same of themselves have one shape."""
    ours = shape_of("2024年,禾渡镇共调解纠纷1,204件,我镇满意率98.5%。", re.compile("禾渡镇"))
    theirs = shape_of("2023年,澜口镇共调解纠纷87件,全镇满意率90%。", re.compile("澜口镇"))

    assert ours == theirs


def test_set_phrases_are_stock() -> None:
    """A sentence of nothing but set phrases and titles says nothing about copying."""
    phrase = "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻《法治政府建设实施纲要（2021—2025年）》。"
    kept = facts(examine(Document.from_text(THIS_YEAR.replace("（二）聘请", f"{phrase}\n（二）聘请")), load_pack()))

    assert [said.stock for said in kept.said if said.text == phrase] == [True]
    assert sum(said.stock for said in kept.said) == 1


def test_stored_rubbish_is_refused() -> None:
    """What was not written by ``to_data`` does not become facts."""
    with pytest.raises((TypeError, ValueError)):
        from_data([2024, "x", [], []])
