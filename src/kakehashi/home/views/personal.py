"""Today's page for applicants and participants: one column, one next step, where they are."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from kakehashi.appointment.lifecycle import State as Term
from kakehashi.appointment.models import Appointment
from kakehashi.appointment.queries import my_appointments, supervisors_of
from kakehashi.arrival.lifecycle import State as ArrivalState
from kakehashi.arrival.queries import arrivals_for
from kakehashi.directory.models import Office, Seat
from kakehashi.home.views.lines import Line
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.words import Words, _
from kakehashi.placement.lifecycle import PlacementState
from kakehashi.placement.queries import own_placements
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.queries import own_applications
from kakehashi.selection.lifecycle import ResultState
from kakehashi.selection.queries import results_for
from kakehashi.selection.rules import Outcome
from kakehashi.web.components import Arch
from kakehashi.web.dates import day_words
from kakehashi.web.offers import Reader

STEPS: tuple[tuple[str, Words], ...] = (
    ("apply", _("Apply")),
    ("check", _("Papers checked")),
    ("review", _("Review and interview")),
    ("result", _("Result")),
    ("placed", _("Placed")),
    ("arrive", _("Arrive")),
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where somebody is on the way from applying to arriving."""

    application: Application
    done: int
    words: Words
    is_over: bool = False


def context_of(reader: Reader, lines: list[Line]) -> dict[str, object]:
    """Gather the one next step, where the reader is, and whom they can ask."""
    first = next((one for one in lines if one.work.primary), lines[0] if lines else None)
    standing = standing_of(reader)
    term = _term(reader)
    return {
        "first": first,
        "rest": [one.work for one in lines if one is not first],
        "standing": standing,
        "arches": arches(standing) if standing and term is None else [],
        "stage": min(standing.done + 1, len(STEPS)) if standing else 0,
        "stages": len(STEPS),
        "term": term,
        "term_words": _term_words(term, reader) if term else "",
        "supervisors": _supervisors(reader, term),
        "office": _office(standing, term),
    }


def standing_of(reader: Reader) -> Standing | None:
    """Say how far the reader's latest application has come; nothing where there is none."""
    application = own_applications(reader.person).first()
    if application is None or not _is_of(application, reader.year):
        return None
    if application.state == State.WITHDRAWN:
        return Standing(
            application=application, done=0, words=_("You have withdrawn."), is_over=True
        )
    before = {
        State.DRAFT: (0, _("You are writing your application.")),
        State.SUBMITTED: (1, _("Handed in. The embassy or consulate checks your papers.")),
        State.INCOMPLETE: (1, _("Some of your papers are missing.")),
    }
    if application.state in before:
        done, words = before[State(application.state)]
        return Standing(application=application, done=done, words=words)
    return _after_review(reader, application)


def _is_of(application: Application, year: ProgrammeYear | None) -> bool:
    return year is None or application.year_id == year.pk


def _after_review(reader: Reader, application: Application) -> Standing:
    result = results_for(reader.person).filter(application=application).first()
    if result is None:
        words = _("Your papers are complete. Your application is read, then come interviews.")
        return Standing(application=application, done=2, words=words)
    over = result.outcome == Outcome.NOT_SELECTED or result.state == ResultState.DECLINED
    if over:
        words = _("Your result is there. This application has come to its end.")
        return Standing(application=application, done=4, words=words, is_over=True)
    if result.state == ResultState.TOLD:
        words = _("Your result is there. Read it and reply.")
        return Standing(application=application, done=3, words=words)
    return _after_reply(reader, application, is_alternate=result.outcome == Outcome.ALTERNATE)


def _after_reply(reader: Reader, application: Application, *, is_alternate: bool) -> Standing:
    live = own_placements(reader.person).filter(application=application)
    placement = live.exclude(state=PlacementState.VACATED).first()
    if placement is None:
        waiting = (
            _("You are an alternate. You are told at once when a place becomes free.")
            if is_alternate
            else _("You have accepted. CLAIR looks for your place.")
        )
        return Standing(application=application, done=4, words=waiting)
    arrived = arrivals_for(reader.person).filter(
        placement=placement, state=ArrivalState.ARRIVED
    )
    if arrived.exists():
        return Standing(application=application, done=6, words=_("You have arrived."))
    going = gettext("You go to %(organisation)s.")
    words = going % {"organisation": placement.request.organisation}
    return Standing(application=application, done=5, words=words)


def arches(standing: Standing) -> list[Arch]:
    """Draw the way from applying to arriving; what is over stays where it ended."""
    return [
        Arch(
            state="done"
            if index < standing.done
            else "now"
            if index == standing.done and not standing.is_over
            else "next",
            label=label,
            fraction=0.5,
        )
        for index, (_name, label) in enumerate(STEPS)
    ]


def _term(reader: Reader) -> Appointment | None:
    return my_appointments(reader.person).filter(state=Term.SERVING).first()


def _term_words(term: Appointment, reader: Reader) -> str:
    """Say in one sentence how much of the term is left."""
    left = (term.ends_on - reader.at.astimezone(TOKYO).date()).days
    says = ngettext(
        "Your term ends in %(n)s day, on %(day)s.",
        "Your term ends in %(n)s days, on %(day)s.",
        left,
    )
    return says % {"n": left, "day": day_words(term.ends_on)}


def _supervisors(reader: Reader, term: Appointment | None) -> list[Seat]:
    if term is None:
        return []
    return list(supervisors_of(reader.person, term.organisation).select_related("person"))


def _office(standing: Standing | None, term: Appointment | None) -> Office | None:
    """Say whom to ask: the employer while serving, before that the mission."""
    if term is not None:
        return term.organisation
    return standing.application.mission if standing else None
