from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from kakehashi.kernel.policy import Policy, Refused, Rule, rule


def says(words: str, *, answer: bool) -> Rule[Any, Any]:
    return rule(words)(lambda _person, _thing: answer)


YES, NO = says("it is yours", answer=True), says("it is theirs", answer=False)
SOMEBODY: Any = SimpleNamespace()


@pytest.mark.parametrize(
    ("line", "answer"),
    [(YES, True), (NO, False), (YES | NO, True), (YES & NO, False), (NO | NO, False)],
)
def test_a_line_answers(line: Rule[Any, Any], *, answer: bool) -> None:
    assert Policy(open=line).allows(SOMEBODY, "open", None) is answer


def test_what_has_no_line_is_refused() -> None:
    with pytest.raises(Refused, match="Nobody may do this"):
        Policy(open=YES).require(SOMEBODY, "close", None)


@pytest.mark.parametrize(
    ("join", "sentence"),
    [
        (lambda: NO | NO, "You can do this only if it is theirs, or it is theirs."),
        (lambda: YES & NO, "You can do this only if it is yours and it is theirs."),
    ],
)
def test_a_refusal_is_a_sentence(join: Callable[[], Rule[Any, Any]], sentence: str) -> None:
    with override("en"), pytest.raises(Refused) as refusal:
        Policy(open=join()).require(SOMEBODY, "open", None)

    assert str(refusal.value) == sentence
