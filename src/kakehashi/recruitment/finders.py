"""What the search in the masthead finds of recruitment: applications, by number or name."""

from django.urls import reverse

from kakehashi.kernel.words import _
from kakehashi.recruitment.queries import applications_for, search
from kakehashi.web import offers
from kakehashi.web.offers import Finder, Hit

offers.finds(
    Finder(
        title=_("Applications"),
        rows=lambda person, words: search(applications_for(person), words),
        hit=lambda row: Hit(
            label=f"{row.number} {row.name}",
            note=row.state_name,
            url=reverse("recruitment:application", args=[row.pk]),
        ),
        whole="recruitment:applications",
        reads=("number", "state", "given_name", "family_name"),
    )
)
