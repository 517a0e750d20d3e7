"""Names of organs."""

from __future__ import annotations

import pytest

from scorer.text.names import same_unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("岚溪县人民政府", "岚溪县人民政府"),
        ("青梧市岚溪县人民政府", "岚溪县人民政府"),
        ("中共岚溪县委、岚溪县人民政府", "岚溪县人民政府"),
        ("岚溪县人民政府办公室", "岚溪县人民政府"),
        ("中共岚溪县委", "岚溪县人民政府"),
        ("岚溪县委全面依法治县委员会办公室", "岚溪县人民政府"),
        ("清渡区柳河街道办事处", "柳河街道办事处"),
        ("县司法局", "岚溪县司法局"),
    ],
)
def test_one_unit_named_in_two_ways(one: str, other: str) -> None:
    """More or fewer places above it, or the government and its office and party committee."""
    assert same_unit(one, other) and same_unit(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("岚溪县人民政府", "青蒿县人民政府"),
        ("岚溪县人民政府", "岚溪县司法局"),
        ("桃县人民政府", "仙桃县人民政府"),
        ("青梧市人民政府", "青梧市岚溪县人民政府"),
        ("岚溪县教育局", "岚溪县司法局"),
        ("岚溪县禾渡镇人民政府", "岚溪县人民政府"),
        ("岚溪县教育委员会", "岚溪县委员会"),
    ],
)
def test_two_units(one: str, other: str) -> None:
    """Another place, another department, a place within the other."""
    assert not same_unit(one, other) and not same_unit(other, one)
