"""fazhi: reads an annual 法治政府建设 report and says what is there, what is missing, and how to mend it.

from scorer import assess, load_pack, read
assessment = assess(read("report.docx"), load_pack())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.version import VERSION as __version__

if TYPE_CHECKING:
    from scorer.assessing import Options, assess
    from scorer.readers import read
    from scorer.rulepack.store import load_pack

__all__ = ["Options", "__version__", "assess", "load_pack", "read"]

_HOMES = {"assess": "scorer.assessing", "Options": "scorer.assessing", "load_pack": "scorer.rulepack.store", "read": "scorer.readers"}


def __getattr__(name: str) -> Any:
    # Lazy, so that ``fazhi --version`` does not import the whole library.
    if name in _HOMES:
        import importlib

        value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
        return value
    raise AttributeError(f"module 'scorer' has no attribute {name!r}")
