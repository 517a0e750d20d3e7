"""The plain keyword search that ``evaluate`` sets beside the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scorer.rulepack.model import Pack

_STOP = frozenset(
    [
        "和",
        "与",
        "及",
        "的",
        "在",
        "不",
        "有",
        "上",
        "下",
        "年",
        "年度",
        "主要",
        "情况",
        "工作",
        "推进",
        "加强",
        "完善",
        "健全",
        "深化",
        "加大",
        "规范",
        "创新",
        "开展",
        "落实",
        "强化",
        "依法",
        "相关",
        "制度",
        "机制",
        "体系",
        "建设",
        "报告",
        "各",
        "等",
        "按时",
        "相互",
        "一致",
    ]
)


def keywords(pack: Pack) -> dict[str, tuple[str, ...]]:
    """For each element what a plain search would look for: the literal terms of its rule, else the words of its title."""
    table = pack.table
    found: dict[str, tuple[str, ...]] = {}
    cut = _cutter()
    for rule in reversed(pack.rules):
        literals = tuple(table.literals[number] for number in table.sets.get(rule.set("terms"), ((), ()))[0])
        words = tuple(w for w in cut(rule.title) if len(w) > 1 and w not in _STOP)
        found[rule.id] = found.get(rule.id, ()) + (literals or words or (rule.title,))
    return found


def _cutter() -> Callable[[str], Iterable[str]]:
    import logging
    import sys
    import tempfile
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # jieba asks pkg_resources only to find its own files; without it it starts faster and silently.
        blocked = "pkg_resources" not in sys.modules
        if blocked:
            sys.modules["pkg_resources"] = None  # type: ignore[assignment]
        import jieba

        if blocked:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:  # its cache would otherwise lie in the shared temp folder
        cutter.tmp_dir = folder
        cutter.initialize()
    cut: Callable[[str], Iterable[str]] = cutter.cut
    return cut
