"""References are asked for and written."""

import pytest

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import Post, Trace
from kakehashi.kernel.policy import Refused
from kakehashi.recruitment import actions, queries
from kakehashi.recruitment.lifecycle import ReferenceState
from kakehashi.recruitment.models import Reference
from kakehashi.recruitment.tests import factories as ours

pytestmark = pytest.mark.django_db


def test_a_reference_is_asked_for_by_a_link_whose_token_is_not_kept_with_it() -> None:
    mine = ours.draft()
    made, token = ours.reference(mine)
    assert made.token_hash == queries.hash_of(token)
    assert token not in repr(Reference.objects.values().get())
    letter = Post.objects.get(letter="recruitment/reference_requested")
    assert letter.to.email == "field@example.org"
    assert f"/recruitment/reference/{token}/" in letter.body
    assert queries.reference_by_token(token) == made
    assert queries.reference_by_token("another") is None


def test_a_reference_is_written_once_and_by_nobody_signed_in() -> None:
    made, token = ours.reference()
    stale = queries.reference_by_token(token)
    assert stale is not None
    actions.write_reference(made, text="Kind and careful.", at=make.NOON)
    assert (made.state, made.text) == (ReferenceState.RECEIVED, "Kind and careful.")
    assert queries.reference_by_token(token) is None
    with pytest.raises(MoveNotAllowed):
        actions.write_reference(stale, text="Another", at=make.NOON)
    line = Trace.objects.filter(thing=made.key).order_by("-number").first()
    assert line is not None
    assert (line.by, line.deed) == ("anonymous", "write_reference")


def test_the_link_dies_with_the_application() -> None:
    mine = ours.draft()
    _made, token = ours.reference(mine)
    actions.withdraw(mine, by=mine.person, at=make.NOON)
    assert queries.reference_by_token(token) is None


def test_who_cannot_be_asked_for_a_reference() -> None:
    mine = ours.draft()
    with pytest.raises(actions.NotAReferee, match="about themselves"):
        ours.reference(mine, email=mine.person.email.upper())
    ours.reference(mine)
    with pytest.raises(actions.NotAReferee, match="asked already"):
        ours.reference(mine, email="FIELD@example.org")
    ours.reference(mine, email="second@example.org")
    with pytest.raises(actions.NotAReferee, match="enough"):
        ours.reference(mine, email="third@example.org")
    assert Reference.objects.count() == 2


def test_only_the_applicant_asks_for_references() -> None:
    mine = ours.application()
    for other in (ours.coordinator(), make.officer(Role.MOFA), make.person()):
        with pytest.raises(Refused):
            actions.ask_reference(
                mine, name="X", email="x@example.org", relation="Y", by=other, at=make.NOON
            )
