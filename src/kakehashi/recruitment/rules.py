"""What is true of an application without a database."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kakehashi.kernel.words import Words, _

JAPANESE_LEVELS = ("none", "N5", "N4", "N3", "N2", "N1")  # rising; the JLPT's own names
LONGEST_STATEMENT = 10_000  # characters kept; two double-spaced pages (P1) are about 3,500
SERVED_BY_DEGREE = frozenset({"ALT", "CIR"})  # positions that ask for a degree (E4)
MOST_MONTHS_IN_JAPAN = 72  # six years or more in total bar an applicant (E11)
MOST_REFERENCES = 2  # P2, P3


class Setting(StrEnum):
    """Where an applicant would like to live."""

    URBAN = "urban"
    SEMI_RURAL = "semi-rural"
    RURAL = "rural"
    NONE = "none"


SETTING_NAMES: dict[str, Words] = {
    Setting.URBAN: _("Urban"),
    Setting.SEMI_RURAL: _("Semi-rural"),
    Setting.RURAL: _("Rural"),
    Setting.NONE: _("No preference"),
}

LEVEL_NAMES: dict[str, Words] = {
    "none": _("None yet"),
    **{level: level for level in JAPANESE_LEVELS[1:]},
}


class Section(StrEnum):
    """A page of the form."""

    ABOUT = "about"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    LIVING = "living"
    STATEMENT = "statement"


SECTION_NAMES: dict[str, Words] = {
    Section.ABOUT: _("About you"),
    Section.EDUCATION: _("Education"),
    Section.EXPERIENCE: _("Languages and experience"),
    Section.LIVING: _("Where you would like to live"),
    Section.STATEMENT: _("Statement of purpose"),
}

FIELD_NAMES: dict[str, Words] = {
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "date_of_birth": _("Date of birth"),
    "telephone": _("Telephone"),
    "address": _("Address"),
    "university": _("University or college"),
    "major": _("Main subject"),
    "degree_on": _("Day of the degree"),
    "japanese_level": _("Japanese level"),
    "other_languages": _("Other languages"),
    "teaching_months": _("Months of teaching experience"),
    "teaching_qualification": _("Teaching qualification"),
    "driving_licence": _("Driving licence"),
    "months_in_japan": _("Months lived in Japan"),
    "may_be_alt": _("May be considered as ALT"),
    "interview_place": _("Interview place"),
    "wish_1": _("First wish"),
    "wish_2": _("Second wish"),
    "wish_3": _("Third wish"),
    "setting": _("Setting"),
    "wish_reason": _("Reason for the wishes"),
    "early_departure": _("Can leave early (April)"),
    "dependants": _("Family members coming along"),
    "partner_number": _("Partner’s application number"),
    "statement": _("Statement of purpose"),
}

SECTION_FIELDS: dict[Section, tuple[str, ...]] = {
    Section.ABOUT: ("family_name", "given_name", "date_of_birth", "telephone", "address"),
    Section.EDUCATION: ("university", "major", "degree_on"),
    Section.EXPERIENCE: (
        "japanese_level",
        "other_languages",
        "teaching_months",
        "teaching_qualification",
        "driving_licence",
        "months_in_japan",
        "may_be_alt",
    ),
    Section.LIVING: (
        "interview_place",
        "wish_1",
        "wish_2",
        "wish_3",
        "setting",
        "wish_reason",
        "early_departure",
        "dependants",
        "partner_number",
    ),
    Section.STATEMENT: ("statement",),
}

_ALWAYS = ("family_name", "date_of_birth", "telephone", "address", "statement")
_FOR_A_DEGREE = ("university", "major", "degree_on")


def required_fields(*, position: str, has_places: bool) -> list[str]:
    """List what must be filled in before handing in, in the order of the form.

    A given name is not among them: some people have one name only.  SEA need no degree (E4);
    an interview place can be asked for only where the mission has named some.
    """
    wanted = {*_ALWAYS, *(_FOR_A_DEGREE if position in SERVED_BY_DEGREE else ())}
    wanted |= {"interview_place"} if has_places else set()
    return [name for names in SECTION_FIELDS.values() for name in names if name in wanted]


def missing_fields(
    facts: Mapping[str, object], *, position: str, has_places: bool
) -> list[str]:
    """List the required fields that are still empty; blanks are empty."""
    wanted = required_fields(position=position, has_places=has_places)
    return [name for name in wanted if is_empty(facts.get(name))]


def is_empty(value: object) -> bool:
    """Say whether nothing has been answered: no value, or only blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def section_of(field: str) -> Section:
    """Name the page of the form on which a field stands."""
    return next(section for section, names in SECTION_FIELDS.items() if field in names)


def arrival_day(arrivals: Sequence[date], *, early: bool) -> date | None:
    """Find the day by which a degree must be held: of the first wave, or of the first summer one.

    `arrivals` are the year's waves.  Who can leave early may be sent with the first; everyone
    else is measured by the second (E4a: 10 April and 28 July in 2015).
    """
    days = sorted(set(arrivals))
    return None if not days else days[0] if early or len(days) == 1 else days[1]


def degree_is_in_time(*, degree_on: date | None, arrives_on: date | None) -> bool:
    """Say whether the degree is held on the day of arrival (E4); the day itself will do."""
    return degree_on is not None and (arrives_on is None or degree_on <= arrives_on)


def is_one_position(codes: Sequence[str]) -> bool:
    """Say whether somebody applies for one position only; more than one disqualifies (E14)."""
    return len(set(codes)) == 1


def has_passed(*, closes: datetime | None, at: datetime) -> bool:
    """Say whether a deadline is over; the announced minute itself is still in time."""
    return closes is not None and at.timestamp() // 60 > closes.timestamp() // 60


def number_of(*, year: int, running: int) -> str:
    """Write an application number: the year's two digits and a running number, `27-00042`."""
    return f"{year % 100:02d}-{running:05d}"


def running_of(number: str) -> int:
    """Read the running number out of an application number."""
    return int(number.partition("-")[2])


def is_a_number(text: str) -> bool:
    """Say whether a text is written as an application number."""
    return re.fullmatch(r"\d{2}-\d{5,}", text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the eligibility rules look at."""

    position: str
    degree_on: date | None
    arrives_on: date | None
    teaching_qualification: bool
    months_in_japan: int
    nationality: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule of eligibility that seems not to be met; a person decides.

    `rule` is the rule's number and `source` where the programme states it.
    """

    rule: str
    says: Words
    source: str


_CHECKS: tuple[tuple[Callable[[Facts], bool], Finding], ...] = (
    (
        lambda facts: (
            facts.position in SERVED_BY_DEGREE
            and not degree_is_in_time(degree_on=facts.degree_on, arrives_on=facts.arrives_on)
            and not (facts.position == "ALT" and facts.teaching_qualification)
        ),
        Finding(
            rule="E4",
            says=_("The degree is not held by the day of arrival."),
            source="ELIG25 (2025)",
        ),
    ),
    (
        lambda facts: bool(facts.nationality) and facts.nationality != facts.country,
        Finding(
            rule="E5",
            says=_("The nationality is not that of the recruiting country."),
            source="ELIG25 (2025)",
        ),
    ),
    (
        lambda facts: facts.months_in_japan >= MOST_MONTHS_IN_JAPAN,
        Finding(
            rule="E11",
            says=_("Six years or more in Japan; count only the last ten years."),
            source="MN22 (2022)",
        ),
    ),
)


def findings(facts: Facts) -> list[Finding]:
    """List the rules that seem not to be met, each with its source; nobody is refused by it."""
    return [finding for fails, finding in _CHECKS if fails(facts)]
