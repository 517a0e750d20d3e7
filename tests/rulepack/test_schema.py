"""The published schema."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from scorer.checks import KINDS
from scorer.rulepack.find import shipped
from scorer.rulepack.merge import check_packs
from scorer.rulepack.schema import nearest, schema, schema_text


def test_the_kinds_of_the_schema_are_those_of_the_program() -> None:
    """Every kind that a pack may name exists, and every kind may be named."""
    kinds = schema()["$defs"]["rule"]["properties"]["check"]["enum"]

    assert sorted(kinds) == sorted(KINDS)


def test_the_published_text_is_a_valid_schema() -> None:
    """What ``fazhi rules schema`` prints is a schema an editor can load."""
    loaded = json.loads(schema_text())

    assert jsonschema_rs.meta.is_valid(loaded)
    assert loaded == schema()


@pytest.mark.parametrize("name", shipped())
def test_shipped_packs_have_no_mistake(name: str) -> None:
    """Each shipped pack is right, alone and with what it extends."""
    problems = check_packs([name])

    assert [str(p) for p in problems] == []


def test_nearest_names_the_likely_word() -> None:
    """A slip of the pen is answered with the word meant; a word far from all with what is possible."""
    known = ["weight", "severity", "category"]

    assert nearest("wieght", known) == "，是否想写“weight”"
    assert nearest("zzz", known) == "，可用的有：weight、severity、category"
    assert nearest("weight", []) == ""
