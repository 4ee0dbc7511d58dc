"""Who may know of requests, rules, runs and placements, and who may move them."""

from typing import Any

from django.db.models import Q

from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import MINISTRY_ROLES, holds, offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.outbox import held
from kakehashi.kernel.policy import NEVER, Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight
from kakehashi.kernel.words import _
from kakehashi.placement.lifecycle import PlacementState, RequestState
from kakehashi.placement.models import (
    Lock,
    NationalityCap,
    Neighbour,
    NodeLimit,
    Placement,
    Rejection,
    Request,
    Run,
    StepTime,
    Weight,
)

DESK = (Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE, Role.AUDITOR)
"""Those before whom a run lies: who computes it, who decides it, who checks it."""


@sight(Request)
def requests_visible_to(person: Person) -> Q:
    """Say which requests one may know of.

    An organisation's officers know their own; its host body what has been filed with it; CLAIR
    what has been filed; the committee and the auditor what a run is made of.
    """
    filed = ~Q(state=RequestState.DRAFT.value)
    if holds(person, Role.CLAIR_PLACEMENT):
        return filed
    own = Q(organisation__in=offices_of(person, Role.ORGANISATION))
    below = filed & Q(organisation__parent__in=offices_of(person, Role.HOST))
    accepted = Q(state=RequestState.ACCEPTED.value)
    judged = accepted if holds(person, Role.PLACEMENT_COMMITTEE, Role.AUDITOR) else NOTHING
    return own | below | judged


@sight(Run)
def runs_visible_to(person: Person) -> Q:
    """Say which runs one may know of: all or none."""
    return EVERYTHING if holds(person, *DESK) else NOTHING


@sight(Rejection, about="application__person")
def rejections_visible_to(person: Person) -> Q:
    """Say who may read what a hard rule kept apart: whoever may know of the run."""
    return runs_visible_to(person)


@sight(Lock, about="application__person")
def locks_visible_to(person: Person) -> Q:
    """Say who may read what was decided by hand, and why: whoever may know of the run."""
    return runs_visible_to(person)


def _rules_visible_to(person: Person) -> Q:
    """Say who may read the rules of a run: whoever may know of runs."""
    return EVERYTHING if holds(person, *DESK) else NOTHING


for _rules in (NodeLimit, NationalityCap, Weight, StepTime, Neighbour):
    sight(_rules)(_rules_visible_to)


def told() -> Q:
    """Say which placements have left CLAIR."""
    return ~Q(state=PlacementState.PROPOSED.value) & ~held("run__batch")


def told_to_candidate() -> Q:
    """Say of which placements the candidate's own letter has left as well."""
    return told() & (Q(notice=None) | ~held("notice"))


@sight(Placement, about="person")
def placements_visible_to(person: Person) -> Q:
    """Say which placements one may know of.

    CLAIR's placement officers know all; everyone else only those that have been told: the
    organisation and its host body, the mission of the application, the ministries, and the
    person concerned when their own letter has left.
    """
    if holds(person, Role.CLAIR_PLACEMENT):
        return EVERYTHING
    if holds(person, *MINISTRY_ROLES):
        return told()
    staff = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR)
    concerned = (
        Q(request__organisation__in=staff)
        | Q(request__organisation__parent__in=offices_of(person, Role.HOST))
        | Q(application__mission__in=offices_of(person, Role.MISSION))
    )
    return (told_to_candidate() & Q(person=person)) | (told() & concerned)


