"""Who there is in the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import format_lazy

from kakehashi.demo.rules import BY_SLUG, CAST, Figure, Part, read
from kakehashi.directory.models import Person
from kakehashi.directory.queries import people_by_email
from kakehashi.directory.rules import RANK_NAMES, ROLE_NAMES
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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One table of figures as the page shows it."""

    title: Words
    lede: Words
    figures: Sequence[Figure]


TITLES: Mapping[str, tuple[Words, Words]] = {
    "people": (
        _("Size of the programme"),
        _("How many people there are in a demo of full size."),
    ),
    "organisations": (
        _("Contracting organisations by type"),
        _("How many organisations of each type there are in a demo of full size."),
    ),
    "size": (
        _("People at an organisation"),
        _("The weight by which participants are spread over the types."),
    ),
    "country": (
        _("Participants by country"),
        _("The weight by which people are spread over the countries."),
    ),
    "position": (
        _("Participants by position"),
        _("For comparison: positions follow from the countries."),
    ),
    "service": (
        _("Years of service"),
        _("Of a hundred who serve, how many are in which year."),
    ),
    "couple": (
        _("Couples"),
        _("Of a hundred who apply, how many pairs apply together."),
    ),
}


def tables(*, people: int) -> list[Shown]:
    """Give the figures by which this demo was made, table by table."""
    figures = read(settings.KAKEHASHI_PACK, people=people).figures
    return [
        Shown(title=title, lede=lede, figures=[one for one in figures if one.what == what])
        for what, (title, lede) in TITLES.items()
    ]


def player(slug: str) -> Person | None:
    """Find the account of a slug; nobody for a slug that is not the demo's."""
    part = BY_SLUG.get(slug)
    return people_by_email([part.email]).get(part.email) if part else None


def _role(part: Part) -> Words:
    if part.role is not None:
        role = ROLE_NAMES[part.role]
        return format_lazy("{} · {}", role, RANK_NAMES[part.rank]) if part.rank else role
    return _("Participant") if part.slug == "participant" else _("Applicant")
