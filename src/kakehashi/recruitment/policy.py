"""Who may know of an application and its references, and who may move them.

The person concerned reads and writes their own; of references they learn only that one was asked
for and whether it has come.  The mission works on what was handed in to it.  Readers and
interviewers have no sight here: what they are shown is for `selection` to say.
"""

from django.db.models import Q

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import sight, unscoped
from kakehashi.kernel.words import _
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application, PaperCheck, Reference

HANDED_IN = Q(submitted_at__isnull=False)
KEYED = Q(keyed_by__isnull=False)
DESK_ROLES = (Role.MISSION, Role.MOFA, Role.CLAIR_PLACEMENT)


def _at_a_desk(person: Person) -> Q:
    """Say which applications officers may know of: never their own, never a draft of others."""
    theirs = Q(mission__in=offices_of(person, Role.MISSION)) & (HANDED_IN | KEYED)
    if holds(person, Role.MOFA, Role.CLAIR_PLACEMENT):
        theirs |= HANDED_IN
    return theirs & ~Q(person=person)


@sight(Application, about="person")
def visible_to(person: Person) -> Q:
    """Say which applications this person may know of.

    One's own; a mission those handed in to it or keyed by it; MOFA's desk and CLAIR's placement
    office those that were handed in.  Officers never their own from the desk's side.
    """
    return Q(person=person) | _at_a_desk(person)


@unscoped("part of what the sights of papers and references say")
def _applications(found: Q) -> object:
    return Application.objects.filter(found).values("pk")


@sight(PaperCheck, about="application__person")
def papers_visible_to(person: Person) -> Q:
    """Say which ticks one may know of: those of the applications one may know of."""
    return Q(application__in=_applications(visible_to(person)))


@sight(Reference, about="application__person")
def references_visible_to(person: Person) -> Q:
    """Say whose references one may read: the mission and MOFA, of what was handed in.

    The applicant is not among them; `queries.references_asked` tells them the state alone.
    """
    readers = Q(mission__in=offices_of(person, Role.MISSION)) & (HANDED_IN | KEYED)
    if holds(person, Role.MOFA):
        readers |= HANDED_IN
    return Q(application__in=_applications(readers & ~Q(person=person)))


@rule(_("it is your own application"))
def is_own(person: Person, application: Application) -> bool:
    """Answer for the applicant."""
    return application.person_id == person.pk


@rule(_("you coordinate for the embassy or consulate it goes through"))
def is_its_mission(person: Person, application: Application) -> bool:
    """Answer for the mission's coordinators; nobody works on their own application."""
    theirs = application.mission_id in offices_of(person, Role.MISSION)
    return theirs and application.person_id != person.pk


@rule(_("it came on paper"))
def came_on_paper(_person: Person, application: Application) -> bool:
    """Answer for applications an officer types."""
    return application.keyed_by_id is not None


@rule(_("it is still being written"))
def is_a_draft(_person: Person, application: Application) -> bool:
    """Answer for what has not been handed in."""
    return application.state == State.DRAFT


@rule(_("it has been handed in and not withdrawn"))
def is_handed_in(_person: Person, application: Application) -> bool:
    """Answer for what the mission works on."""
    return application.state in {State.SUBMITTED, State.INCOMPLETE, State.COMPLETE}


@rule(_("it has not been withdrawn"))
def is_live(_person: Person, application: Application) -> bool:
    """Answer for everything that has not been withdrawn."""
    return application.state != State.WITHDRAWN


@rule(
    _("you coordinate for an embassy or consulate, or work at MOFA's desk or CLAIR's placement")
)
def works_with_applications(person: Person, _application: Application | None) -> bool:
    """Answer for the lists of applications."""
    return holds(person, *DESK_ROLES)


@rule(_("you coordinate for an embassy or consulate, or work at MOFA's desk"))
def brings_applications(person: Person, _application: Application | None) -> bool:
    """Answer for those who import tables of applications."""
    return holds(person, Role.MISSION, Role.MOFA)


@rule(_("you coordinate for an embassy or consulate"))
def keys_papers(person: Person, _application: Application | None) -> bool:
    """Answer for those who type applications that came on paper."""
    return holds(person, Role.MISSION)


@rule(_("you open the link that was sent to you by e-mail"))
def holds_the_link(_person: Person, _application: Application | None) -> bool:
    """Refuse everybody who is signed in; a reference is written through its link alone."""
    return False


writes = is_own | (is_its_mission & came_on_paper)

policy = Policy[Person, Application](
    begin=is_own | is_its_mission,
    save_draft=writes & is_a_draft,
    submit=writes & is_a_draft,
    ask_reference=writes & is_live,
    withdraw=writes,
    complete=is_its_mission,
    find_incomplete=is_its_mission,
    check_paper=is_its_mission & is_handed_in,
    uncheck_paper=is_its_mission & is_handed_in,
)
desks = Policy[Person, Application | None](
    list_applications=works_with_applications,
    import_applications=brings_applications,
    export_applications=works_with_applications,
    list_references=brings_applications,
    key_paper=keys_papers,
)
references = Policy[Person, Application | None](write_reference=holds_the_link)
