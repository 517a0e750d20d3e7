"""Strict YAML: plain data with the line and column of every key and value.

Refuses what makes packs surprising or dangerous: duplicate keys, anchors and aliases, tags, several documents, depth
over ``MAX_DEPTH`` and files over ``MAX_BYTES``. Plain scalars follow the YAML 1.2 core schema, so that ``no``, ``off``,
``012`` or ``12:30`` stay the text they look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorer.errors import PackProblem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
OBVIOUS_DEPTH = 200
"""Nesting that the plain text shows already; far over ``MAX_DEPTH``, because brackets in quoted words count here too."""
MAX_EVENTS = 200_000
MAX_DIGITS = 18

Path = tuple[str | int, ...]
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]{1,40}\.[0-9]{1,40}")
_OPENS = re.compile(r"^(?P<indent> *)(?P<marks>(?:[-?] +)*)|(?P<open>[\[{])|(?P<close>[\]}])", re.M)
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Parsed:
    """Plain data, and where each path of it stands: (line, column) from 1; for mapping entries, of the key."""

    data: Any
    places: dict[Path, tuple[int, int]]
    problems: tuple[PackProblem, ...]

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of ``path``, or of its nearest known parent."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def parse(raw: bytes, file: str) -> Parsed:
    """Read one YAML document. All problems found are in the result; ``data`` is None when nothing could be read."""
    import yaml

    if len(raw) > MAX_BYTES:
        return Parsed(None, {}, (PackProblem(file, 1, 1, f"文件有{len(raw)}字节，规则包最大{MAX_BYTES}字节"),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Parsed(None, {}, (PackProblem(file, line, 1, "不是UTF-8编码的文本，请另存为UTF-8"),))
    # What every version of the parser must be spared: it recurses, or stops by a limit of its own with words of its own.
    if line := _deep_line(text):
        return Parsed(None, {}, (PackProblem(file, line, 1, f"层次超过{MAX_DEPTH}层"),))
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Events are counted before anything is built.
        depth = 0
        events: Iterator[Any] = yaml.parse(text, Loader=loader)
        for number, event in enumerate(events):
            mark = event.start_mark
            if number > MAX_EVENTS:
                return Parsed(None, {}, (PackProblem(file, mark.line + 1, 1, "内容过多，请拆成几个规则包"),))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                message = "不允许使用锚点（&）和别名（*），请把内容写全"
                return Parsed(None, {}, (PackProblem(file, mark.line + 1, mark.column + 1, message),))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    message = f"层次超过{MAX_DEPTH}层"
                    return Parsed(None, {}, (PackProblem(file, mark.line + 1, mark.column + 1, message),))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            implicit = getattr(event, "implicit", True)
            if getattr(event, "tag", None) and not (any(implicit) if isinstance(implicit, tuple) else implicit):
                message = f"不允许使用类型标记 {event.tag}"
                return Parsed(None, {}, (PackProblem(file, mark.line + 1, mark.column + 1, message),))
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = "YAML写法有误：检查这一行和上一行的缩进、冒号后的空格和引号"
        return Parsed(None, {}, (PackProblem(file, line, column, message),))
    if node is None:
        return Parsed(None, {}, (PackProblem(file, 1, 1, "文件是空的"),))
    builder = _Builder(file)
    data = builder.build(node, ())
    return Parsed(data, builder.places, tuple(builder.problems))


def _deep_line(text: str) -> int:
    """The line (from 1) at which brackets, list marks or steps of indentation nest beyond ``OBVIOUS_DEPTH``; 0 for none."""
    brackets = 0
    steps: list[int] = []
    for found in _OPENS.finditer(text):
        if found["open"]:
            brackets += 1
        elif found["close"]:
            brackets = max(brackets - 1, 0)
        else:
            indent = len(found["indent"])
            while steps and steps[-1] >= indent:
                steps.pop()
            steps.append(indent)
            marks = found["marks"].count("-") + found["marks"].count("?")
            if len(steps) + marks > OBVIOUS_DEPTH:
                return text.count("\n", 0, found.start()) + 1
        if brackets > OBVIOUS_DEPTH:
            return text.count("\n", 0, found.start()) + 1
    return 0


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, tuple[int, int]] = {}
        self.problems: list[PackProblem] = []

    def build(self, node: Any, path: Path) -> Any:
        mark = node.start_mark
        self.places.setdefault(path, (mark.line + 1, mark.column + 1))
        if node.id == "mapping":
            return self._mapping(node, path)
        if node.id == "sequence":
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            if key_node.id != "scalar":
                self.problems.append(PackProblem(self.file, mark.line + 1, mark.column + 1, "键必须是一个词"))
                continue
            key = str(key_node.value)
            if key in result:
                first = self.places[(*path, key)]
                message = f"键“{key}”重复，第一次在第{first[0]}行；请删去一个"
                self.problems.append(PackProblem(self.file, mark.line + 1, mark.column + 1, message))
                continue
            self.places[(*path, key)] = (mark.line + 1, mark.column + 1)
            result[key] = self.build(value_node, (*path, key))
        return result


def _scalar(node: Any) -> Any:
    value = node.value
    if node.style in ("'", '"', "|", ">"):
        return value
    if value.lower() in _CONSTANTS:
        return _CONSTANTS[value.lower()]
    if _INT.fullmatch(value) and len(value) <= MAX_DIGITS:
        return int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    return value
