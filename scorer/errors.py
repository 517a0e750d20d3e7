"""The one kind of error a user sees: a single Chinese line saying what is wrong, where, and what to do."""

from __future__ import annotations


class FazhiError(Exception):
    """Bad input of any kind (file, pack, option).

    ``what`` says what is wrong, ``where`` names the file or place, ``remedy`` says what the user can do.
    ``str(error)`` is one line in Chinese, ready to be shown.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        line = f"{where}：{what}" if where else what
        if remedy:
            line += f"。{remedy}"
        super().__init__(" ".join(line.split()))


class UnreadableError(FazhiError):
    """A file that cannot be turned into text: empty, binary, broken, too large, of an unknown format."""


class TableError(FazhiError):
    """A table of which several rows are wrong. ``problems`` holds every mistake found, a line each; ``str`` shows the first of them."""

    SHOWN = 20

    def __init__(self, problems: tuple[FazhiError, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(first.what, where=first.where, remedy=first.remedy)
        left = len(problems) - self.SHOWN
        lines = [str(problem) for problem in problems[: self.SHOWN]] + ([f"另有{left}处没有列出"] if left > 0 else [])
        self.args = ("\n".join(lines),)


class PackError(FazhiError):
    """One or more rule packs are wrong. ``problems`` holds every mistake found, in the order of the files."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))
        self.args = ("\n".join(str(p) for p in problems),)


class PackProblem:
    """One mistake in a pack: file, line and column (from 1), what is wrong and what was expected."""

    __slots__ = ("column", "file", "line", "message")

    def __init__(self, file: str, line: int, column: int, message: str) -> None:
        self.file, self.line, self.column, self.message = file, line, column, message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}：{self.message}"
