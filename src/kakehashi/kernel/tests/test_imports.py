from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from kakehashi.kernel.policy import Policy, rule

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
OFFICER: Any = SimpleNamespace(may=True)
STRANGER: Any = SimpleNamespace(may=False)
written: list[Any] = []

may: Policy[Any, None] = Policy(bring=rule("you are an officer")(lambda person, _: person.may))
