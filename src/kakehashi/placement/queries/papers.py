"""A run as the office that releases it approves it: the plan and every notice, word for word."""

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.approvals.queries import Paper, paper
from kakehashi.approvals.rules import digest
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped
from kakehashi.placement.models import Run
from kakehashi.placement.queries.lists import proposed_in, runs_for
from kakehashi.placement.queries.review import letters_of


@unscoped("what is approved is all that would leave")
def digest_of(run: Run) -> str:
    """Name the placements and notices of a run by all that they say."""
    rows = Run.objects.filter(pk=run.pk).values_list("number", "market_sha256", "plan")
    places = [(one.application_id, one.request_id) for one in proposed_in(run)]
    letters = letters_of(run).order_by("to_id", "pk")
    words = [*letters.values_list("to_id", "language", "subject", "body")]
    return digest([*rows], sorted(places), words)


@paper("placement.run")
def paper_of_run(person: Person, pk: int) -> Paper | None:
    """Lay a run on paper for who may know of it."""
    found = runs_for(person).filter(pk=pk).first()
    if found is None:
        return None

    def label() -> str:
        facts = {"number": found.number, "year": found.year.year}
        return gettext("Placement run %(number)s of %(year)s, with its notices") % facts

    url = reverse("placement:run", args=[pk])
    return Paper(label=label, url=url, digest=digest_of(found))
