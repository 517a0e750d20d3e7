"""No expression of the package takes more than linear time on a text that someone has made long on purpose."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest

import scorer

LENGTH = 200_000
SECONDS = 2
"""Of the processor: a busy machine changes nothing."""
SHOWN = 24
CALLS = {"compile", "search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"}


def _in_modules() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The compiled expressions that stand in modules, by themselves or in a tuple, list or dictionary."""
    for info in pkgutil.walk_packages(scorer.__path__, "scorer."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        waiting = [(f"{info.name}.{name}", value) for name, value in vars(module).items()]
        while waiting:
            name, value = waiting.pop()
            if isinstance(value, re.Pattern):
                yield name, value
            elif isinstance(value, tuple | list):
                waiting += [(name, one) for one in value]
            elif isinstance(value, dict) and not name.endswith("__"):
                waiting += [(name, one) for one in value.values() if isinstance(one, re.Pattern | tuple | list)]


def _in_calls() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The expressions written out in calls of ``re``."""
    for path in sorted(Path(scorer.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CALLS
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield f"{path.stem} {node.args[0].value[:SHOWN]!r}", re.compile(node.args[0].value)


# Not linear yet on such a text; what they read is bounded otherwise or short. A name leaves this list when it is mended.
KNOWN: frozenset[str] = frozenset()

EXPRESSIONS = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in (*_in_modules(), *_in_calls())}


def _example(parsed: Any) -> str:
    """A text that a parsed expression could match, roughly: the shortest way through it."""
    out = []
    for code, value in parsed:
        if code is codes.LITERAL:
            out.append(chr(value))
        elif code in (codes.NOT_LITERAL, codes.ANY):
            out.append("文")
        elif code is codes.IN:
            out.append(_member(value))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out.append(_example(value[2]) * max(1, min(value[0], 8)))
        elif code is codes.SUBPATTERN:
            out.append(_example(value[3]))
        elif code is codes.ATOMIC_GROUP:
            out.append(_example(value))
        elif code is codes.BRANCH:
            out.append(_example(value[1][0]))
    return "".join(out)


def _member(items: Any) -> str:
    code, value = items[0]
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0])
    if code is codes.CATEGORY:
        return {codes.CATEGORY_DIGIT: "7", codes.CATEGORY_SPACE: " "}.get(value, "文")
    return "文"


def _repeats(parsed: Any) -> Iterator[tuple[str, str]]:
    """For each repetition in an expression: what comes before it, and one turn of it."""
    before = ""
    for code, value in parsed:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if value[1] > 3:
                yield before, _example(value[2])
            inner = value[2]
        else:
            inner = value[3] if code is codes.SUBPATTERN else value if code is codes.ATOMIC_GROUP else None
        branches = value[1] if code is codes.BRANCH else [inner] if inner is not None else []
        for branch in branches:
            for head, turn in _repeats(branch):
                yield before + head, turn
        before += _example([(code, value)])


def _pumped(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Texts of the length that keep an expression busy: each turn of a repetition, the way up to it, and whole matches."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    whole = _example(parsed)
    units = [whole, whole[:-1], "文", "7", " ", "a", "。文", *(text for head, turn in _repeats(parsed) for text in (turn, head + turn))]
    for unit in dict.fromkeys(filter(None, units)):
        yield (unit * (LENGTH // len(unit) + 1))[:LENGTH]


def _late(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError


@pytest.mark.parametrize(("name", "pattern"), EXPRESSIONS.values(), ids=[name for name, _ in EXPRESSIONS.values()])
def test_an_expression_ends_soon_on_a_text_made_for_it(name: str, pattern: re.Pattern[Any]) -> None:
    """Each expression goes through 200,000 characters of its own repetitions in two seconds; looking for all begins with
    looking at the first place."""
    if name in KNOWN:
        pytest.skip("known")
    previous = signal.signal(signal.SIGVTALRM, _late)
    try:
        for text in _pumped(pattern):
            subject: Any = text.encode("utf-8")[:LENGTH] if isinstance(pattern.pattern, bytes) else text
            for look in (pattern.fullmatch, lambda subject: sum(1 for _ in pattern.finditer(subject))):
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                try:
                    look(subject)
                except TimeoutError:
                    pytest.fail(f"{name} {pattern.pattern[:80]!r} on {text[:40]!r}…")
                finally:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, previous)
