"""What can be asked about applications.  Every answer starts from what the asker may know."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import OuterRef, QuerySet, Subquery

from kakehashi.directory.models import Country, Office, Person
from kakehashi.directory.policy import offices_of
from kakehashi.directory.queries import missions_of, places_of
from kakehashi.directory.rules import Role
from kakehashi.intake.models import (
    Deadline,
    DocumentRequirement,
    Position,
    ProgrammeYear,
    Wave,
)
from kakehashi.intake.queries import deadline, documents_for, plan_in_force
from kakehashi.kernel.lifecycle import Move
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.searching import matching
from kakehashi.kernel.words import Words
from kakehashi.recruitment.lifecycle import APPLICATION, ReferenceState, State
from kakehashi.recruitment.models import Application, PaperCheck, Reference
from kakehashi.recruitment.policy import policy
from kakehashi.recruitment.rules import Facts, Finding, arrival_day, findings, running_of

_WITH = ("person", "year", "mission", "country", "position", "interview_place")
SEALED = "sealed"


def applications_for(person: Person) -> QuerySet[Application]:
    """Find the applications this person may know of, in the order of their numbers."""
    return seen_by(person, Application).select_related(*_WITH).order_by("number")


def desk_applications(person: Person) -> QuerySet[Application]:
    """Find the applications an officer works with; never their own."""
    return applications_for(person).exclude(person=person)


def own_applications(person: Person) -> QuerySet[Application]:
    """Find a person's own applications, the newest first."""
    mine = applications_for(person).filter(person=person)
    return mine.order_by("-year__year", "-started_at")


@unscoped("everyone knows of their own")
def has_applied(person: Person) -> bool:
    """Say whether a person has applied in any year; asked on every page, for the menu."""
    return Application.objects.filter(person=person).exists()


def application_of(person: Person, year: ProgrammeYear) -> Application | None:
    """Find a person's own application of a year that has not been withdrawn."""
    live = own_applications(person).filter(year=year)
    return live.exclude(state=State.WITHDRAWN).first()


@unscoped("screening and results look at every complete application of a mission")
def complete_applications(
    year: ProgrammeYear, mission: Office | None = None
) -> QuerySet[Application]:
    """Find the complete applications of a year, of one mission or of all."""
    found = Application.objects.filter(year=year, state=State.COMPLETE)
    if mission is not None:
        found = found.filter(mission=mission)
    return found.select_related(*_WITH).order_by("number")


@unscoped("imports name applications by their number; their check asks whose they are")
def applications_by_number(numbers: Collection[str]) -> dict[str, Application]:
    """Give applications by their numbers, with what imports check and write."""
    related = ("person", "mission", "year", "country", "position")
    wanted = sorted(numbers)
    found: dict[str, Application] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = Application.objects.filter(number__in=some).select_related(*related)
        found |= {row.number: row for row in rows}
    return found


@unscoped("the programme's years are in everybody's calendar")
def years_by_number() -> dict[str, ProgrammeYear]:
    """Look up programme years by their year of arrival, as a table writes it."""
    return {str(row.year): row for row in ProgrammeYear.objects.order_by("-year")}


@unscoped("numbers run through a whole year, whoever applies")
def next_running(year: ProgrammeYear) -> int:
    """Give the next running number of a year; the year's row is locked until the end."""
    ProgrammeYear.objects.select_for_update().get(pk=year.pk)
    last = (
        Application.objects.filter(year=year)
        .order_by("-number")
        .values_list("number", flat=True)
    )
    return max((running_of(number) for number in last[:1]), default=0) + 1


@unscoped("a person has one live application a year; asked before another is begun")
def people_who_applied(people: Iterable[int], year: ProgrammeYear) -> set[int]:
    """Say which of these people have a live application of the year already."""
    live = Application.objects.filter(year=year).exclude(state=State.WITHDRAWN)
    return set(live.filter(person__in=list(people)).values_list("person_id", flat=True))


