"""What the search in the masthead finds of the directory: people and offices."""

from django.db.models import QuerySet
from django.urls import reverse

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import offices_for
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.searching import matching
from kakehashi.kernel.words import _, pgettext_lazy
from kakehashi.web import offers
from kakehashi.web.offers import Finder, Hit
from kakehashi.web.rows import named


def _people(person: Person, words: str) -> QuerySet[Person]:
    found = matching(
        seen_by(person, Person), words, "family_name", "given_name", "name_ja", "email"
    )
    return found.order_by("family_name", "given_name", "pk")


def _offices(person: Person, words: str) -> QuerySet[Office]:
    found = matching(offices_for(person), words, "search", "name_en", "name_ja", "code")
    return found.order_by("code", "pk")


offers.finds(
    Finder(
        title=pgettext_lazy("directory", "People"),
        rows=_people,
        hit=lambda row: Hit(
            label=str(row), note=row.email, url=reverse("directory:person", args=[row.pk])
        ),
        whole="directory:people",
        reads=Person.NAMED_BY,
    )
)
offers.finds(
    Finder(
        title=_("Offices"),
        rows=_offices,
        hit=lambda row: Hit(
            label=str(row),
            note=str(row.parent or ""),
            url=reverse("directory:office", args=[row.pk]),
        ),
        whole="directory:offices",
        reads=("name_en", "name_ja", *named("parent")),
    )
)
