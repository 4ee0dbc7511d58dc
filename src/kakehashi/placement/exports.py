"""Requests and placements leave as tables; each reader takes only what they may know of."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from kakehashi.directory.models import Country, Person
from kakehashi.kernel.holdings import Holding, hold
from kakehashi.kernel.imports import ExportKind, offer_export
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import _
from kakehashi.placement.models import Placement, Request
from kakehashi.placement.policy import policy
from kakehashi.placement.queries import placements_for, prefecture_of, requests_for


def _may_take(person: Person) -> None:
    policy.require(person, "export", None)


SOME = 500  # SQLite cannot look up the requests of a thousand placements at once


def _requests(person: Person) -> Iterable[Request]:
    return requests_for(person)


def _placements(person: Person) -> Iterable[Placement]:
    rows = placements_for(person).exclude(person=person)
    return rows.iterator(chunk_size=SOME)


def _yes(value: bool) -> str:  # noqa: FBT001 -- the value of a cell
    return "yes" if value else "no"


def _code(country: Country | None) -> str:
    return country.code if country else ""


def _prefecture(row: Placement) -> str:
    prefecture = prefecture_of(row.request.organisation)
    return prefecture.code if prefecture else ""


offer_export(
    ExportKind(
        name="requests",
        label=_("Placement requests"),
        columns=(
            ("organisation", lambda row: row.organisation.code),
            ("position", lambda row: row.position.code),
            ("wave", lambda row: row.wave.code),
            ("seats", lambda row: row.seats),
            ("tier", lambda row: row.tier),
            ("setting", lambda row: row.setting),
            ("language", lambda row: row.language),
            ("country", lambda row: _code(row.country)),
            ("wished_country", lambda row: _code(row.wished_country)),
            ("predecessor_country", lambda row: _code(row.predecessor_country)),
            ("wished_japanese", lambda row: row.wished_japanese),
            ("japanese_level", lambda row: row.japanese_level),
            ("licence_required", lambda row: _yes(row.licence_required)),
            ("qualification_required", lambda row: _yes(row.qualification_required)),
            ("family_housing", lambda row: _yes(row.family_housing)),
            ("workplace", lambda row: row.workplace),
            ("duties", lambda row: row.duties),
            ("year", lambda row: row.year.year),
            ("workplace_types", lambda row: " ".join(row.workplace_types)),
            ("is_replacement", lambda row: _yes(row.is_replacement)),
            ("sport", lambda row: row.sport),
            ("car_needed", lambda row: _yes(row.car_needed)),
            ("housing", lambda row: row.housing),
            ("rent", lambda row: row.rent),
            ("housing_note", lambda row: row.housing_note),
            ("monthly_pay", lambda row: row.monthly_pay),
            ("weekly_hours", lambda row: row.weekly_hours),
            ("leave_days", lambda row: row.leave_days),
            ("terms_note", lambda row: row.terms_note),
        ),
        rows=_requests,
        require=_may_take,
    )
)
offer_export(
    ExportKind(
        name="placements",
        label=_("Placements"),
        columns=(
            ("application", lambda row: row.application.number),
            ("family_name", lambda row: row.application.family_name),
            ("given_name", lambda row: row.application.given_name),
            ("nationality", lambda row: row.application.country.code),
            ("position", lambda row: row.request.position.code),
            ("wave", lambda row: row.request.wave.code),
            ("arrives_on", lambda row: row.request.wave.arrives_on),
            ("organisation", lambda row: row.request.organisation.code),
            ("organisation_name", lambda row: row.request.organisation.name_en),
            ("prefecture", _prefecture),
            ("workplace", lambda row: row.request.workplace),
            ("state", lambda row: row.state),
        ),
        rows=_placements,
        require=_may_take,
    )
)


def _own_placements(person: Person) -> QuerySet[Placement]:
    rows = seen_by(person, Placement).filter(person=person)
    return rows.select_related("request__organisation").annotate(
        place=F("request__organisation__name_en"), place_ja=F("request__organisation__name_ja")
    )


hold(
    Holding(
        name="placements",
        title=_("Your placements"),
        model=Placement,
        rows=_own_placements,
        fields={
            "place": _("Organisation"),
            "place_ja": _("Organisation, in Japanese"),
            "state_name": _("State"),
            "told_at": _("Told at"),
            "wish_met": _("Wish met"),
        },
    )
)
