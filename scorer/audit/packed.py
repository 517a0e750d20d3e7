"""Values of the store as compressed JSON, and rows that stay so in memory until they are asked for."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")


def pack(value: Any) -> bytes:
    """JSON, compressed."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Any:
    """The value back."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


class Packed(Sequence[T]):
    """Rows of one kind, packed: each time they are asked for they are made anew, so that thousands of reports fit in memory.

    ``make`` (importable by name) makes a row of its fields; two are equal when they hold the same rows.
    """

    __slots__ = ("_length", "data", "make")

    def __init__(self, make: Callable[..., T], data: bytes, length: int) -> None:
        self.make = make
        self.data = data
        self._length = length

    @classmethod
    def of(cls, make: Callable[..., T], rows: Sequence[Any]) -> Packed[T]:
        """Rows (or the lists of their fields), packed."""
        return cls(make, pack(list(rows)) if rows else b"", len(rows))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return (self.make(*fields) for fields in (unpack(self.data) if self._length else ()))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and (self.make, self.data) == (other.make, other.data)

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        """Differs where the rows do: what depends on them is known by it."""
        return f"Packed({self._length}, {hashlib.sha256(self.data).hexdigest()})"
