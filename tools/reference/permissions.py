"""Who may do what: every line of every policy, in the words a refused person reads."""

from collections.abc import Iterator
from typing import Any

from kakehashi.kernel.policy import Policy
from reference.shape import DRAWN, both, files, held, table


def page() -> Iterator[str]:
    """Draw the tables of all policies; what has no line here nobody may do."""
    yield from ("# Who may do what", "", DRAWN, "")
    yield "Deny by default: an action without a line here is refused to everyone. Each sentence"
    yield "completes “You can do this only if …”; the code behind it answers for one person and one"
    yield "thing. What a person may not even know of is not refused: it does not exist for them; see"
    yield "[Who can read what](who-can-read-what.md)."
    for part, module in files("policy"):
        tables = held(module, Policy)
        if tables:
            yield from ("", f"## {part}")
        for name, policy in tables:
            yield from _one(name, policy)


def _one(name: str, policy: Any) -> Iterator[str]:  # noqa: ANN401 -- about any thing
    yield from ("", f"### {name}", "")
    lines = ((f"`{action}`", *both(line.says)) for action, line in policy.lines.items())
    yield from table(("Action", "Only if …", "次の条件を満たす場合に限ります"), lines)
