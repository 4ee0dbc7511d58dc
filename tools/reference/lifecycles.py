"""Every lifecycle as a diagram, with its states and moves in both languages."""

from collections.abc import Iterator
from typing import Any

from kakehashi.kernel.lifecycle import Lifecycle
from reference.shape import DRAWN, both, files, held, table


def page() -> Iterator[str]:
    """Draw all of them, part by part."""
    yield from ("# Lifecycles", "", DRAWN, "")
    yield "The states a thing can be in and the moves between them, from each part’s `lifecycle.py`."
    yield "The move’s name is also the line of the policy, the function, the address and the trail’s word."
    for part, module in files("lifecycle"):
        for name, lifecycle in held(module, Lifecycle):
            yield from _one(f"{part}: {name.lower().replace('_', ' ')}", lifecycle)


def _one(title: str, lifecycle: Any) -> Iterator[str]:  # noqa: ANN401 -- of any states
    yield from ("", f"## {title}", "", "```mermaid", *lifecycle.mermaid(), "```", "")
    states = ((f"`{state}`", *both(words)) for state, words in lifecycle.names.items())
    yield from table(("State", "English", "日本語"), states)
    yield ""
    moves = (
        (f"`{move.name}`", *both(move.label), _arrow(move)) for move in lifecycle.moves.values()
    )
    yield from table(("Move", "English", "日本語", "From → to"), moves)


def _arrow(move: Any) -> str:  # noqa: ANN401 -- of any states
    return f"{', '.join(move.sources)} → {move.target}"