@unscoped("a partner is named by address in a table; the number is looked up")
def numbers_by_email(emails: Collection[str], year: ProgrammeYear) -> dict[str, str]:
    """Give the application numbers of these addresses in a year."""
    found = Application.objects.filter(year=year, person__email__in=emails)
    live = found.exclude(state=State.WITHDRAWN)
    return dict(live.values_list("person__email", "number"))


@unscoped("whoever holds the link may know of this one reference, without an account")
def reference_by_token(token: str) -> Reference | None:
    """Find the reference a link stands for, until it has been written; else nothing."""
    asked = Reference.objects.filter(state=ReferenceState.ASKED, token_hash=hash_of(token))
    live = asked.exclude(application__state=State.WITHDRAWN)
    return live.select_related("application__person", "application__position").first()


def hash_of(token: str) -> str:
    """Give what is kept of a one-time link."""
    return sha256(token.encode()).hexdigest()


def references_for(person: Person, application: Application) -> QuerySet[Reference]:
    """Find the references of an application that this person may read."""
    return seen_by(person, Reference).filter(application=application).order_by("pk")


def desk_references(person: Person) -> QuerySet[Reference]:
    """Find the references of a desk's applications; those of withdrawn ones wait for nobody."""
    live = seen_by(person, Reference).exclude(application__state=State.WITHDRAWN)
    return live.select_related("application__year").order_by("asked_at", "pk")


def search_references(rows: QuerySet[Reference], text: str) -> QuerySet[Reference]:
    """Narrow references to those in whose referee, applicant or number every word stands."""
    return matching(rows, text, "name", *(f"application__{name}" for name in NAMED))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReference:
    """What an applicant learns of a reference: never a word of it."""

    name: str
    relation: str
    asked_at: datetime
    received_at: datetime | None


@unscoped("nobody is asked twice for the same application")
def addresses_asked(application: Application) -> list[str]:
    """List the addresses that a reference was asked of."""
    asked = Reference.objects.filter(application=application)
    return list(asked.values_list("email", flat=True))


@unscoped("the applicant learns that a reference was asked for and has come, not what it says")
def references_asked(application: Application) -> list[AskedReference]:
    """List whom a reference was asked of, and whether it has come."""
    rows = Reference.objects.filter(application=application).order_by("pk")
    names = ("name", "relation", "asked_at", "received_at")
    return [AskedReference(**row) for row in rows.values(*names)]


def moves_for(person: Person, application: Application) -> list[Move[State]]:
    """List the buttons to show: possible now, and allowed to this person."""
    moves = APPLICATION.moves_from(application.state)
    return [move for move in moves if policy.allows(person, move.name, application)]


