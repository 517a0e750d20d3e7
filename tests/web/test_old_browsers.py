"""The pages in Chrome and Edge 109, the last for Windows 7: nothing newer may be needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# What came after Chrome 109, by the name under which scripts call it.
LATER = (
    r"\.(?:toSorted|toReversed|toSpliced|with|isWellFormed|toWellFormed)\(",
    r"\b(?:Object|Map)\.groupBy\(",
    r"\bPromise\.(?:withResolvers|try)\(",
    r"\bArray\.fromAsync\(",
    r"\bAbortSignal\.any\(",
    r"\bURL\.(?:canParse|parse)\(",
    r"\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(",
    r"\b(?:startViewTransition|showPopover|hidePopover|togglePopover|setHTMLUnsafe|getHTML|checkVisibility|moveBefore)\(",
    r"\bIterator\.",
    r"\bRegExp\.escape\(",
    r"\bscheduler\.yield\(",
    r"/[a-z]*v[a-z]*\.(?:test|exec)\(",
    r"\busing\s+\w+\s*=",
)
SCRIPTS = sorted(TEMPLATES.glob("*.js"))
NESTED = re.compile(r"&\s*[.:#\[>{]")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_call_nothing_newer(script: Path) -> None:
    """No name of an interface that Chrome 109 does not have."""
    code = script.read_text("utf-8")
    assert [name for name in LATER if re.search(name, code)] == []


def test_the_list_of_newer_names_is_in_force() -> None:
    """Each expression finds what it is for."""
    found = "x.toSorted() Object.groupBy(a) Promise.withResolvers() Array.fromAsync(a) AbortSignal.any([a]) URL.canParse(a)"
    found += " s.union(t) e.showPopover() Iterator.from(a) RegExp.escape(a) scheduler.yield() /[a]/v.test(b) using x = y"
    assert [name for name in LATER if not re.search(name, found)] == []


@pytest.mark.parametrize("style", sorted(TEMPLATES.glob("*.css")), ids=lambda path: path.name)
def test_styles_nest_nothing(style: Path) -> None:
    """Nested rules came with Chrome 112."""
    assert not NESTED.search(style.read_text("utf-8"))
