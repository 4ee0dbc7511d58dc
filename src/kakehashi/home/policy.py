"""Who may know of letters, batches, the trail, jobs and uploads."""

from typing import Any

from django.db.models import Q

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, stands_as
from kakehashi.directory.rules import Role
from kakehashi.kernel.models import Batch, BatchState, JobRun, Post, Trace, Upload
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight
from kakehashi.kernel.trail import FOR, subject_of
from kakehashi.kernel.words import _

SENDERS = (
    Role.MISSION,
    Role.MOFA,
    Role.CLAIR_PLACEMENT,
    Role.HOST,
    Role.ORGANISATION,
)
"""Those whose deeds write letters by the batch: papers, results, requests, placements."""


@sight(Post)
def letters_visible_to(person: Person) -> Q:
    """Say which letters one may read here: those to oneself that can no longer be taken back."""
    leaving = Q(batch=None) | Q(batch__state__in=(BatchState.SENDING, BatchState.SENT))
    return leaving & Q(to=person, released_at__isnull=False, cancelled_at=None)


@sight(Batch)
def batches_visible_to(person: Person) -> Q:
    """Say which batches one may know of: those one drafted or released; an auditor, all.

    Whoever has left the desk that sends letters knows of none of them any more.
    """
    if holds(person, Role.AUDITOR):
        return EVERYTHING
    mine = Q(drafted_by=stands_as(person)) | Q(released_by=stands_as(person))
    mine |= Q(drafted_by=person) | Q(released_by=person)
    return mine if holds(person, *SENDERS) else NOTHING


@sight(Trace)
def trail_visible_to(person: Person) -> Q:
    """Say which lines of the trail one may read; an auditor, all.

    One's own deeds, those done in another's name, and those that others did in one's own.
    """
    if holds(person, Role.AUDITOR):
        return EVERYTHING
    me = subject_of(person)
    return Q(by=me) | Q(by__startswith=f"{me}{FOR}") | Q(by__endswith=f"{FOR}{me}")


@sight(JobRun)
def jobs_visible_to(person: Person) -> Q:
    """Say which jobs one may know of: those one asked for; an operator, all."""
    return EVERYTHING if holds(person, Role.OPERATOR) else Q(by=person)


@sight(Upload)
def uploads_visible_to(person: Person) -> Q:
    """Say which tables one may confirm or undo: those one sent."""
    return Q(by=person)


@rule(_("you are an auditor"))
def is_auditor(person: Person, _thing: object) -> bool:
    """Answer for those who check the trail."""
    return holds(person, Role.AUDITOR)


@rule(_("you are an operator"))
def is_operator(person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- any run, or none
    """Answer for those who keep the machine running."""
    return holds(person, Role.OPERATOR)


@rule(_("you asked for it"))
def asked_for_it(person: Person, run: Any) -> bool:  # noqa: ANN401 -- any run
    """Answer for whoever started a job."""
    return bool(run.by_id == person.pk)


@rule(_("you drafted or released it"))
def sends_it(person: Person, batch: Any) -> bool:  # noqa: ANN401 -- a batch or none
    """Answer for those whose letters they are, as long as they sit at a desk that sends."""
    mine = batch is not None and person.pk in (batch.drafted_by_id, batch.released_by_id)
    return mine and holds(person, *SENDERS)


@rule(_("you drafted or released it, or are an operator and it is of no batch"))
def looks_after_it(person: Person, letter: Post) -> bool:
    """Answer for those who are told when a letter does not arrive."""
    if letter.batch_id is None:
        return holds(person, Role.OPERATOR)
    return sends_it.holds(person, letter.batch)


policy = Policy[Person, object](
    read_trail=is_auditor,
    see_jobs=is_operator,
    see_anchors=is_operator | is_auditor,
)
runs = Policy[Person, Any](
    run_again=is_operator,
    stop=asked_for_it | is_operator,
)
batches = Policy[Person, Any](
    send_now=sends_it,
    print_letters=sends_it,
)
posts = Policy[Person, Post](
    try_again=looks_after_it,
    note_returned=looks_after_it,
)
