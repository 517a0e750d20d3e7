"""Where packs lie: the shipped ones by name, others by path."""

from __future__ import annotations

import os
from pathlib import Path

from scorer.errors import FazhiError

DEFAULT_PACK = "national"


def rules_folder() -> Path:
    """Where the shipped packs lie: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "rules"


def shipped_model() -> Path:
    """The classifier that ships with the packs."""
    return rules_folder() / "reader.model"


NO_PACKS = frozenset(("publication",))
"""Files beside the packs that are of a kind of their own."""


def shipped() -> tuple[str, ...]:
    """The names of the shipped packs."""
    return tuple(sorted(path.stem for path in rules_folder().glob("*.yaml") if path.stem not in NO_PACKS))


def find_pack(name: str, beside: Path | None = None) -> Path:
    """The file of a pack given by shipped name or by path (relative to ``beside``). Raises ``FazhiError``."""
    from scorer.rulepack.schema import nearest

    if name.endswith((".yaml", ".yml")) or os.sep in name or _is_file(Path(name)):
        path = (beside.parent / name) if beside else Path(name)
        if _is_file(path):
            return path
        raise FazhiError("找不到这个规则包文件", where=name, remedy="请检查路径是否写对")
    for folder in ([beside.parent] if beside else []) + [rules_folder()]:
        path = folder / f"{name}.yaml"
        if _is_file(path):
            return path
    raise FazhiError(
        f"没有名为“{name}”的规则包{nearest(name, list(shipped()))}", remedy="可用 fazhi rules list 查看，或给出 .yaml 文件的路径"
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name no file can have
        return False
