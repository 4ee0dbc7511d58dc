"""Every address of the system, and what can stand in the place of its parameters."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from kakehashi.accounts.models import Device, FactorReset, Invitation, KeptText
from kakehashi.appointment.models import Appointment
from kakehashi.approvals.models import Approval, Route
from kakehashi.arrival.models import Arrival
from kakehashi.correspondence.models import Attachment, Entry
from kakehashi.councils.models import Resolution
from kakehashi.demo.rules import CAST
from kakehashi.deputies.models import Deputy
from kakehashi.directory.models import (
    ContactPoint,
    Office,
    Person,
    Reorganisation,
    Seat,
    SisterTie,
    Supervision,
)
from kakehashi.intake.models import (
    DayOff,
    Deadline,
    DocumentRequirement,
    PayRate,
    Plan,
    ProgrammeYear,
)
from kakehashi.kernel.imports import EXPORTS, IMPORTS
from kakehashi.kernel.models import Batch, JobRun, Post, Upload
from kakehashi.kernel.words import LANGUAGES
from kakehashi.placement.models import Placement, Request, Run, StepTime, Weight
from kakehashi.placement.writing import KINDS
from kakehashi.privacy.models import Correction, DataCopy
from kakehashi.recruitment.forms import SECTION_FORMS
from kakehashi.recruitment.models import Application
from kakehashi.selection.models import Result, Round, Screening
from kakehashi.statistics.models import Census
from kakehashi.statistics.views import MAKERS
from kakehashi.web.models import SavedView

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>")
NOWHERE = {"int": 987654321}  # any other kind of parameter: a word nobody uses
NO_WORD = "no-such-thing"


@dataclass(frozen=True)
class Address:
    """One line of the URL list: its name, its route, and the parameters in it by kind."""

    name: str
    route: str
    parameters: Mapping[str, str]

    @property
    def place(self) -> str:
        """Give the route up to and with its last parameter."""
        ends = [found.end() for found in PARAMETER.finditer(self.route)]
        return self.route[: ends[-1]] if ends else ""

    @property
    def is_page(self) -> bool:
        """Say whether it is a thing's own page, and not one of its moves or files."""
        return self.route == f"{self.place}/" and len(self.parameters) == 1

    def path(self, values: Mapping[str, object]) -> str:
        """Write the address with these values."""
        return "/" + PARAMETER.sub(lambda found: str(values[found[2]]), self.route)

    @property
    def nowhere(self) -> str:
        """Write the address of a thing that does not exist."""
        unknown = {name: NOWHERE.get(kind, NO_WORD) for name, kind in self.parameters.items()}
        return self.path(unknown)


def addresses() -> list[Address]:
    """Read the URL list, but for allauth's own patterns, which are tested with the accounts."""
    found = [
        one for one in _lines(get_resolver()) if not one.name.startswith(("account_", "mfa_"))
    ]
    assert len({one.name for one in found}) == len(found)
    return found


