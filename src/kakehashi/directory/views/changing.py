"""Mergers, new names and supervision: planned, previewed, done, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory import actions, queries
from kakehashi.directory.forms import (
    EndForm,
    HandOverForm,
    MergerForm,
    RenameForm,
    SuperviseForm,
)
from kakehashi.directory.models import Reorganisation, Supervision
from kakehashi.directory.rules import (
    CHANGE_NAMES,
    CHANGE_STATE_NAMES,
    Change,
    ChangeState,
    Role,
)
from kakehashi.directory.views.asking import ask, crumbs_of, office_or_404, who
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

TONES = {ChangeState.PLANNED: "info", ChangeState.DONE: "ok", ChangeState.UNDONE: ""}


def plan_merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an office merge: first the effect is shown, then it is planned."""
    office = office_or_404(request, pk, "plan_reorganisation")
    form = MergerForm(request.POST or None, office=office, others=queries.mergeable(office))
    effect: list[tuple[Words, int]] = []
    if request.method == "POST" and form.is_valid():
        effect = queries.effect_of(form.ending(), form.cleaned_data["on"])
        if "confirm" in request.POST and (change := _merged(request, form)):
            messages.success(request, _told(change))
            return redirect("directory:reorganisation", pk=change.pk)
    context = {
        "form": form,
        "office": office,
        "effect": effect,
        "ending": form.ending() if effect else [],
        "crumbs": crumbs_of(office),
    }
    return render(request, "directory/merger.html", context, status=422 if form.errors else 200)


def _merged(request: HttpRequest, form: MergerForm) -> Reorganisation | None:
    try:
        return actions.plan_merger(
            form.ending(),
            successor=form.successor(),
            on=form.cleaned_data["on"],
            ground=form.cleaned_data["ground"],
            by=who(request),
            at=clock.now(),
        )
    except actions.CannotMerge as error:
        form.add_error(None, str(error))
        return None


def _told(change: Reorganisation) -> str:
    if change.state == ChangeState.DONE:
        return gettext("The change is in force.")
    return gettext("The change is planned. It takes effect by itself on its day.")


def plan_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an office a new name from a day on."""
    office = office_or_404(request, pk, "plan_reorganisation")
    names = {"name_en": office.name_en, "name_ja": office.name_ja}
    form = RenameForm(request.POST or None, initial={**names, "on": clock.today()})
    return ask(
        request,
        form,
        office,
        title=_("New name from a day on"),
        lede=_("The old name stays on record and is still found by search."),
        act=lambda: actions.plan_rename(
            office, **form.cleaned_data, by=who(request), at=clock.now()
        ),
        done=_("The new name is noted. It holds from its day."),
        gloss="名称変更",
    )


CHANGE = (
    Column(
        name="office",
        label=_("The office that goes on"),
        value=lambda row: row.office,
        sort=("office__name_en",),
        link=page_of("directory:reorganisation"),
        head=True,
    ),
    Column(name="kind", label=_("Change"), value=lambda row: CHANGE_NAMES[row.kind]),
    Column(
        name="on",
        label=_("From this day"),
        value=lambda row: row.on,
        kind="day",
        sort=("on",),
    ),
    Column(
        name="before",
        label=_("Offices that end"),
        value=lambda row: ", ".join(str(one) for one in row.predecessors.all()),
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: CHANGE_STATE_NAMES[row.state],
        kind="tag",
        tone=lambda row: TONES[row.state],
        sort=("state",),
    ),
)


@require_safe
def reorganisations(request: HttpRequest) -> HttpResponse:
    """List mergers and new names, those ahead first."""
    listing = Listing(
        columns=CHANGE,
        rows=queries.reorganisations_for(who(request)),
        order=("-on",),
        caption=_("Mergers and new names"),
        empty=_("No merger or new name yet."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: list(CHANGE_STATE_NAMES.items()),
            ),
        ),
    )
    return show(request, "directory/reorganisations.html", listing)


@require_safe
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a merger or a new name: what ends, what goes on, and what it moves or moved."""
    person = who(request)
    change: Reorganisation = get_object_or_404(queries.reorganisations_for(person), pk=pk)
    ending = list(change.predecessors.all())
    planned = change.state == ChangeState.PLANNED and change.kind == Change.MERGER
    context = {
        "change": change,
        "kind": CHANGE_NAMES[change.kind],
        "state": CHANGE_STATE_NAMES[change.state],
        "tone": TONES[ChangeState(change.state)],
        "ending": ending,
        "effect": queries.effect_of(ending, change.on) if planned else [],
        "may_undo": change.state != ChangeState.UNDONE
        and queries.may(person, "undo_reorganisation", change.office),
        "crumbs": [
            Crumb(label=_("Mergers and new names"), url=reverse("directory:reorganisations"))
        ],
    }
    return render(request, "directory/reorganisation.html", context)


