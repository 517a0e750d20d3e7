"""A pack to begin with: ``templates/pack.yaml`` with a name of one's own."""

from __future__ import annotations

import json
import re
import unicodedata

from scorer.rulepack.find import rules_folder, shipped

DEFAULT_ID = "local"


def starter(name: str, title: str) -> str:
    """The text of a pack that extends the national one; ``name`` gives its id where that can be one (letters, digits, hyphens)."""
    template = (rules_folder().parent / "templates" / "pack.yaml").read_text("utf-8")
    plain = re.sub(r"[^a-z0-9-]+", "-", unicodedata.normalize("NFKC", name).lower()).strip("-")
    own = DEFAULT_ID if not plain or plain in shipped() else plain
    title = " ".join(title.split())
    template = template.replace("title: {title}", f"title: {json.dumps(title, ensure_ascii=False)}", 1).replace("{title}", title)
    return template.replace("{id}.yaml", f"{name}.yaml").replace("{id}", own)
