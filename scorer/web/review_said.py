"""What all reviewers have said, as their files are on the disk: read again when one changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scorer.audit import given, standing, write
from scorer.audit.decisions import Decision
from scorer.audit.ownfile import OwnFile, path_of
from scorer.audit.review import Review, read_review
from scorer.audit.reviewers import Target, last_words


class Said:
    """The review files of a folder. Raises ``FazhiError`` (``PackError`` with the line) for one with mistakes in it."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._files: dict[Path, tuple[tuple[int, int], Review, dict[Target, Decision]]] = {}

    def refresh(self) -> bool:
        """Take in what changed on the disk; whether anything did."""
        there = [path for path in given.review_files(self.out) if path.exists()]
        fresh = set(there) != self._files.keys()
        for path in [path for path in self._files if path not in there]:
            del self._files[path]
        for path in there:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if path not in self._files or self._files[path][0] != stamp:
                review = read_review(path.read_bytes(), str(path))
                self._files[path] = stamp, review, last_words(review)
                fresh = True
        return fresh

    def take(self, own: OwnFile) -> None:
        """A file as the desk has just written it."""
        status = own.path.stat()
        self._files[own.path] = (status.st_mtime_ns, status.st_size), own.review, last_words(own.review)

    def of(self, unit: str, file: str, about: str) -> list[Decision]:
        """What the files say of an item of a unit or a file."""
        keys = ((unit, "", about), ("", file, about))
        return [last[key] for _, _, last in self._files.values() for key in keys if key in last]

    def spoken(self) -> set[str]:
        """The keys of all items of which anything is said, of any unit."""
        return {about for _, _, last in self._files.values() for _, _, about in last}

    def reviewers(self) -> tuple[str, ...]:
        """Everybody who decided something."""
        return tuple(sorted({one.by for _, review, _ in self._files.values() for one in review.overrides}))

    def waiting(self) -> bool:
        """Whether something was decided that the last run did not read: it is not in the outputs yet."""
        there = standing.read(self.out)
        known = there.reviews if there else {}
        return any(
            write.digest_of_file(path) != known.get(path.name, "")
            for path, (_, review, _) in self._files.items()
            if review.overrides or review.matches or path.name in known
        )

    def matches(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What was said of whose the files are: path -> (reviewer, unit) of each."""
        found: dict[str, list[tuple[str, str]]] = {}
        for path, (_, review, _) in self._files.items():
            for file, unit in review.matches.items():
                found.setdefault(file, []).append((_whose(path), unit))
        return {file: tuple(answers) for file, answers in found.items()}

    def split_matches(self, by: str) -> set[str]:
        """The files on which reviewers differ whose they are, and of which a reviewer (empty for everybody) has said nothing yet."""
        own = _whose(path_of(self.out, by)) if by else ""
        found = set()
        for path, answers in self.matches().items():
            counts = Counter(unit for _, unit in answers).most_common(2)
            if len(counts) > 1 and counts[0][1] == counts[1][1] and not (own and own in [name for name, _ in answers]):
                found.add(path)
        return found


def _whose(path: Path) -> str:
    return path.stem.removeprefix("review").lstrip("-")