def undo_reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merger or a new name back, after asking once more."""
    person = who(request)
    change: Reorganisation = get_object_or_404(queries.reorganisations_for(person), pk=pk)
    queries.require(person, "undo_reorganisation", change.office)
    back = reverse("directory:reorganisation", args=[change.pk])
    if request.method == "POST":
        try:
            actions.undo_reorganisation(change, by=person, at=clock.now())
        except actions.CannotUndo as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("The change is taken back."))
        return redirect(back)
    context = {
        "title": _("Take the change back"),
        "text": _(
            "Everything that went over goes back to where it was. This works as long as nothing "
            "of it was changed since."
        ),
        "action": _("Take back"),
        "back": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def supervise(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who supervises a participant."""
    person, today = who(request), clock.today()
    office = office_or_404(request, pk, "supervise")
    form = SuperviseForm(
        request.POST or None,
        participants=queries.sitting_at(person, office, Role.PARTICIPANT, today),
        supervisors=queries.sitting_at(person, office, Role.SUPERVISOR, today),
        initial={"starts_on": today},
    )
    return ask(
        request,
        form,
        office,
        title=_("Name a supervisor"),
        lede=_("Both need a seat here on the first day."),
        act=lambda: actions.supervise(
            form.people[form.cleaned_data["participant"]],
            supervisor=form.people[form.cleaned_data["supervisor"]],
            office=office,
            starts_on=form.cleaned_data["starts_on"],
            by=person,
            at=clock.now(),
        ),
        done=_("The supervisor is named."),
        gloss="担当者の登録",
    )


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give everyone whom one supervises to another, from a day on."""
    person, today = who(request), clock.today()
    office = office_or_404(request, pk, "supervise")
    form = HandOverForm(
        request.POST or None,
        supervisors=queries.sitting_at(person, office, Role.SUPERVISOR, today),
        initial={"on": today},
    )
    return ask(
        request,
        form,
        office,
        title=_("Hand over to another supervisor"),
        lede=_(
            "The first one's time ends the day before. Nobody is left without a supervisor."
        ),
        act=lambda: actions.hand_over(
            office,
            supervisor=form.people[form.cleaned_data["supervisor"]],
            successor=form.people[form.cleaned_data["successor"]],
            on=form.cleaned_data["on"],
            by=person,
            at=clock.now(),
        ),
        done=_("The new supervisor takes over on that day."),
        gloss="担当者の交代",
    )


def end_supervision(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one supervision end."""
    person = who(request)
    row: Supervision = get_object_or_404(queries.supervisions_for(person), pk=pk)
    queries.require(person, "supervise", row.office)
    form = EndForm(request.POST or None, initial={"ends_on": clock.today()})
    return ask(
        request,
        form,
        row.office,
        title=gettext("End: %(supervisor)s supervises %(participant)s")
        % {"supervisor": row.supervisor, "participant": row.participant},
        lede=_("It stays on record with its last day."),
        act=lambda: actions.end_supervision(
            row, **form.cleaned_data, by=person, at=clock.now()
        ),
        done=_("The last day is set."),
        gloss="担当の終了",
    )
