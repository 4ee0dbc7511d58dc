"""The list of applications: which columns and filters it has, and what can be done to many."""

from django.urls import reverse

from kakehashi.directory.models import Person
from kakehashi.intake.queries import positions_by_code
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment import queries
from kakehashi.recruitment.lifecycle import APPLICATION, REFERENCE, ReferenceState, State
from kakehashi.recruitment.policy import desks
from kakehashi.recruitment.views.drawing import TONES
from kakehashi.web.listing import Batch, Column, Filter, Listing
from kakehashi.web.rows import Rows, named, page_of

SILENT = "silent"
COLUMNS = (
    Column(
        name="number",
        label=_("Number"),
        value=lambda row: row.number,
        sort=("number",),
        link=page_of("recruitment:application"),
        head=True,
    ),
    Column(
        name="name",
        label=_("Name"),
        value=lambda row: row.name,
        sort=("family_name", "given_name"),
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.position.code,
        sort=("position__code",),
    ),
    Column(
        name="mission",
        label=_("Embassy or consulate"),
        value=lambda row: row.mission,
        sort=("mission__code",),
    ),
    Column(
        name="submitted",
        label=_("Handed in"),
        value=lambda row: row.submitted_at,
        sort=("submitted_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: TONES[row.state],
    ),
)

READS = (
    *("number", "family_name", "given_name", "submitted_at", "state", "position__code"),
    *named("mission"),
)


def _positions() -> list[tuple[str, Words]]:
    return [(code, str(one)) for code, one in positions_by_code().items()]


def _states() -> list[tuple[str, Words]]:
    return [(state, name) for state, name in APPLICATION.names.items() if state != State.DRAFT]


FILTERS = (
    Filter(name="q", label=_("Name, number or e-mail"), apply=queries.search),
    Filter(
        name="state",
        label=_("State"),
        apply=lambda rows, value: rows.filter(state=value),
        choices=_states,
    ),
    Filter(
        name="position",
        label=_("Position"),
        apply=lambda rows, value: rows.filter(position__code=value),
        choices=_positions,
    ),
)


def _years() -> list[tuple[str, Words]]:
    return [(number, number) for number in queries.years_by_number()]


YEAR = Filter(
    name="year",
    label=_("Programme year"),
    apply=lambda rows, value: rows.filter(year__year=int(value)),
    choices=_years,
)


def application_listing(person: Person) -> Listing:
    """List the applications of a person's desk; a mission can find many complete at once."""
    batch = (
        Batch(
            name="complete",
            label=_("Papers are complete"),
            url=reverse("recruitment:complete_many"),
            primary=True,
        ),
        Batch(
            name="find_incomplete",
            label=_("Papers are missing"),
            url=reverse("recruitment:find_incomplete_many"),
        ),
    )
    return Listing(
        columns=COLUMNS,
        rows=queries.desk_applications(person),
        order=("-year__year", "number"),
        caption=_("Applications"),
        empty=_("Nobody has handed in an application yet."),
        filters=(*FILTERS, YEAR),
        batch=batch if desks.allows(person, "key_paper", None) else (),
        reads=READS,
    )


REFERENCE_COLUMNS = (
    Column(
        name="name", label=_("Referee"), value=lambda row: row.name, sort=("name",), head=True
    ),
    Column(
        name="relation", label=_("How they know the applicant"), value=lambda row: row.relation
    ),
    Column(
        name="application",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=page_of("recruitment:application", "application_id"),
    ),
    Column(
        name="applicant",
        label=_("Applicant"),
        value=lambda row: row.application.name,
        sort=("application__family_name", "application__given_name"),
    ),
    Column(
        name="asked",
        label=_("Asked on"),
        value=lambda row: row.asked_at,
        sort=("asked_at",),
        kind="moment",
    ),
    Column(
        name="received",
        label=_("Received"),
        value=lambda row: row.received_at,
        sort=("received_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: "ok" if row.state == ReferenceState.RECEIVED else "warn",
    ),
)


def _reference_state(rows: Rows, value: str) -> Rows:
    """Narrow references to a state, or to those without which papers are not complete."""
    if value != SILENT:
        return rows.filter(state=value)
    waiting = (State.DRAFT, State.SUBMITTED, State.INCOMPLETE)
    return rows.filter(state=ReferenceState.ASKED, application__state__in=waiting)


def reference_listing(person: Person) -> Listing:
    """List the referees of a desk's applications: who has written, and who is silent since when."""
    return Listing(
        columns=REFERENCE_COLUMNS,
        rows=queries.desk_references(person),
        order=("asked_at",),
        caption=_("References"),
        empty=_("Nobody has been asked for a reference yet."),
        filters=(
            Filter(
                name="q",
                label=_("Referee, applicant or number"),
                apply=queries.search_references,
            ),
            Filter(
                name="state",
                label=_("State"),
                apply=_reference_state,
                choices=lambda: [(SILENT, _("Still waited for")), *REFERENCE.names.items()],
            ),
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, value: rows.filter(application__year__year=int(value)),
                choices=_years,
            ),
        ),
    )