def _lines(resolver: URLResolver, route: str = "", spaces: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            kinds = {found[2]: found[1] or "str" for found in PARAMETER.finditer(here)}
            yield Address(f"{spaces}{pattern.name}", here, kinds)
        else:
            deeper = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _lines(pattern, here, deeper)


@dataclass(frozen=True)
class Of:
    """The things an address is about.

    `values` turns a thing into parameters; `words` are closed lists of further ones.  Whoever is
    not told 404 must be able to see the thing, or that which `gate` makes of it.
    """

    model: type[Model]
    values: Callable[[Any], Mapping[str, object]] = lambda thing: {"pk": thing.pk}
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gate: Callable[[Any], Model | None] | None = lambda thing: thing


def _round_of(letter: Post) -> Round | None:
    return Round.objects.filter(batch=letter.batch_id).first()


def _run_of(letter: Post) -> Run | None:
    return Run.objects.filter(batch=letter.batch_id).first()


def _with(
    parent: Callable[[Any], Model | None], name: str
) -> Callable[[Any], dict[str, object]]:
    """Put a thing's number beside that of what it belongs to (0 where it belongs to nothing)."""

    def values(thing: Model) -> dict[str, object]:
        above = parent(thing)
        return {"pk": above.pk if above else 0, name: thing.pk}

    return values


def _paper(paper: DocumentRequirement) -> dict[str, object]:
    application = Application.objects.filter(country=paper.country_id).first()
    return {"pk": application.pk if application else 0, "paper": paper.pk}


def _in_run(placement: Placement) -> dict[str, object]:
    return {"pk": placement.run_id, "application_pk": placement.application_id}


THINGS: dict[str, Of | Sequence[str]] = {
    "views/<int:pk>": Of(SavedView),
    "directory/offices/<int:pk>": Of(Office),
    "directory/contacts/<int:pk>": Of(ContactPoint),
    "directory/ties/<int:pk>": Of(SisterTie),
    "directory/supervisions/<int:pk>": Of(Supervision),
    "directory/reorganisations/<int:pk>": Of(Reorganisation),
    "directory/seats/<int:pk>": Of(Seat),
    "directory/people/<int:pk>": Of(Person),
    "correspondence/<int:pk>": Of(Entry),
    "correspondence/attachments/<int:pk>": Of(Attachment),
    "approvals/<int:pk>": Of(Approval),
    "approvals/routes/<int:pk>": Of(Route),
    "approvals/offices/<int:pk>": Of(Office),
    "privacy/copies/<int:pk>": Of(DataCopy, gate=None),
    "privacy/corrections/<int:pk>": Of(Correction),
    "privacy/held/<slug:holding>/<int:pk>/<slug:field>": Of(
        Person,
        gate=None,
        values=lambda one: {"holding": "person", "pk": one.pk, "field": "family_name"},
    ),
    "deputies/<int:pk>": Of(Deputy),
    "deputies/seats/<int:pk>": Of(Seat, gate=None),
    "accounts/devices/<int:pk>": Of(Device, gate=None),
    "accounts/kept/<int:pk>": Of(KeptText),
    "accounts/resets/<int:pk>": Of(FactorReset),
    "accounts/invitations/at/<int:pk>": Of(Office),
    "accounts/invitations/<int:pk>": Of(Invitation),
    "accounts/welcome/<str:token>": ["an-old-link"],
    "accounts/leaving/<int:pk>": Of(Seat),
    "councils/resolutions/<int:pk>": Of(Resolution),
    "intake/years/<int:pk>": Of(ProgrammeYear),
    "intake/deadlines/<int:pk>": Of(Deadline),
    "intake/plans/<int:pk>": Of(Plan),
    "intake/pay/<int:pk>": Of(PayRate),
    "intake/days_off/<int:pk>": Of(DayOff),
    "intake/calendars/<slug:whose>": Of(Office, values=lambda office: {"whose": office.pk}),
    "recruitment/application/<int:pk>": Of(Application),
    "recruitment/application/<int:pk>/form/<slug:name>": Of(
        Application, words={"name": list(SECTION_FORMS)}
    ),
    "recruitment/application/<int:pk>/paper/<int:paper>": Of(
        DocumentRequirement, values=_paper, gate=None
    ),
    "recruitment/reference/<str:token>": ["an-old-link"],
    "selection/reading/<int:pk>": Of(Screening),
    "selection/interviews/<int:pk>": Of(Application, gate=None),
    "selection/rounds/<int:pk>": Of(Round),
    "selection/rounds/<int:pk>/letters/<int:letter>": Of(
        Post, values=_with(_round_of, "letter"), gate=_round_of
    ),
    "selection/results/<int:pk>": Of(Result),
    "placement/requests/<int:pk>": Of(Request),
    "placement/step_times/<int:pk>": Of(StepTime),
    "placement/weights/<int:pk>": Of(Weight),
    "placement/years/<int:year>": Of(ProgrammeYear, values=lambda one: {"year": one.year}),
    "placement/runs/<int:pk>": Of(Run),
    "placement/runs/<int:pk>/people/<int:application_pk>": Of(
        Placement, values=_in_run, gate=lambda one: one.run
    ),
    "placement/runs/<int:pk>/requests/<int:request_pk>": Of(
        Placement,
        values=lambda one: {"pk": one.run_id, "request_pk": one.request_id},
        gate=lambda one: one.run,
    ),
    "placement/runs/<int:pk>/notices/<int:post>": Of(
        Post, values=_with(_run_of, "post"), gate=_run_of
    ),
    "placement/placements/<int:pk>": Of(Placement),
    "placement/runs/<int:pk>/committee/<str:language>": Of(Run, words={"language": LANGUAGES}),
    "placement/placements/<int:pk>/notices/<str:kind>/<str:language>": Of(
        Placement, words={"kind": list(KINDS), "language": LANGUAGES}
    ),
    "arrival/<int:pk>": Of(Arrival),
    "appointment/<int:pk>": Of(Appointment),
    "appointment/<int:pk>/notice.<str:language>": Of(
        Appointment, words={"language": LANGUAGES}
    ),
    "appointment/organisations/<int:pk>": Of(Office, gate=None),
    "appointment/organisations/<int:pk>/supervisors/<int:seat>": Of(
        Seat, values=_with(lambda one: one.office, "seat"), gate=lambda one: one.office
    ),
    "statistics/<int:pk>": Of(Census),
    "statistics/<int:pk>/<slug:name>": Of(Census, words={"name": list(MAKERS)}),
    "demo/as/<slug:slug>": [part.slug for part in CAST],
    "letters/<int:pk>": Of(Post),
    "calendar/<str:secret>": ["1-an-old-secret"],
    "outbox/<int:pk>": Of(Batch),
    "outbox/letters/<int:pk>": Of(Post, gate=lambda letter: letter.batch),
    "tables/<slug:kind>": sorted({*IMPORTS, *EXPORTS}),
    "tables/sent/<int:pk>": Of(Upload),
    "jobs/<int:pk>": Of(JobRun),
}
"""What stands in the place of each address's parameters: things, or a closed list of words."""