def closing(year: ProgrammeYear, mission: Office) -> Deadline | None:
    """Find the moment after which a mission takes no more applications."""
    return deadline(year, mission, "closes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of an applicant's list: who keeps it, and whether it has come.

    A sealed paper is named and never ticked: that it came may itself say something.
    """

    requirement: DocumentRequirement
    received_on: date | None = None

    @property
    def is_sealed(self) -> bool:
        """Say whether the paper is handed in on paper and not stored here."""
        return self.requirement.kind == SEALED

    @property
    def is_always_asked(self) -> bool:
        """Say whether everybody has to hand it in, whatever they have answered."""
        return self.requirement.condition_en.lower().startswith("always")


def papers_of(application: Application, *, on: date) -> list[Paper]:
    """List the papers asked of an applicant, in the order of the mission's list."""
    return papers_of_many([application], on=on)[application.pk]


@unscoped("the ticks of applications that were looked up through their sight")
def papers_of_many(
    applications: Collection[Application], *, on: date
) -> dict[int, list[Paper]]:
    """List the papers of many applications; one query, and one for each country among them."""
    keys = [application.pk for application in applications]
    ticks = PaperCheck.objects.filter(application__in=keys)
    came = {
        (row.application_id, row.requirement_id): row.received_on
        for row in ticks.only("application_id", "requirement_id", "received_on")
    }
    countries = {application.country_id: application.country for application in applications}
    asked = {key: list(documents_for(country, on)) for key, country in countries.items()}
    return {
        application.pk: [
            Paper(requirement=paper, received_on=came.get((application.pk, paper.pk)))
            for paper in asked[application.country_id]
        ]
        for application in applications
    }


def papers_missing(papers: Iterable[Paper]) -> list[Paper]:
    """Pick the papers that everybody must hand in, can be ticked, and have not come."""
    return [
        paper
        for paper in papers
        if paper.is_always_asked and not paper.is_sealed and paper.received_on is None
    ]


@unscoped("a year's waves are in its published calendar")
def arrivals_of(year: ProgrammeYear) -> list[date]:
    """List the days on which a year's waves arrive."""
    return list(Wave.objects.filter(year=year).values_list("arrives_on", flat=True))


def findings_of(application: Application) -> list[Finding]:
    """List the rules of eligibility this application seems not to meet; a person decides."""
    arrives = arrival_day(arrivals_of(application.year), early=application.early_departure)
    nationality = application.person.nationality
    return findings(
        Facts(
            position=application.position.code,
            degree_on=application.degree_on,
            arrives_on=arrives,
            teaching_qualification=application.teaching_qualification,
            months_in_japan=application.months_in_japan,
            nationality=nationality.code if nationality else "",
            country=application.country.code,
        )
    )


@unscoped("where one can apply is told to everybody who asks")
def countries_to_apply_from() -> QuerySet[Country]:
    """Find the countries that a mission recruits from."""
    return Country.objects.filter(areas__isnull=False).distinct().order_by("code")


@unscoped("which positions a country is invited to is told to everybody who asks")
def positions_open(year: ProgrammeYear, country: Country) -> QuerySet[Position]:
    """Find the positions one can apply for: those with seats in the plan, all while there is none."""
    positions = every_position()
    plan = plan_in_force(year)
    if plan is None:
        return positions
    lines = plan.lines.filter(country=country, seats__gt=0)
    return positions.filter(pk__in=lines.values("position"))


def has_places(person: Person, mission: Office) -> bool:
    """Say whether a mission has named places where it interviews."""
    return places_of(person, mission).exists()


@unscoped("the positions of the programme are told to everybody")
def every_position() -> QuerySet[Position]:
    """Find every position, in the programme's order."""
    return Position.objects.order_by("rank", "code")


def serves(mission: Office, country: Country) -> bool:
    """Say whether a mission recruits from a country."""
    return missions_of(country).filter(pk=mission.pk).exists()


@unscoped("an officer's own missions, by their seats")
def own_missions(person: Person) -> QuerySet[Office]:
    """Find the missions for which this person coordinates."""
    return Office.objects.filter(pk__in=offices_of(person, Role.MISSION)).order_by("code")


NAMED = ("number", "family_name", "given_name", "person__name_ja", "person__email")


def search(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Narrow applications to those in whose number, names or address every word stands."""
    return matching(rows, text, *NAMED)


def applications_to_export(person: Person) -> QuerySet[Application]:
    """Find what an officer may take out as a table, with the partner's address beside it."""
    partner = desk_applications(person).filter(number=OuterRef("partner_number"))
    address = Subquery(partner.order_by().values("person__email")[:1])
    rows = desk_applications(person).select_related("wish_1", "wish_2", "wish_3", *_WITH)
    return rows.select_related("person__nationality").annotate(partner_email=address)


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What a later part of the programme has to tell an applicant, for their own page."""

    title: Words
    text: Words
    url: str = ""
    action: Words = ""
    tone: str = ""


_tellers: list[Callable[[Application], More | None]] = []


def tells_more(
    teller: Callable[[Application], More | None],
) -> Callable[[Application], More | None]:
    """Mark the function of a later part that adds to an applicant's own page."""
    _tellers.append(teller)
    return teller


def more_about(application: Application) -> list[More]:
    """List what later parts have to tell the applicant, in the order of the programme."""
    told = (teller(application) for teller in _tellers)
    return [more for more in told if more is not None]


def facts_of(application: Application, names: Iterable[str]) -> Mapping[str, object]:
    """Give the answers to some fields of the form."""
    return {name: getattr(application, name) for name in names}
