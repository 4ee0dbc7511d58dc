"""Who there is in the demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from kakehashi.demo.rules import BY_SLUG, CAST, Part
from kakehashi.directory.models import Person
from kakehashi.directory.queries import people_by_email
from kakehashi.directory.rules import ROLE_NAMES
from kakehashi.kernel.words import Words, _


@dataclass(frozen=True, kw_only=True)
class Player:
    """One account of the demo as its page shows it."""

    slug: str
    name: str
    email: str
    role: Words


def cast() -> Sequence[Player]:
    """List the demo's accounts, as the programme's year meets them."""
    people = people_by_email([part.email for part in CAST])
    return [
        Player(
            slug=part.slug,
            name=str(people[part.email]),
            email=part.email,
            role=_role(part),
        )
        for part in CAST
        if part.email in people
    ]


def player(slug: str) -> Person | None:
    """Find the account of a slug; nobody for a slug that is not the demo's."""
    part = BY_SLUG.get(slug)
    return people_by_email([part.email]).get(part.email) if part else None


def _role(part: Part) -> Words:
    if part.role is not None:
        return ROLE_NAMES[part.role]
    return _("Participant") if part.slug == "participant" else _("Applicant")
