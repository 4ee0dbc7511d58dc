from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.kernel import cells
from kakehashi.kernel.imports import (
    Column,
    ExportKind,
    Fault,
    Faulty,
    ImportKind,
    Unreadable,
    bring,
    check,
    harmless,
    send,
)
from kakehashi.kernel.policy import Policy, Refused, rule

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
OFFICER: Any = SimpleNamespace(may=True)
STRANGER: Any = SimpleNamespace(may=False)
written: list[Any] = []

may: Policy[Any, None] = Policy(bring=rule("you are an officer")(lambda person, _: person.may))
