"""Damaged files: read or refused, never anything else."""

from __future__ import annotations

import fuzz


def test_damaged_files_of_every_format() -> None:
    """Two thousand cases: no traceback, no hang, no growth of memory beyond what caches take."""
    outcome = fuzz.run(2000, 3)

    assert outcome.read > 200
    assert outcome.refused > 200
    assert outcome.growth < 100_000_000
    assert set(outcome.kinds) == set(fuzz.samples())
