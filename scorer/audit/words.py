"""What a pack says of audits: gate, heads of a roster, names of organs; what it does not say is that of the shipped one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorer.rulepack.find import rules_folder
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack

SECTIONS = frozenset({"gate", "roster", "blank", "done", "sent", "totals", "drafts", "levels", "organs", "supporting"})
"""What a pack says of audits."""


def audit_words(rules: Pack) -> Mapping[str, Any]:
    """The pack's words for audits; a section that it does not have is that of the shipped ones."""
    if rules.audit.keys() >= SECTIONS:
        return rules.audit  # the shipped ones need not be read
    return {**load_pack(str(rules_folder() / "audit.yaml")).audit, **rules.audit}