@rule(_("you work at CLAIR's placement desk"))
def is_clair(person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- whatever it is about
    """Answer for the officers who compute and release placements."""
    return holds(person, Role.CLAIR_PLACEMENT)


@rule(_("you are an officer of the contracting organisation"))
def of_the_organisation(person: Person, organisation: Office | None) -> bool:
    """Answer for those who may ask on behalf of an organisation."""
    return organisation is not None and organisation.pk in offices_of(person, Role.ORGANISATION)


@rule(_("it is your organisation's request"))
def own_request(person: Person, request: Request) -> bool:
    """Answer for those who filed it."""
    return request.organisation_id in offices_of(person, Role.ORGANISATION)


@rule(_("you are an officer of its host body"))
def host_of_it(person: Person, request: Request) -> bool:
    """Answer for the prefecture or designated city that gathers the requests."""
    return request.organisation.parent_id in offices_of(person, Role.HOST)


@rule(_("you work at CLAIR's placement desk and the host body has passed it on"))
def clair_after_the_host(person: Person, request: Request) -> bool:
    """Answer for CLAIR, which judges what a host body has checked."""
    return holds(person, Role.CLAIR_PLACEMENT) and request.state == RequestState.CHECKED


@rule(_("you are an officer of the organisation that was told"))
def told_organisation(person: Person, placement: Placement) -> bool:
    """Answer for the employer to be."""
    return placement.request.organisation_id in offices_of(person, Role.ORGANISATION)


@rule(_("CLAIR has not answered an objection to it"))
def not_answered(_person: Person, placement: Placement) -> bool:
    """Answer once: what CLAIR has answered is not objected to again."""
    return not placement.answer


@rule(_("you bring requests for an organisation, a host body or CLAIR"))
def brings_requests(person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- nothing yet
    """Answer for those who may import a table; each row is judged by its organisation."""
    return holds(person, Role.ORGANISATION, Role.HOST, Role.CLAIR_PLACEMENT)


@rule(_("you compute, decide or check placements"))
def sees_runs(person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- nothing yet
    """Answer for those before whom runs and their rules lie."""
    return holds(person, *DESK)


@rule(_("you are an auditor or work at CLAIR's placement desk"))
def opens_the_seal(person: Person, _run: Run) -> bool:
    """Answer for those who may take the sealed market and plan away."""
    return holds(person, Role.AUDITOR, Role.CLAIR_PLACEMENT)


@rule(_("you work where placements are asked for, decided or told"))
def takes_tables_away(person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- nothing yet
    """Answer for exports: each row is still subject to sight."""
    roles = (Role.ORGANISATION, Role.HOST, Role.MISSION, *DESK, *MINISTRY_ROLES)
    return holds(person, *roles)


@rule(NEVER)
def only_the_system(_person: Person, _thing: Any) -> bool:  # noqa: ANN401 -- whatever it is about
    """Answer for moves that only a job or a release makes."""
    return False


policy = Policy[Person, Any](
    # requests
    draft_request=of_the_organisation,
    change_request=own_request,
    file=own_request,
    withdraw=own_request,
    check=host_of_it,
    return_request=host_of_it | clair_after_the_host,
    accept=is_clair,
    decline_request=is_clair,
    import_requests=brings_requests,
    export=takes_tables_away,
    # the rules of a run
    read_rules=sees_runs,
    load_rules=is_clair,
    change_weight=is_clair,
    change_step_time=is_clair,
    set_days_of_mission=is_clair,
    set_limit=is_clair,
    set_cap=is_clair,
    # runs
    start_run=is_clair,
    stop=is_clair,
    solve=only_the_system,
    fail=only_the_system,
    discard=is_clair,
    draft_notices=is_clair,
    release_run=is_clair,
    take_back=is_clair,
    open_sealed=opens_the_seal,
    # what an officer decides by hand
    lock=is_clair,
    pin=is_clair,
    ban=is_clair,
    swap=is_clair,
    lift=is_clair,
    # placements
    see_waiting=is_clair,
    tell=only_the_system,
    untell=only_the_system,
    agree=told_organisation,
    object=told_organisation & not_answered,
    answer=is_clair,
    vacate=is_clair,
    assign=told_organisation,
)


def stands_behind(person: Person, organisation: Office) -> bool:
    """Say whether somebody may bring requests for this very organisation."""
    return (
        organisation.pk in offices_of(person, Role.ORGANISATION)
        or organisation.parent_id in offices_of(person, Role.HOST)
        or holds(person, Role.CLAIR_PLACEMENT)
    )
