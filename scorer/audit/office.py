"""Who sends the letters: the office's own particulars, from its pack, from a file of its own beside the results, from the command.

What nobody gives stays a blank in the letter, clearly to be filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scorer.errors import FazhiError, PackError, PackProblem
from scorer.files import save

FILE = "office.yaml"
MAX_BYTES = 100_000


class Office(NamedTuple):
    """The sender: signature, whom to ask, number of the letter, where the mended report goes, until when one may object; empty
    for what is not known."""

    signer: str = ""
    contact: str = ""
    phone: str = ""
    number: str = ""
    receive: str = ""
    objection: str = ""


NOBODY = Office()

NAMES = {
    "signer": "落款", "contact": "联系人", "phone": "联系电话", "number": "文号", "receive": "报送方式", "objection": "异议期限"
}  # fmt: skip
TEMPLATE = """\
# 发函机关的信息，写进每份反馈函和通报。填好保存，再运行一次同一条命令即生效；没有填的，在函里留空待填。
# 本文件只在没有时生成，程序不会改写您写的内容。

落款:        # 例如 中共某县委全面依法治县委员会办公室
联系人:      # 例如 张三
联系电话:    # 例如 0000-1234567
文号:        # 例如 某法治办函〔2025〕3号；每份函各有文号的，不要填
报送方式:    # 例如 发送至 fzb@example.cn，纸质件一份送县司法局三楼
异议期限:    # 例如 收到本函后5个工作日内
"""


def read_office(out: Path, pack: Mapping[str, Any], signer: str = "") -> Office:
    """The office: what its pack says, overruled by its file in ``out``, the signature overruled by ``signer``.

    Raises ``PackError`` with line and what was expected for a mistake in the file, ``FazhiError`` for one that cannot be opened.
    """
    known = {name: str(value) for name, value in pack.items() if name in Office._fields}
    known |= _read(out / FILE)
    if signer:
        known["signer"] = signer
    return Office(**known)


def save_office_template(out: Path) -> None:
    """The commented file, once."""
    if not (out / FILE).exists():
        save(out / FILE, TEMPLATE.encode())


def _read(path: Path) -> dict[str, str]:
    from scorer.rulepack import yamlnodes

    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FazhiError(f"打不开（{error.strerror}）", where=str(path)) from error
    parsed = yamlnodes.parse(raw, str(path)) if len(raw) <= MAX_BYTES else None
    if parsed is None:
        raise FazhiError("文件过大，不像机关信息", where=str(path), remedy="请照模板每行写一项")
    if parsed.data is None and all(problem.message == "文件是空的" for problem in parsed.problems):
        return {}
    problems = list(parsed.problems)
    if parsed.data is not None and not isinstance(parsed.data, dict):
        problems.append(PackProblem(str(path), 1, 1, "应每行写一项，如 联系人: 张三"))
    fields = {word: name for name, word in NAMES.items()} | {name: name for name in NAMES}
    found = {}
    for key, value in (parsed.data if isinstance(parsed.data, dict) else {}).items():
        if key not in fields:
            problems.append(PackProblem(str(path), *parsed.place((key,)), f"没有“{key}”这一项，可写：{'、'.join(NAMES.values())}"))
        elif isinstance(value, dict | list):
            problems.append(PackProblem(str(path), *parsed.place((key,)), f"“{key}”后面应为一行文字"))
        elif value is not None:
            found[fields[key]] = str(value).strip()
    if problems:
        raise PackError(tuple(problems))
    return found
