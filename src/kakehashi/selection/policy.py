"""Who may know of screenings, interviews, rounds and results, and who may move them.

The person a score is about never sees it, whatever seat they hold: an officer who applies is an
applicant here.
"""

from django.db.models import Q

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, offices_of, stands_as
from kakehashi.directory.rules import Role
from kakehashi.kernel.outbox import held
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import sight, unscoped
from kakehashi.kernel.words import _
from kakehashi.recruitment.models import Application
from kakehashi.selection.lifecycle import ResultState, RoundState
from kakehashi.selection.models import InterviewScore, Result, Round, Screening
from kakehashi.selection.rules import Outcome

IN_CHARGE = (Role.MISSION, Role.MOFA)
COUNCIL = (Role.MIC, Role.MEXT, Role.CLAIR_PLACEMENT)  # with MOFA, the joint council


def _of_their_missions(person: Person, mission: str) -> Q:
    """Say what belongs to the missions this person coordinates for; to MOFA's desk, everything."""
    if holds(person, Role.MOFA):
        return Q(**{f"{mission}__isnull": False})
    return Q(**{f"{mission}__in": offices_of(person, Role.MISSION)})


@sight(Screening, about="application__person")
def screenings_visible_to(person: Person) -> Q:
    """Say which screenings one may know of: one's own queue; a mission's of its applicants."""
    at = offices_of(person, Role.READER)
    own = Q(reader=stands_as(person), application__mission__in=at)
    theirs = _of_their_missions(person, "application__mission")
    return (own | theirs) & ~Q(application__person=person)


@unscoped("part of what the sight of score sheets says")
def _with_a_sheet_of(person: Person) -> object:
    return InterviewScore.objects.filter(interviewer=person).values("application")


@sight(InterviewScore, about="application__person")
def sheets_visible_to(person: Person) -> Q:
    """Say which score sheets one may know of: one's own, and the others' once one's own is in."""
    at = offices_of(person, Role.INTERVIEWER)
    panel = Q(application__mission__in=at, application__in=_with_a_sheet_of(person))
    theirs = _of_their_missions(person, "application__mission")
    return (panel | theirs) & ~Q(application__person=person)


@sight(Round)
def rounds_visible_to(person: Person) -> Q:
    """Say which rounds one may know of: a mission its own; the council what is proposed to it."""
    found = _of_their_missions(person, "mission")
    if holds(person, *COUNCIL):
        found |= Q(state__in=(RoundState.DECIDED, RoundState.RELEASED))
    return found


@sight(Result, about="application__person")
def results_visible_to(person: Person) -> Q:
    """Say which results one may know of: one's own when told; CLAIR those that are released."""
    told = ~Q(state=ResultState.PROPOSED) & ~held("round__batch")
    own = Q(application__person=person) & told
    theirs = _of_their_missions(person, "round__mission")
    if holds(person, Role.CLAIR_PLACEMENT):
        theirs |= Q(round__state=RoundState.RELEASED)
    return own | (theirs & ~Q(application__person=person))


@rule(_("it was given to you to read"))
def is_its_reader(person: Person, screening: Screening) -> bool:
    """Answer for the reader; a closed seat ends the right to read."""
    at = offices_of(person, Role.READER)
    application = screening.application
    mine = screening.reader_id == stands_as(person) and application.person_id != person.pk
    return mine and application.mission_id in at


@rule(_("you interview for its embassy or consulate"))
def is_its_interviewer(person: Person, application: Application) -> bool:
    """Answer for the panel; nobody interviews themselves."""
    there = application.mission_id in offices_of(person, Role.INTERVIEWER)
    return there and application.person_id != person.pk


@rule(_("you coordinate for its embassy or consulate, or work at MOFA's desk"))
def has_charge_of(person: Person, application: Application) -> bool:
    """Answer for those who assign readers and type score sheets; never their own."""
    there = application.mission_id in offices_of(person, Role.MISSION)
    return (there or holds(person, Role.MOFA)) and application.person_id != person.pk


@rule(_("you coordinate for its embassy or consulate, or work at MOFA's desk"))
def has_charge_of_round(person: Person, round_: Round) -> bool:
    """Answer for those who propose and release results."""
    return round_.mission_id in offices_of(person, Role.MISSION) or holds(person, Role.MOFA)


@rule(_("it is your own result"))
def is_own(person: Person, result: Result) -> bool:
    """Answer for the person the result is about."""
    return result.application.person_id == person.pk


@rule(_("you coordinate for its embassy or consulate and the reply came on paper"))
def keys_replies(person: Person, result: Result) -> bool:
    """Answer for the mission; nobody replies for themselves from that desk."""
    application = result.application
    there = application.mission_id in offices_of(person, Role.MISSION)
    return there and application.person_id != person.pk


@rule(_("it offers a place, or a place in waiting"))
def offers_something(_person: Person, result: Result) -> bool:
    """Answer for what can be accepted or declined at all."""
    return result.outcome != Outcome.NOT_SELECTED


@rule(_("you read applications"))
def reads(person: Person, _thing: None) -> bool:
    """Answer for readers."""
    return holds(person, Role.READER)


@rule(_("you interview applicants"))
def interviews_people(person: Person, _thing: None) -> bool:
    """Answer for interviewers."""
    return holds(person, Role.INTERVIEWER)


@rule(_("you coordinate for an embassy or consulate, or work at MOFA's desk"))
def works_with_scores(person: Person, _thing: None) -> bool:
    """Answer for those who bring and take tables of scores and results."""
    return holds(person, *IN_CHARGE)


@rule(_("you coordinate for an embassy or consulate, or sit in the joint council"))
def follows_rounds(person: Person, _thing: None) -> bool:
    """Answer for the list of rounds."""
    return holds(person, *IN_CHARGE, *COUNCIL)


@rule(
    _("you coordinate for an embassy or consulate, or work at MOFA's desk or CLAIR's placement")
)
def follows_results(person: Person, _thing: None) -> bool:
    """Answer for the list of results."""
    return holds(person, *IN_CHARGE, Role.CLAIR_PLACEMENT)


def sees_points(person: Person) -> bool:
    """Say whether this person is shown points beside the results they may know of.

    CLAIR places by outcome and rank; points stay with those who selected.
    """
    return holds(person, *IN_CHARGE)


def sits_on_the_council(person: Person) -> bool:
    """Say whether this person records what the joint council resolves; its own page asks again."""
    return holds(person, Role.MOFA, *COUNCIL)


screenings = Policy[Person, Screening](
    open_copy=is_its_reader,
    score=is_its_reader,
    declare_conflict=is_its_reader,
)
interviews = Policy[Person, Application](
    assign=has_charge_of,
    record_interview=is_its_interviewer,
    key_interview=has_charge_of,
)
rounds = Policy[Person, Round](
    open_round=has_charge_of_round,
    assign=has_charge_of_round,
    decide=has_charge_of_round,
    reopen=has_charge_of_round,
    draft_results=has_charge_of_round,
    release=has_charge_of_round,
    take_back=has_charge_of_round,
)
results = Policy[Person, Result](
    accept=(is_own | keys_replies) & offers_something,
    decline=(is_own | keys_replies) & offers_something,
)
desks = Policy[Person, None](
    list_reading=reads,
    list_interviews=interviews_people,
    list_rounds=follows_rounds,
    list_results=follows_results,
    list_readings=works_with_scores,
    import_scores=works_with_scores,
    export_scores=works_with_scores,
    import_results=works_with_scores,
    export_results=follows_results,
)
