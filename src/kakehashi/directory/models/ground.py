"""People, offices, places and seats: who there is, and from where they act."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.text import format_lazy
from django.utils.translation import get_language

from kakehashi.directory.rules import (
    ROLE_NAMES,
    EmployerType,
    OfficeKind,
    Rank,
    Role,
    WorkplaceType,
)
from kakehashi.kernel.dated import Dated, Sourced
from kakehashi.kernel.moving import Keyed
from kakehashi.kernel.words import Words, _


def role_name(role: str, *, deputy: bool = False) -> Words:
    """Name what somebody does in an office; a deputy does it in another's name."""
    name = ROLE_NAMES[role]
    return format_lazy(_("{} (deputy)"), name) if deputy else name


class Named(models.Model):
    """A thing with an English and a Japanese name."""

    name_en = models.CharField(max_length=200)
    name_ja = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class Country(Named, Sourced):
    """A sending country, by its ISO 3166-1 code; `language` is what its ALTs teach."""

    code = models.CharField(max_length=2, unique=True)
    language = models.CharField(max_length=10, blank=True)
    english_speaking = models.BooleanField(default=False)


class Prefecture(Named, Sourced):
    """One of the 47, by its JIS X 0401 code."""

    code = models.CharField(max_length=2, unique=True)
    region_en = models.CharField(max_length=40)
    region_ja = models.CharField(max_length=40)

    @property
    def region(self) -> str:
        """Name the region in the reader's language."""
        return self.region_ja if get_language() == "ja" else self.region_en


class Municipality(Named, Sourced):
    """A city, special ward, town or village, by its five-digit code."""

    code = models.CharField(max_length=5, unique=True)
    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    kana = models.CharField(max_length=100, blank=True)
    county_ja = models.CharField(max_length=100, blank=True)
    postal_areas = models.CharField(max_length=300, blank=True)
    designated_since = models.PositiveSmallIntegerField(null=True, blank=True)


class People(BaseUserManager["Person"]):
    """How accounts are made: an address is enough, and is unique whatever its letters' case."""

    def create_user(self, email: str, password: str | None = None, **facts: object) -> "Person":
        """Make an account; without a password nobody can sign in with one."""
        person = self.model(email=email.strip().lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, Keyed):
    """Anyone with an account, for life: applicant, officer, participant, alumna."""

    email = models.EmailField(unique=True)
    family_name = models.CharField(max_length=80, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    name_ja = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en")
    nationality = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    theme = models.CharField(
        max_length=5, blank=True
    )  # light, dark, auto; empty: as the cookie
    rows = models.PositiveSmallIntegerField(default=25)  # of a list on one page
    keeps_views = models.BooleanField(default=False)  # so that others' lists ask nothing more
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()
    as_of: date | None = None  # the day the door says it is; seats are read as of it
    acts_from: int | None = None  # a deputy's seat, while they act from it and from no other
    in_name_of: int | None = None  # the person whose seat that is
    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="person_email_is_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(theme__in=["", "light", "dark", "auto"]),
                name="person_theme_is_known",
            ),
            models.CheckConstraint(
                condition=Q(rows__in=[25, 50, 100]), name="person_rows_of_a_page_are_offered"
            ),
        ]

    NAMED_BY: ClassVar = ("given_name", "family_name", "name_ja", "email")

    def __str__(self) -> str:
        if get_language() == "ja" and self.name_ja:
            return self.name_ja
        return f"{self.given_name} {self.family_name}".strip() or self.email


class Office(Named, Dated, Keyed):
    """Any office of the programme; `parent` is the office it answers to or gathers under.

    A contracting organisation's parent is its host body, a mission's is the foreign ministry, a
    workplace's is the organisation.  `search` holds its names as `rules.plain` writes them, those
    it had before too.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kana = models.CharField(max_length=200, blank=True)
    employer_type = models.CharField(max_length=30, blank=True)
    workplace_type = models.CharField(max_length=30, blank=True)
    prefecture = models.ForeignKey(
        Prefecture, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    city_en = models.CharField(max_length=80, blank=True)
    city_ja = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=80, blank=True)
    fax = models.CharField(max_length=80, blank=True)
    website = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=60, default="Asia/Tokyo")
    jet_desk = models.CharField(max_length=80, blank=True)
    other_interview_places = models.CharField(max_length=200, blank=True)
    opened_in = models.PositiveSmallIntegerField(null=True, blank=True)
    taking_part = models.CharField(max_length=10, blank=True)  # a host body: yes, no, unknown
    role_en = models.CharField(max_length=400, blank=True)
    role_ja = models.CharField(max_length=400, blank=True)
    as_of = models.CharField(max_length=20, blank=True)
    invented = models.BooleanField(default=False)
    search = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OfficeKind]),
                name="office_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(employer_type__in=["", *[kind.value for kind in EmployerType]]),
                name="office_employer_type_is_known",
            ),
            models.CheckConstraint(
                condition=Q(workplace_type__in=["", *[kind.value for kind in WorkplaceType]]),
                name="office_workplace_type_is_known",
            ),
        ]

    @property
    def gloss(self) -> str:
        """Give the name in the other language than the reader's."""
        return self.name_en if get_language() == "ja" else self.name_ja

    @property
    def duty(self) -> str:
        """Say in the reader's language what the office does in the programme."""
        return self.role_ja if get_language() == "ja" else self.role_en

    @property
    def city(self) -> str:
        """Name the city in the reader's language."""
        return self.city_ja if get_language() == "ja" else self.city_en


class MissionArea(Sourced):
    """A country whose applicants a mission recruits; a mission may serve several."""

    mission = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="areas")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="areas")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "country"], name="mission_area_once"),
        ]


class InterviewPlace(Named, Sourced):
    """A place where a mission interviews, by its four-digit code on the application form."""

    code = models.CharField(max_length=4, unique=True)
    mission = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="places")


class Seat(Keyed):
    """A role in an office, held by a person between two days (both included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    rank = models.CharField(max_length=10, blank=True)  # whose stamp an office's papers need
    acts_for = models.ForeignKey(  # a deputy's seat: for a time, in the name of this one
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputised"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="seat_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(rank__in=["", *[rank.value for rank in Rank]]),
                name="seat_rank_is_known",
            ),
            models.CheckConstraint(
                condition=Q(acts_for=None) | Q(ends_on__isnull=False),
                name="a_deputys_seat_has_a_last_day",
            ),
            models.UniqueConstraint(
                fields=["person", "office", "role"],
                condition=Q(ends_on=None),
                name="one_open_seat_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["role", "office"])]

    def __str__(self) -> str:
        return f"{self.role} at {self.office_id}"

    @property
    def role_name(self) -> Words:
        """Say the role in the reader's language."""
        return role_name(self.role, deputy=self.acts_for_id is not None)
