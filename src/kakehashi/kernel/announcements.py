"""News from earlier parts of the programme to later ones, against the import arrow.

A piece of news is a frozen dataclass of ids.  `announce` writes one queue row per listener in
the caller's transaction, so what was announced will be heard at least once, and nothing is
heard of a deed that was rolled back.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from typing import Any, TypeVar

from kakehashi.kernel import jobs
from kakehashi.kernel.models import JobRun

N = TypeVar("N")
_listeners: dict[str, list[Callable[[Any], None]]] = defaultdict(list)
_kinds: dict[str, type[Any]] = {}


def on(news: type[N]) -> Callable[[Callable[[N], None]], Callable[[N], None]]:
    """Mark a function in `reactions.py` as what we do about this news."""

    def listen(reaction: Callable[[N], None]) -> Callable[[N], None]:
        _kinds[news.__qualname__] = news
        _listeners[news.__qualname__].append(reaction)
        return reaction

    return listen


def announce(news: Any, *, at: datetime) -> None:  # noqa: ANN401 -- any dataclass of ids
    """Tell everyone who listens, once the caller's transaction is safely stored."""
    name = type(news).__qualname__
    for index, _ in enumerate(_listeners[name]):
        jobs.enqueue(tell, name, index, *astuple(news), at=at)


@jobs.job
def tell(_: JobRun, name: str, index: int, *ids: int | str) -> None:
    """Tell one listener; called by the worker."""
    _listeners[name][index](_kinds[name](*ids))
