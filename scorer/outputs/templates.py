"""The Jinja templates of the HTML pages: found, compiled once, and given their own style and script inline.

A page asks nothing of the network: its style and its script stand in it, and its policy admits these two alone, by hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.files import own_folder, owned
from scorer.outputs import sentences
from scorer.outputs.shares import tenths
from scorer.outputs.words import EVIDENCE_OPEN, KIND_WORDS
from scorer.version import VERSION
from scorer.vocabulary import Severity, Status

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template


def templates_folder() -> Path:
    """Where the templates lie: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent.parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "templates"


@lru_cache(maxsize=8)
def page(name: str, *, styles: tuple[str, ...], script: str = "") -> Template:
    """The compiled template of that name; it finds its inline ``style`` and ``script`` and the hashes of both for the policy."""
    folder = templates_folder()
    style = "".join(line.strip() for file in styles for line in (folder / file).read_text("utf-8").splitlines())
    code = (folder / script).read_text("utf-8") if script else ""
    own = {"style": style, "script": code, "style_hash": _csp_hash(style), "script_hash": _csp_hash(code)}
    return environment().get_template(name, globals=own)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Where all pages come from: everything is escaped, and a name that is not there is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_bytecode_cache(),
    )
    made.filters["tenths"] = tenths
    # Macros in files of their own see these too, which what is given to one page they do not.
    made.globals.update(severity_words=Severity.words(), status_words=Status.words(), kind_words=KIND_WORDS, evidence_open=EVIDENCE_OPEN)
    made.globals.update(version=VERSION, say=sentences)
    return made


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _bytecode_cache() -> BytecodeCache | None:
    """Compiled templates beside the compiled packs; none where that folder cannot be had or is not the user's alone."""
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Cache(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                if owned(Path(self._get_cache_filename(bucket)).stat()):
                    super().load_bytecode(bucket)
            except Exception:
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            try:
                super().dump_bytecode(bucket)
            except OSError:
                return

    folder = own_folder("templates")
    return Cache(str(folder)) if folder else None
