"""Things found by where they stand, without looking at all of them: what keeps time linear in a text's length."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

_BUCKET = 256  # characters


class Stretched(Protocol):
    """Anything with a start and an end in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T")


class Placed(Generic[T]):
    """Items by the stretches of text they take up; answers are in the order of adding."""

    def __init__(self, items: Iterable[T], spans: Callable[[T], Iterable[Stretched]]) -> None:
        self._spans = spans
        self._items: list[T] = []
        self._buckets: dict[int, list[int]] = {}
        for item in items:
            self.add(item)

    def add(self, item: T) -> None:
        for span in self._spans(item):
            for bucket in range(span.start // _BUCKET, max(span.start, span.end - 1) // _BUCKET + 1):
                held = self._buckets.setdefault(bucket, [])
                if not held or held[-1] != len(self._items):
                    held.append(len(self._items))
        self._items.append(item)

    @property
    def items(self) -> list[T]:
        return self._items

    def near(self, start: int, end: int) -> list[T]:
        """The items with a stretch that overlaps this one; touching is enough."""
        start = max(0, start)
        found = []
        for number in self._around(start // _BUCKET, end // _BUCKET):
            item = self._items[number]
            for span in self._spans(item):
                if span.start <= end and start <= span.end:
                    found.append(item)
                    break
        return found

    def _around(self, first: int, last: int) -> list[int]:
        """Numbers of the items in these buckets, in order."""
        if first == last:
            return self._buckets.get(first, [])
        return sorted({n for bucket in range(first, last + 1) for n in self._buckets.get(bucket, ())})

    def over(self, spans: Iterable[Stretched]) -> list[T]:
        """The items that share characters with any of these stretches, or touch one."""
        found: dict[int, T] = {}
        for span in spans:
            found |= {id(item): item for item in self.near(span.start, span.end)}
        return list(found.values())
