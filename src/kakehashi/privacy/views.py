"""My data: what is held about me, a copy to take, what shall be mended, who looked, the notice."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.holdings import HOLDINGS, Held
from kakehashi.kernel.words import Words, _
from kakehashi.privacy import actions, queries
from kakehashi.privacy.forms import AnswerForm, WishForm
from kakehashi.privacy.models import Correction, DataCopy
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

MOST_SHOWN = 20  # rows of one kind on the page; the copy holds all


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _crumbs() -> list[Crumb]:
    return [Crumb(label=_("My data"), url=reverse("privacy:my_data"))]


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is held about me, kind by kind, and what can be done about it."""
    person = _who(request)
    queries.require(person, "copy", person)
    rows = queries.held(person, MOST_SHOWN + 1)
    current = queries.notice_on(clock.today())
    context = {
        "kinds": _kinds(rows),
        "withheld": queries.withheld(),
        "looks": queries.looked_at(rows)[:MOST_SHOWN],
        "copies": queries.copies_for(person).defer("data")[:5],
        "corrections": queries.corrections_for(person)
        .filter(person=person)
        .order_by("-pk")[:10],
        "notice": current,
        "read": queries.has_read(person, current) if current else None,
        "first_notice": queries.notice_at_sign_up(person),
    }
    return render(request, "privacy/my_data.html", context)


def _kinds(rows: list[Held]) -> list[dict[str, object]]:
    """Arrange the rows by their kind; each value with the way to have it mended, if there is one."""
    kinds = []
    for holding in HOLDINGS.values():
        mine = [one for one in rows if one.holding is holding]
        if mine:
            shown = [_facts(one) for one in mine[:MOST_SHOWN]]
            kinds.append({"holding": holding, "rows": shown, "more": len(mine) > MOST_SHOWN})
    return kinds


def _facts(one: Held) -> dict[str, object]:
    facts = [
        (words, _readable(one.facts[name]), _way_to_mend(one, name))
        for name, words in one.holding.fields.items()
    ]
    return {"key": one.key, "facts": facts}


def _readable(value: object) -> object:
    return {True: _("Yes"), False: _("No")}[value] if isinstance(value, bool) else value


def _way_to_mend(one: Held, field: str) -> str:
    if field not in one.holding.correctable or one.holding.keeper is None:
        return ""
    return reverse("privacy:ask", args=[one.holding.name, one.row.pk, field])


@login_not_required
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice in force to anybody, and the earlier ones."""
    current = queries.notice_on(clock.today())
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "notice": current,
        "read": queries.has_read(person, current) if person and current else None,
        "may_read": person is not None and person.in_name_of is None,
        "earlier": [one for one in queries.notices() if one != current],
    }
    return render(request, "privacy/notice.html", context)


@require_POST
def read_notice(request: HttpRequest) -> HttpResponse:
    """Note that I have read the notice in force."""
    current = queries.notice_on(clock.today())
    if current is None:
        raise Http404
    actions.read_notice(current, by=_who(request), at=clock.now())
    messages.success(request, gettext("It is noted that you have read the notice."))
    return redirect("privacy:notice")


@require_POST
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of everything held about me."""
    actions.ask_for_copy(by=_who(request), at=clock.now())
    messages.success(
        request, gettext("The copy is being made. It is here in a moment, and for seven days.")
    )
    return redirect("privacy:my_data")


@require_safe
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand my copy over."""
    found: DataCopy = get_object_or_404(
        queries.copies_for(_who(request)).filter(made_at__isnull=False), pk=pk
    )
    answer = HttpResponse(bytes(found.data), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def ask(request: HttpRequest, holding: str, pk: int, field: str) -> HttpResponse:
    """Ask whoever keeps a record to mend one field of it."""
    person = _who(request)
    one = queries.held_row(person, holding, pk)
    if one is None or not _way_to_mend(one, field):
        raise Http404
    queries.require(person, "ask", person)
    form = WishForm(request.POST or None, initial={"wanted": one.facts[field]})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(one, field, **form.cleaned_data, by=person, at=clock.now())
        except actions.CannotBeAsked as error:
            form.add_error("wanted", str(error))
        else:
            messages.success(
                request, gettext("Your wish is with the office that keeps the record.")
            )
            return redirect("privacy:my_data")
    context = {
        "form": form,
        "title": one.holding.title,
        "label": one.holding.fields[field],
        "present": one.facts[field],
        "crumbs": _crumbs(),
    }
    return render(request, "privacy/ask.html", context, status=422 if form.errors else 200)


def field_name(row: Correction) -> Words:
    """Name the field a wish is about in the reader's words."""
    holding = HOLDINGS.get(row.holding)
    return holding.fields.get(row.field, row.field) if holding else row.field


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the wishes: my own, and those about records that I keep."""
    listing = Listing(
        columns=(
            Column(
                name="field",
                label=_("What"),
                value=field_name,
                link=page_of("privacy:correction"),
                head=True,
            ),
            Column(name="person", label=_("Asked by"), value=lambda row: row.person),
            Column(
                name="due_on",
                label=_("Answer by"),
                value=lambda row: row.due_on,
                sort=("due_on",),
                kind="day",
            ),
            Column(
                name="state", label=_("State"), value=lambda row: row.state_name, kind="tag"
            ),
        ),
        rows=queries.corrections_for(_who(request)),
        order=("due_on", "pk"),
        caption=_("Wishes to mend a record"),
        empty=_("Nobody has asked to have a record mended."),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: [(str(k), v) for k, v in Correction.lifecycle.names.items()],
            ),
        ),
    )
    return show(request, "privacy/corrections.html", listing, crumbs=_crumbs())


def _find(request: HttpRequest, pk: int) -> Correction:
    found: Correction = get_object_or_404(queries.corrections_for(_who(request)), pk=pk)
    return found


@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a wish and its answer."""
    return _show(request, _find(request, pk), AnswerForm())


def _show(request: HttpRequest, shown: Correction, form: AnswerForm) -> HttpResponse:
    holding = HOLDINGS.get(shown.holding)
    names = {move.name: move.label for move in queries.moves_for(_who(request), shown)}
    context = {
        "shown": shown,
        "title": holding.title if holding else "",
        "label": field_name(shown),
        "form": form,
        "accept": names.get("accept"),
        "refuse": names.get("refuse"),
        "withdraw": names.get("withdraw"),
        "crumbs": _crumbs(),
    }
    return render(
        request, "privacy/correction.html", context, status=422 if form.errors else 200
    )


def _answer(
    verb: Callable[..., None], told: Words, name: str
) -> Callable[[HttpRequest, int], HttpResponse]:
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        shown = _find(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        queries.require(_who(request), name, shown)
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                verb(shown, **form.cleaned_data, by=_who(request), at=clock.now())
            except actions.NoReason as error:
                form.add_error("answer", str(error))
            else:
                messages.success(request, str(told))
                return redirect("privacy:correction", pk=pk)
        return _show(request, shown, form)

    return press


accept = _answer(actions.accept, _("The record is mended."), "accept")
refuse = _answer(actions.refuse, _("The person reads your reason."), "refuse")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    found = _find(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.withdraw(found, by=_who(request), at=clock.now())
    messages.success(request, gettext("You no longer ask for it."))
    return redirect("privacy:my_data")
