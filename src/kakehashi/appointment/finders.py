"""What the search in the masthead finds of appointments."""

from django.urls import reverse

from kakehashi.appointment.policy import policy
from kakehashi.appointment.queries import appointments_for, matching
from kakehashi.directory.models import Person
from kakehashi.kernel.words import _
from kakehashi.web import offers
from kakehashi.web.offers import Finder, Hit
from kakehashi.web.rows import named, within

offers.finds(
    Finder(
        title=_("Appointments"),
        rows=lambda person, words: matching(appointments_for(person), words).order_by("-pk"),
        hit=lambda row: Hit(
            label=f"{row.person}, {row.organisation}",
            note=row.state_name,
            url=reverse("appointment:appointment", args=[row.pk]),
        ),
        whole="appointment:appointments",
        reads=("state", *within("person", *Person.NAMED_BY), *named("organisation")),
        may=lambda person: policy.allows(person, "see_list", None),
    )
)
