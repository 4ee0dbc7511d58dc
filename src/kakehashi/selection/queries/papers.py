"""A round's results as the office that releases them approves them: every letter, word for word."""

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.approvals.queries import Paper, paper
from kakehashi.approvals.rules import digest
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped
from kakehashi.selection.models import Round
from kakehashi.selection.queries.rounds import letters_of, live_results, rounds_for


@unscoped("what is approved is all that would leave")
def digest_of(round_: Round) -> str:
    """Name the results and letters of a round by all that they say."""
    results = [(one.application_id, one.outcome, one.rank) for one in live_results(round_)]
    letters = letters_of(round_).order_by("to_id", "pk")
    return digest(results, [*letters.values_list("to_id", "language", "subject", "body")])


@paper("selection.round")
def paper_of_round(person: Person, pk: int) -> Paper | None:
    """Lay a round's results on paper for who may know of it."""
    found = rounds_for(person).filter(pk=pk).first()
    if found is None:
        return None

    def label() -> str:
        facts = {"year": found.year.year, "mission": found.mission}
        return gettext("Results %(year)s, %(mission)s") % facts

    url = reverse("selection:round", args=[pk])
    return Paper(label=label, url=url, digest=digest_of(found))
