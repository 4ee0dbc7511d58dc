"""What is decided by hand: its effect first, then a reason; the list of it, and undoing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.words import Words, _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import ReasonForm, ThereForm
from kakehashi.placement.lifecycle import KIND_NAMES, LOCK, LockKind
from kakehashi.placement.models import Lock, Placement, Request, Run
from kakehashi.placement.views.common import act, only_post, who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.placement.views.studio import person_link, studio_listing
from kakehashi.recruitment.models import Application
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Batch, Column, Filter, Listing, chosen, show

REFUSED = (
    actions.BreaksRule,
    actions.NotPlacedHere,
    actions.ReasonMissing,
    MoveNotAllowed,
)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be decided by hand, in words."""

    kind: LockKind
    title: Words
    gloss: str
    lede: Words
    field: Words
    hint: Words
    button: Words


DEEDS = {
    "pin": Deed(
        kind=LockKind.PIN,
        title=_("Send to another request"),
        gloss="配置先の指定",
        lede=_("Choose the request; you see what it would change before you confirm."),
        field=_("Number of the request"),
        hint=_("As on the request, for example 27-R0012."),
        button=_("Pin"),
    ),
    "ban": Deed(
        kind=LockKind.BAN,
        title=_("Rule out a request"),
        gloss="配置先の除外",
        lede=_(
            "The next runs will not place the person there. See first what that would change."
        ),
        field=_("Number of the request"),
        hint=_("As on the request, for example 27-R0012."),
        button=_("Rule out"),
    ),
    "swap": Deed(
        kind=LockKind.SWAP,
        title=_("Swap two people"),
        gloss="二人の入れ替え",
        lede=_("Choose the other person; you see what it would change before you confirm."),
        field=_("Number of the other application"),
        hint=_("Somebody whom this run places."),
        button=_("Swap"),
    ),
}


def hand(request: HttpRequest, pk: int, application_pk: int, name: str) -> HttpResponse:
    """Pin, ban or swap: choose, see what it would do, give a reason, confirm."""
    person, shown = who(request), find(request, pk)
    queries.require(person, name, shown)
    application = queries.person_in(shown, application_pk)
    if application is None or not shown.is_solved:
        raise Http404
    placement = queries.placed_in(shown).filter(application=application).first()
    deed, named = DEEDS[name], request.GET.get("there", "").strip()
    there = ThereForm(
        {"there": named} if "there" in request.GET else None, label=deed.field, hint=deed.hint
    )
    target, fault = _target(named, shown, placement, name)
    if fault:
        there.add_error("there", str(fault))
    form = ReasonForm(request.POST or None)
    if target is not None and request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(request, form, _deed(name, shown, application, target), reason):
            messages.success(request, gettext("Decided. The next run keeps it."))
            return redirect(person_link(pk, application_pk))
    context: dict[str, Any] = {
        "run": shown,
        "application": application,
        "placement": placement,
        "deed": deed,
        "there": there,
        "target": target,
        "form": form,
        "crumbs": [
            *crumbs(shown),
            Crumb(label=application.number, url=person_link(pk, application_pk)),
        ],
    }
    if target is not None:
        places = _places(application, placement, target)
        context |= _effect(request, shown, deed.kind, places)
    status = 422 if form.errors or there.errors else 200
    return render(request, "placement/hand.html", context, status=status)


Target = Request | Placement


def _target(
    named: str, run: Run, placement: Placement | None, name: str
) -> tuple[Target | None, Words]:
    """Read whom or where the officer named, and say what is wrong with it."""
    if not named:
        here = placement.request if placement and name == "ban" else None
        return here, ""
    if name != "swap":
        found = queries.request_in(run, named)
        return found, "" if found else _("No request has this number in this year.")
    if placement is None:
        return None, _("This run does not place that person.")
    other = queries.placed_by_number(run, named)
    if other is None or other.pk == placement.pk:
        return None, _("Choose somebody else whom this run places.")
    return other, ""


def _places(
    application: Application, placement: Placement | None, target: Target
) -> Mapping[int, int]:
    if isinstance(target, Request):
        return {application.pk: target.pk}
    here = placement.request_id if placement else 0
    return {application.pk: target.request_id, target.application_id: here}


def _deed(
    name: str, run: Run, application: Application, target: Target
) -> Callable[[HttpRequest, str], Any]:
    def do(request: HttpRequest, reason: str) -> Any:  # noqa: ANN401 -- one lock, or two
        if not isinstance(target, Request):
            whole = {"other": target.application, "reason": reason}
            return act(partial(actions.swap, run), application, request, **whole)
        verb = actions.pin if name == "pin" else actions.ban
        decide = partial(verb, run, request=target)
        return act(decide, application, request, reason=reason)

    return do


