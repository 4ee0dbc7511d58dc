"""Routes and people with ranks, for the tests of every part that asks for approval."""

from datetime import timedelta

from kakehashi.approvals import actions
from kakehashi.approvals.models import Approval, Route
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import OfficeKind, Rank, Role
from kakehashi.directory.tests import factories as make


def ministry() -> Office:
    """Give the ministry whose plan it is."""
    return make.office(OfficeKind.MINISTRY, "MIC")


def ranked(role: Role, rank: Rank, at: Office | None = None) -> Person:
    """Make an officer of this rank at a desk."""
    made = make.officer(role, at)
    made.seats.update(rank=rank)
    vars(made).pop("_held", None)
    return made


def route(office: Office, role: Role, kind: str, way: str = "chief-head") -> Route:
    """Give a desk its route for a kind of act, since yesterday."""
    return actions.set_route(
        office,
        role=role,
        kind=kind,
        way=way,
        valid_from=make.TODAY - timedelta(days=1),
        by=make.officer(Role.OPERATOR),
        at=make.NOON,
    )


def approved(key: str, drafter: Person, *stampers: Person) -> Approval:
    """Draft a paper and have it stamped, the last one approving."""
    made = actions.draft(key, by=drafter, at=make.NOON)
    for stamper in stampers[:-1]:
        actions.stamp(made, by=stamper, at=make.NOON)
    actions.approve(made, by=stampers[-1], at=make.NOON)
    return made
