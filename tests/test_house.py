"""The house: which room may know which, and how large a module and a function may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAX_MODULE, MAX_FUNCTION = 350, 60
# From the ground up; a module may know those of its own floor and below. The longest beginning of a module's name decides.
FLOORS = (
    ("scorer.version", "scorer.errors", "scorer.vocabulary", "scorer.folding", "scorer.document", "scorer.text"),
    ("scorer.files", "scorer.result"),
    ("scorer.rulepack", "scorer.classify", "scorer.office"),
    ("scorer.readers", "scorer.parsing"),
    ("scorer.recount",),
    ("scorer.publication",),
    ("scorer.checks", "scorer.scorecard", "scorer.outputs", "scorer.changes"),
    ("scorer.findings",),
    ("scorer.assessing", "scorer"),
    ("scorer.publishing",),
    ("scorer.web", "scorer.evaluation", "scorer.audit"),
    ("scorer.cli", "scorer.__main__"),
)


def modules() -> dict[str, Path]:
    """All modules of the program by name."""
    found = {}
    for path in sorted((ROOT / "scorer").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imported(tree: ast.AST, *, late: bool) -> Iterator[str]:
    """The modules of the program that a module names in its imports; ``late`` with those inside functions and for types only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "scorer":
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            if late:
                yield from imported(node, late=late)
        elif late or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from imported(node, late=late)


def floor(name: str) -> int:
    """On which floor a module lives."""
    beginnings = [(len(start), number) for number, starts in enumerate(FLOORS) for start in starts if f"{name}.".startswith(f"{start}.")]
    return max(beginnings)[1]


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The functions of a module with their numbers of lines."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A circle of modules, or nothing."""
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


# What others are mending: each line goes when it is mended, and none may come.
UPWARD: frozenset[tuple[str, str]] = frozenset()
LARGE_MODULES = frozenset(())
LARGE_FUNCTIONS: frozenset[str] = frozenset()


def test_no_module_knows_one_above_it() -> None:
    """Imports lead down or along a floor, also those made late or for types."""
    found = {(name, other) for name, tree in TREES.items() for other in imported(tree, late=True) if floor(other) > floor(name)}

    assert found <= UPWARD


def test_no_module_waits_for_itself() -> None:
    """Imports made when a module is loaded have no circle."""
    graph = {name: set(imported(tree, late=False)) - {name} for name, tree in TREES.items()}

    assert circle(graph) == []
    assert circle({**graph, "scorer.document": {"scorer.assessing"}}) != []


def test_modules_stay_small() -> None:
    """A module has one purpose and at most 350 lines."""
    found = {name for name, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > MAX_MODULE}

    assert found <= LARGE_MODULES


def test_functions_stay_small() -> None:
    """A function has at most 60 lines."""
    found = {f"{name}.{function}" for name, tree in TREES.items() for function, lines in functions(tree) if lines > MAX_FUNCTION}

    assert found <= LARGE_FUNCTIONS