def _done(
    request: HttpRequest, form: ReasonForm, do: Callable[[HttpRequest, str], Any], reason: str
) -> bool:
    try:
        do(request, reason)
    except REFUSED as error:
        form.add_error(None, str(error))
        return False
    return True


def _effect(
    request: HttpRequest, run: Run, kind: LockKind, places: Mapping[int, int]
) -> dict[str, object]:
    """Ask the engine at once where the market is small, else when the officer asks for it."""
    at_once = run.counts["people"] <= queries.AT_ONCE
    ask = request.method != "POST" and (at_once or bool(request.GET.get("engine")))
    effect = queries.effect_of(run, kind, places, ask_engine=ask)
    with_it = request.GET.copy()
    with_it["engine"] = "1"
    return {
        "effect": effect,
        "standing": queries.standing_locks(run),
        "engine_url": "" if ask else f"?{with_it.urlencode()}",
    }


def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the ticked people where the run puts them: asked for first, then a reason."""
    shown = find(request, pk)
    queries.require(who(request), "lock", shown)
    if request.method != "POST":
        return only_post()
    person = who(request)
    listing = studio_listing(person, shown, queries.before_of(person, shown))
    rows = list(chosen(request, listing))
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if rows and form.is_bound and form.is_valid():
        people = [row.application for row in rows]
        reason = form.cleaned_data["reason"]

        def do(request: HttpRequest, reason: str) -> Any:  # noqa: ANN401 -- locks
            return act(actions.lock, shown, request, applications=people, reason=reason)

        if _done(request, form, do, reason):
            words = ngettext("%(n)s person is locked.", "%(n)s people are locked.", len(rows))
            messages.success(request, words % {"n": len(rows)})
            return redirect("placement:placed", pk=pk)
    context = {"run": shown, "rows": rows, "form": form, "crumbs": crumbs(shown)}
    status = 422 if form.errors else 200
    return render(request, "placement/lock.html", context, status=status)


LOCK_COLUMNS = (
    Column(
        name="application",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=lambda row: person_link(row.run_id, row.application_id),
        head=True,
    ),
    Column(name="kind", label=_("Decision"), value=lambda row: row.kind_name, sort=("kind",)),
    Column(
        name="request",
        label=_("Request"),
        value=lambda row: row.request.number,
        sort=("request__number",),
    ),
    Column(
        name="organisation",
        label=_("Contracting organisation"),
        value=lambda row: row.request.organisation,
        sort=("request__organisation__code",),
    ),
    Column(name="reason", label=_("Reason"), value=lambda row: row.reason),
    Column(name="by", label=_("By"), value=lambda row: row.made_by),
    Column(
        name="at",
        label=_("Decided"),
        value=lambda row: row.made_at,
        sort=("made_at",),
        kind="moment",
    ),
    Column(
        name="state",
        label=_("State"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: "now" if row.state == "standing" else "",
    ),
)


def lock_listing(person: Person) -> Listing:
    """List what was decided by hand, as far as this person may know of it."""
    undo = Batch(name="lift", label=_("Undo"), url=reverse("placement:lift"))
    return Listing(
        columns=LOCK_COLUMNS,
        rows=queries.locks_for(person),
        order=("-made_at", "-pk"),
        caption=_("Decided by hand"),
        empty=_("Nothing was decided by hand. Open a run's studio to lock, pin, ban or swap."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(state), name) for state, name in LOCK.names.items()],
            ),
            Filter(
                name="kind",
                label=_("Decision"),
                apply=lambda rows, kind: rows.filter(kind=kind),
                choices=lambda: [(str(kind), name) for kind, name in KIND_NAMES.items()],
            ),
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, year: rows.filter(year__year=int(year)),
                choices=lambda: [(str(one), str(one)) for one in queries.years_for(person)],
            ),
        ),
        batch=(undo,) if queries.may(person, "lift") else (),
    )


@require_safe
def locks(request: HttpRequest) -> HttpResponse:
    """List what was decided by hand, by whom and why."""
    person = who(request)
    queries.require(person, "read_rules", None)
    context = {"crumbs": [Crumb(label=_("Runs"), url=reverse("placement:runs"))]}
    return show(request, "placement/locks.html", lock_listing(person), **context)


def lift(request: HttpRequest) -> HttpResponse:
    """Undo the ticked decisions; the halves of a swap go together."""
    person = who(request)
    queries.require(person, "lift", None)
    if request.method != "POST":
        return only_post()
    found: list[Lock] = list(chosen(request, lock_listing(person)))
    done = act(actions.lift_many, found, request)
    words = ngettext("%(n)s decision was undone.", "%(n)s decisions were undone.", done)
    messages.success(request, words % {"n": done})
    return redirect("placement:locks")
