"""A small year before placement: organisations with requests, people who have been told."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from kakehashi.councils.tests.factories import resolution
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.tests import factories as intake
from kakehashi.kernel import jobs
from kakehashi.kernel.outbox import waiting
from kakehashi.placement import actions
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.recruitment.actions import complete_many, import_applications
from kakehashi.recruitment.models import Application
from kakehashi.selection import actions as selection
from kakehashi.selection.models import Result
from kakehashi.selection.queries import round_of

PACK = Path(__file__).parents[4] / "programmes" / "jet"
_numbers = count(1)


def clair() -> Person:
    """Make a placement officer of CLAIR."""
    return make.officer(Role.CLAIR_PLACEMENT)


def weights() -> None:
    """Load the weights of the programme pack."""
    actions.load_weights(PACK, by="system:test", at=make.NOON)


def organisation(code: str = "", host: str = "pref-31", **facts: Any) -> Office:  # noqa: ANN401 -- facts of any model
    """Give a contracting organisation under a host body, in a town of its prefecture."""
    prefecture = host[-2:]
    facts.setdefault("municipality", make.municipality(f"{prefecture}201"))
    parent = make.host(host)
    return make.office(code=code or f"co-{next(_numbers)}", parent=parent, **facts)


def officer_of(office: Office, **facts: Any) -> Person:  # noqa: ANN401 -- facts of any model
    """Make an officer of an organisation."""
    return make.officer(Role.ORGANISATION, office, **facts)


def host_officer(office: Office, **facts: Any) -> Person:  # noqa: ANN401 -- facts of any model
    """Make an officer of the host body above an organisation."""
    return make.officer(Role.HOST, office.parent, **facts)


def draft(office: Office | None = None, by: Person | None = None, **facts: Any) -> Request:  # noqa: ANN401 -- facts of any model
    """Draft a request of an organisation."""
    office = office or organisation()
    year = intake.year()
    whole: dict[str, Any] = {
        "position": intake.position("ALT"),
        "wave": intake.wave("a", year),
        "seats": 1,
        "workplace": "Hoshikawa Junior High School",
    } | facts
    by = by or officer_of(office)
    return actions.draft_request(organisation=office, year=year, by=by, at=make.NOON, **whole)


def accepted(office: Office | None = None, by: Person | None = None, **facts: Any) -> Request:  # noqa: ANN401 -- facts of any model
    """Bring a request all the way: drafted, filed, checked, accepted."""
    office = office or organisation()
    by = by or officer_of(office)
    request = draft(office, by, **facts)
    actions.file(request, by=by, at=make.NOON)
    actions.check(request, by=host_officer(office), at=make.NOON)
    actions.accept(request, by=clair(), at=make.NOON)
    return request


def people(*rows: dict[str, Any]) -> list[Application]:
    """Bring applications of Ireland from the form to a told, shortlisted result."""
    year, mission = intake.year(), make.mission("dublin")
    officer, mofa = make.officer(Role.MISSION, mission), make.officer(Role.MOFA)
    whole = [_row(row, mission) for row in rows]
    import_applications(whole, by=mofa, at=make.NOON)
    emails = [row["email"] for row in whole]
    found = Application.objects.filter(person__email__in=emails).order_by("pk")
    applications = list(found.select_related("year", "mission", "person"))
    complete_many(applications, by=officer, at=make.NOON)
    applications = list(found.select_related("year", "mission", "person"))
    outcomes = [
        {
            "application": one,
            "outcome": row.get("outcome", "shortlisted"),
            "rank": row.get("rank"),
        }
        for one, row in zip(applications, rows, strict=True)
    ]
    selection.import_results(outcomes, by=mofa, at=make.NOON)
    round_ = round_of(year, mission)
    assert round_ is not None
    batch = selection.draft_results(round_, by=mofa, at=make.NOON)
    resolution(round_.key, number=f"results-{next(_numbers)}")
    selection.release(round_, count=waiting(batch), by=mofa, at=make.NOON)
    return applications


def _row(row: dict[str, Any], mission: Office) -> dict[str, Any]:
    number = next(_numbers)
    facts = {name: value for name, value in row.items() if name not in {"outcome", "rank"}}
    return {
        "email": f"candidate{number}@demo.invalid",
        "family_name": f"Byrne{number}",
        "given_name": "Aoife",
        "nationality": make.country("IE"),
        "mission": mission,
        "position": intake.position("ALT"),
        "year": intake.year(),
    } | facts


def withdraw(application: Application) -> None:
    """Let somebody decline after having been told."""
    result = Result.objects.select_related("application__person", "application__year").get(
        application=application
    )
    selection.decline(result, by=application.person, at=make.NOON)


def solved(by: Person | None = None, **facts: Any) -> Run:  # noqa: ANN401 -- facts of any model
    """Start a run and let the worker solve it."""
    weights()
    run = actions.start_run(
        intake.year(), by=by or clair(), at=make.NOON, **{"seed": "test"} | facts
    )
    jobs.drain()
    run.refresh_from_db()
    return run


def resolved(run: Run) -> None:
    """Let the placement committee resolve on a run."""
    resolution(run.key, number=f"run-{run.pk}")


def released(run: Run, by: Person | None = None) -> list[Placement]:
    """Tell everybody of a run."""
    by = by or clair()
    resolved(run)
    batch = actions.draft_notices(run, by=by, at=make.NOON)
    actions.release_run(run, count=waiting(batch), by=by, at=make.NOON)
    return told(run)


def told(run: Run) -> list[Placement]:
    """Read a run's placements afresh."""
    related = (
        "application__person",
        "application__country",
        "person",
        "run",
        "request__organisation__parent",
        "request__wave",
        "request__year",
        "request__position",
    )
    return list(Placement.objects.filter(run=run).select_related(*related).order_by("pk"))


def one_told(**facts: Any) -> Placement:  # noqa: ANN401 -- facts of any model
    """Give a small year with one person told of one place."""
    accepted(**facts)
    people({})
    (placement,) = released(solved())
    return placement


def sent(rows: Sequence[Request]) -> dict[str, list[str]]:
    """Write rows as a list page's form sends them."""
    return {"row": [str(row.pk) for row in rows]}
