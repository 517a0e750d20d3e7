"""Rolled-up audits on disk."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from scorer.audit.merge import Merged
from scorer.audit.outputs import merged as outputs
from scorer.audit.outputs import mergedbook
from scorer.audit.resultsfile import RESULTS
from scorer.audit.totals import totals
from scorer.errors import FazhiError
from scorer.files import save

TABLE = "merge.xlsx"
_LIST = re.compile(r"[a-z-]{1,40}-\d{3,12}\.html")


def write(merged: Merged, out: Path) -> str:
    """Write pages and workbook; gives the lines for the user. Raises ``FazhiError`` for a folder that is one of the audits."""
    if (out / RESULTS).exists():
        raise FazhiError("这个文件夹是一次审核的结果", where=str(out), remedy="请用 -o 给出另一个文件夹")
    written = set()
    for name, text in outputs.pages(merged, out):
        save(out / name, text)
        written.add(out / name)
    # Lists of an earlier roll-up that had more.
    for path in (out / outputs.UNITS).glob("*.html"):
        if _LIST.fullmatch(path.name) and path not in written:
            with suppress(OSError):
                path.unlink()
    save(out / TABLE, mergedbook.render(merged, out))
    groups = f"，分{len(merged.groups)}个市" if merged.groups else ""
    lines = [f"汇总了{len(merged.sources)}次审核{groups}：{outputs.headline(totals(merged.units))}"]
    lines += [f"注意：{note}" for note in merged.notes]
    lines.append(f"请打开 {out / 'index.html'}；合计和全部单位在 {out / TABLE}。")
    return "\n".join(lines)
