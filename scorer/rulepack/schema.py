"""The JSON Schema of packs, and its verdicts in Chinese with the nearest valid name.

One schema (``pack.schema.json``) serves the loader and editors alike; ``fazhi rules schema`` prints it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from scorer.errors import PackProblem
from scorer.rulepack.yamlnodes import Parsed, Path

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "array": "列表（- 开头的各项）",
    "object": "映射（键: 值）",
    "boolean": "true/false",
}


@cache
def schema_text() -> str:
    """The schema as published, JSON text."""
    return (FilePath(__file__).parent / "pack.schema.json").read_text("utf-8")


@cache
def schema() -> dict[str, Any]:
    """The schema as data."""
    loaded: dict[str, Any] = json.loads(schema_text())
    return loaded


def nearest(word: str, known: list[str]) -> str:
    """`，是否想写“x”` when a known name is close, else the list of what is possible."""
    from rapidfuzz import process

    if not known:
        return ""
    match = process.extractOne(word, known, score_cutoff=75)
    if match:
        return f"，是否想写“{match[0]}”"
    shown = "、".join(known[:12])
    return f"，可用的有：{shown}{' 等' if len(known) > 12 else ''}"


def check(parsed: Parsed, file: str, against: dict[str, Any] | None = None) -> list[PackProblem]:
    """Every way in which the data departs from a schema (that of packs), with line, column and what was expected."""
    import jsonschema_rs

    problems: dict[tuple[int, int, str], PackProblem] = {}
    root = against or schema()
    validator = jsonschema_rs.validator_for(root)
    for error in validator.iter_errors(parsed.data):
        path: Path = tuple(error.instance_path)
        for place, message in _explain(error, path, root):
            line, column = parsed.place(place)
            problems.setdefault((line, column, message), PackProblem(file, line, column, message))
    return [problems[key] for key in sorted(problems)]


def _explain(error: Any, path: Path, root: dict[str, Any]) -> list[tuple[Path, str]]:
    details = error.kind.as_dict()
    kind = error.kind.name
    name = _name(path)
    if kind in ("additionalProperties", "unevaluatedProperties"):
        known = sorted(_subschema(error.schema_path[:-1], root).get("properties", {}))
        return [((*path, key), f"未知的键“{key}”{nearest(key, known)}") for key in details["unexpected"]]
    if kind == "required":
        return [(path, f"{name}缺少必须有的键“{str(details['property']).strip(chr(34))}”")]
    if kind == "type":
        wanted = "或".join(_TYPES.get(t, t) for t in details.get("types", [])) or "别的类型"
        return [(path, f"{name}应当是{wanted}")]
    if kind == "enum":
        options = [str(option) for option in details["options"]] if isinstance(details["options"], list) else []
        return [(path, f"{name}的值“{error.instance}”不在可用之列{nearest(str(error.instance), options)}")]
    if kind == "pattern":
        wanted = str(_subschema(error.schema_path[:-1], root).get("description", "")) or "小写字母、数字、连字符和点"
        return [(path, f"{name}的值“{error.instance}”写法不对，应为{wanted}")]
    if kind in ("minimum", "exclusiveMinimum"):
        return [(path, f"{name}要{'大于' if kind != 'minimum' else '不小于'}{details.get('limit')}")]
    if kind in ("minLength", "minItems"):
        return [(path, f"{name}太短或太少，至少{details.get('limit')}")]
    if kind in ("maxLength", "maxItems", "maximum"):
        return [(path, f"{name}过大，至多{details.get('limit')}")]
    if kind == "uniqueItems":
        return [(path, f"{name}有重复的项")]
    if kind in ("oneOfNotValid", "oneOfMultipleValid", "oneOf"):
        return [(path, f"{name}须有“check”（检查种类）或“like”（沿用的规则包），且只能有一个")]
    return [(path, f"{name}不符合要求：{error.message}")]


def _name(path: Path) -> str:
    if not path:
        return "规则包"
    last = path[-1]
    return f"第{last + 1}项" if isinstance(last, int) else f"“{last}”"


def _subschema(path: list[str | int], root: dict[str, Any]) -> dict[str, Any]:
    """The part of a schema at a schema path, following ``$ref``."""
    at: Any = root
    for step in path:
        if isinstance(at, dict) and "$ref" in at and step not in at:
            at = _subschema(list(at["$ref"].removeprefix("#/").split("/")), root)
        if step == "$ref":
            at = _subschema(list(at["$ref"].removeprefix("#/").split("/")), root)
            continue
        at = at[int(step)] if isinstance(at, list) else at.get(step, {})
    return at if isinstance(at, dict) else {}
