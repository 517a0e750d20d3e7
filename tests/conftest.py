"""Settings for all tests: no cache of the user is read or written, and property tests run the same way every time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from scorer.rulepack.model import Pack
from scorer.rulepack.store import forget, load_pack

settings.register_profile("tests", deadline=None, derandomize=True, database=None)
settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder for this run only."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        forget()
        yield folder
    forget()


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The national pack."""
    return load_pack()


SLOW_FIXTURES = {"opened", "served", "browser"}
SLOW_FILES = (
    "test_fuzz.py",
    "test_formats.py",
    "test_old_word.py",
    "audit/test_run.py",
    "cli/test_watch.py",
    "test_properties.py",
    "test_expressions.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser, LibreOffice or many runs is slow."""
    for item in items:
        if SLOW_FIXTURES & set(getattr(item, "fixturenames", ())) or item.path.as_posix().endswith(SLOW_FILES):
            item.add_marker(pytest.mark.slow)
