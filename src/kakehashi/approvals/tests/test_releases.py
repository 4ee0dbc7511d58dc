"""What the other parts release asks the route of the desk that releases it."""

import pytest

from kakehashi.approvals.queries import NoApproval
from kakehashi.approvals.tests import factories
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Rank, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Post
from kakehashi.kernel.outbox import waiting
from kakehashi.placement import actions as placement
from kakehashi.placement.tests import factories as places
from kakehashi.selection import actions as selection
from kakehashi.selection.tests import factories as rounds

pytestmark = pytest.mark.django_db


def desk_of(officer: Person, role: Role, kind: str) -> Person:
    """Give the officer's desk a route and a head; gives the head."""
    office = officer.seats.get().office
    factories.route(office, role, kind, "head")
    return factories.ranked(role, Rank.HEAD, office)


def test_results_leave_only_as_the_ministry_approved_them() -> None:
    here = rounds.cast()
    row = rounds.decided(here, 80, 60)
    batch = rounds.drafted(here, row)
    head = desk_of(here.mofa, Role.MOFA, "results")
    row.refresh_from_db()
    with pytest.raises(NoApproval):
        selection.release(row, count=2, by=here.mofa, at=make.NOON)
    factories.approved(row.key, here.mofa, head)
    letter = Post.objects.filter(batch=batch).earliest("pk")
    Post.objects.filter(pk=letter.pk).update(body=f"{letter.body} One word more.")
    with pytest.raises(NoApproval, match="changed"):
        selection.release(row, count=2, by=here.mofa, at=make.NOON)
    Post.objects.filter(pk=letter.pk).update(body=letter.body)
    selection.release(row, count=2, by=here.mofa, at=make.NOON)
    assert row.state == "released"


def test_notices_leave_only_as_clair_approved_them() -> None:
    officer = places.clair()
    places.accepted()
    places.people({})
    run = places.solved(by=officer)
    places.resolved(run)
    head = desk_of(officer, Role.CLAIR_PLACEMENT, "run")
    factories.approved(run.key, officer, head)
    batch = placement.draft_notices(run, by=officer, at=make.NOON)
    run.refresh_from_db()
    with pytest.raises(NoApproval, match="changed"):
        placement.release_run(run, count=waiting(batch), by=officer, at=make.NOON)
    factories.approved(run.key, officer, head)
    placement.release_run(run, count=waiting(batch), by=officer, at=make.NOON)
    assert run.state == "released"
