"""What the search in the masthead finds of placement: requests, and who is placed where."""

from django.urls import reverse

from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.searching import matching
from kakehashi.kernel.words import _
from kakehashi.placement.offers import TOLD_OF_PLACEMENTS
from kakehashi.placement.policy import DESK
from kakehashi.placement.queries import placements_that_stand, requests_for
from kakehashi.placement.views.placements import FOUND_BY as PLACEMENT_FOUND_BY
from kakehashi.placement.views.requests import FOUND_BY as REQUEST_FOUND_BY
from kakehashi.web import offers
from kakehashi.web.offers import Finder, Hit
from kakehashi.web.rows import named

offers.finds(
    Finder(
        title=_("Requests"),
        rows=lambda person, words: matching(requests_for(person), words, *REQUEST_FOUND_BY),
        hit=lambda row: Hit(
            label=f"{row.number} {row.organisation}",
            note=row.state_name,
            url=reverse("placement:request", args=[row.pk]),
        ),
        whole="placement:requests",
        reads=("number", "state", *named("organisation")),
        may=lambda person: holds(person, Role.ORGANISATION, Role.HOST, *DESK),
    )
)
offers.finds(
    Finder(
        title=_("Placements"),
        rows=lambda person, words: matching(
            placements_that_stand(person), words, *PLACEMENT_FOUND_BY
        ),
        hit=lambda row: Hit(
            label=f"{row.application.name}, {row.request.organisation}",
            note=row.state_name,
            url=reverse("placement:placement", args=[row.pk]),
        ),
        whole="placement:placements",
        reads=(
            *("state", "application__given_name", "application__family_name"),
            *named("request__organisation"),
        ),
        may=lambda person: holds(person, *TOLD_OF_PLACEMENTS, Role.CLAIR_PLACEMENT),
    )
)
