"""What the pages of one application have in common: its answers, its steps, its checklist."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.recruitment import queries
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import (
    FIELD_NAMES,
    LEVEL_NAMES,
    SECTION_FIELDS,
    SECTION_NAMES,
    SETTING_NAMES,
    is_empty,
    missing_fields,
    required_fields,
    section_of,
)
from kakehashi.web.components import Check, Step, Tone
from kakehashi.web.dates import japanese, leaf, zone_named
from kakehashi.web.values import words_of

TONES: dict[str, Tone] = {
    State.DRAFT: "now",
    State.SUBMITTED: "info",
    State.INCOMPLETE: "warn",
    State.COMPLETE: "ok",
    State.WITHDRAWN: "",
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A page of the form as it reads: its name, its address, and label and answer of each field."""

    name: Words
    section: str
    rows: list[tuple[Words, str]]


def answers_of(application: Application) -> list[Answers]:
    """Write down what was answered, page by page, the statement in full."""
    return [
        Answers(
            name=SECTION_NAMES[section],
            section=section,
            rows=[(FIELD_NAMES[name], _answer(application, name)) for name in names],
        )
        for section, names in SECTION_FIELDS.items()
    ]


def _answer(application: Application, name: str) -> str:
    value = getattr(application, name)
    if name == "japanese_level":
        value = LEVEL_NAMES[value]
    if name == "setting":
        value = SETTING_NAMES[value]
    return words_of(value)


def steps_of(application: Application, now: str) -> list[Step]:
    """List the pages of the form, this one marked."""
    names = [*SECTION_NAMES, "references", "check"]
    here = names.index(now)
    open_to_writing = application.state == State.DRAFT  # afterwards the form is closed
    labels: dict[str, Words] = {
        **SECTION_NAMES,
        "references": _("References"),
        "check": _("Check and hand in"),
    }
    return [
        Step(
            label=labels[name],
            state="now" if index == here else "done" if index < here else "next",
            url=_address(application, name) if open_to_writing else "",
        )
        for index, name in enumerate(names)
    ]


def _address(application: Application, name: str) -> str:
    page = {"references": "ask_reference", "check": "submit"}.get(name)
    if page:
        return reverse(f"recruitment:{page}", args=[application.pk])
    return reverse("recruitment:section", args=[application.pk, name])


def place_of_mission(application: Application) -> str:
    """Name the mission's city in the reader's language, for times of day there."""
    mission = application.mission
    return mission.city_ja if japanese() else mission.city_en


def draw_mine(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the person concerned where their application stands, and what to do next."""
    checks = list(_checks(request, application))
    closes = queries.closing(application.year, application.mission)
    open_ones = [check for check in checks if check.tone != "ok"]
    context = {
        "application": application,
        "tone": TONES[State(application.state)],
        "is_draft": application.state == State.DRAFT,
        "is_live": application.state != State.WITHDRAWN,
        "closes": closes,
        "leaf": leaf(closes.at.astimezone(zone_named(application.mission.time_zone)).date())
        if closes
        else None,
        "place": place_of_mission(application),
        "checks": checks,
        "onward": (open_ones or checks)[0],
        "ready": not open_ones,
        "papers": queries.papers_of(application, on=clock.today()),
        "references": queries.references_asked(application),
        "more": queries.more_about(application),
    }
    return render(request, "recruitment/mine.html", context)


def _checks(request: HttpRequest, application: Application) -> Iterator[Check]:
    """Say of each page of the form how far it is filled in."""
    places = queries.has_places(request.user, application.mission)  # type: ignore[arg-type]  # pages are for people who signed in
    position = application.position.code
    facts = queries.facts_of(application, FIELD_NAMES)
    wanted = required_fields(position=position, has_places=places)
    missing = missing_fields(facts, position=position, has_places=places)
    for section in SECTION_FIELDS:
        mine = [name for name in wanted if section_of(name) == section]
        gone = [name for name in missing if section_of(name) == section]
        begun = any(not is_empty(facts[name]) for name in mine)
        state, tone = _how_far(gone=bool(gone), begun=begun)
        yield Check(
            label=SECTION_NAMES[section],
            url=reverse("recruitment:section", args=[application.pk, section]),
            note=", ".join(str(FIELD_NAMES[name]) for name in gone),
            state=state,
            tone=tone,
        )


def _how_far(*, gone: bool, begun: bool) -> tuple[Words, Tone]:
    if not gone:
        return _("Filled in"), "ok"
    return (_("In progress"), "now") if begun else (_("Not started"), "")
