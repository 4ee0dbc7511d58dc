"""The register's pages: what came and went, what is due, one letter, and the way to answer it."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.approvals.queries import box
from kakehashi.correspondence import actions, queries
from kakehashi.correspondence.forms import (
    AnswererForm,
    FileForm,
    LetterForm,
    NumberingForm,
    initial_of,
)
from kakehashi.correspondence.lifecycle import WAITS, State
from kakehashi.correspondence.models import Attachment, Entry
from kakehashi.correspondence.rules import DIRECTION_NAMES, Direction
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.components import Crumb
from kakehashi.web.dates import day_words
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import Rows, page_of

LONGEST = 9  # digits; no row of ours has a longer number
TONES = {
    State.REGISTERED: "now",
    State.ASSIGNED: "info",
    State.ANSWERED: "ok",
    State.DRAFTED: "line",
}


def _who(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _find(request: HttpRequest, pk: int) -> Entry:
    rows = queries.entries_for(_who(request)).select_related(
        "answers__origin", "origin", "batch"
    )
    found: Entry = get_object_or_404(rows, pk=pk)
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(label=_("Correspondence"), url=reverse("correspondence:entries"))]


def _named(rows: Rows, words: str) -> Rows:
    fields = ("subject", "written_number", "their_number", "counterpart_name")
    found = Q(counterpart__name_en__icontains=words) | Q(counterpart__name_ja__icontains=words)
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return rows.filter(found)


FIRST = (
    Column(
        name="number",
        label=_("Number"),
        value=lambda row: row.written_number or gettext("Draft"),
        sort=("fiscal_year", "number"),
        link=page_of("correspondence:entry"),
        head=True,
    ),
    Column(name="direction", label=_("In or out"), value=lambda row: row.direction_name),
    Column(
        name="dated_on",
        label=_("Date"),
        value=lambda row: row.dated_on,
        sort=("dated_on",),
        kind="day",
    ),
    Column(name="other", label=_("Other side"), value=lambda row: row.other_side),
    Column(
        name="subject", label=_("Subject"), value=lambda row: row.subject, sort=("subject",)
    ),
    Column(
        name="due_at",
        label=_("Due"),
        value=lambda row: row.due_at,
        sort=("due_at",),
        kind="moment",
    ),
    Column(name="answerer", label=_("Who answers"), value=lambda row: row.answerer),
)


def _columns(at: datetime) -> tuple[Column, ...]:
    def is_late(row: Entry) -> bool:
        return row.state in WAITS and row.due_at is not None and row.due_at < at

    state = Column(
        name="state",
        label=_("State"),
        value=lambda row: _("Overdue") if is_late(row) else row.state_name,
        kind="tag",
        tone=lambda row: "bad" if is_late(row) else TONES.get(row.state, ""),
        sort=("state",),
    )
    return (*FIRST, state)


def listing_of(person: Person, at: datetime) -> Listing:
    """List the register: search, in or out, state, and what is due."""
    due: dict[str, Callable[[Rows], Rows]] = {
        "mine": lambda rows: rows.filter(pk__in=queries.to_answer(person, at).values("pk")),
        "overdue": lambda rows: queries.overdue(rows, at),
        "soon": lambda rows: queries.due_soon(rows, at),
    }
    return Listing(
        columns=_columns(at),
        rows=queries.entries_for(person),
        order=("-written_at", "-pk"),
        caption=_("Correspondence"),
        empty=_("No letter in the register yet."),
        filters=(
            Filter(name="q", label=_("Number, subject or office"), apply=_named),
            Filter(
                name="direction",
                label=_("In or out"),
                apply=lambda rows, one: rows.filter(direction=one),
                choices=lambda: list(DIRECTION_NAMES.items()),
            ),
            Filter(
                name="due",
                label=_("Due"),
                apply=lambda rows, one: due[one](rows),
                choices=lambda: [
                    ("mine", _("Mine to answer, within a week")),
                    ("overdue", _("Overdue")),
                    ("soon", _("Within a week")),
                ],
            ),
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, one: rows.filter(state=one),
                choices=lambda: [(str(k), v) for k, v in Entry.lifecycle.names.items()],
            ),
        ),
    )


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Show the register."""
    person = _who(request)
    listing, keeps = listing_of(person, clock.now()), bool(queries.own_offices(person))
    return show(request, "correspondence/entries.html", listing, keeps=keeps)


def register(request: HttpRequest) -> HttpResponse:
    """Write a letter that came into the register."""
    return _write(request, outgoing=False)


def draft(request: HttpRequest) -> HttpResponse:
    """Draft a letter; `answers` names the letter that it answers."""
    return _write(request, outgoing=True)


def _write(request: HttpRequest, *, outgoing: bool) -> HttpResponse:
    person = _who(request)
    mine = queries.own_offices(person)
    asked = _asked(request) if outgoing else None
    verb = actions.draft if outgoing else actions.register
    if not mine:
        queries.require(
            person, "draft", Entry(office_id=0)
        )  # refused, with the rule's sentence
    form = LetterForm(
        request.POST or None,
        offices=mine,
        batches=queries.batches_for(person) if outgoing else (),
        outgoing=outgoing,
        initial={"dated_on": clock.today(), **_answering(asked)},
    )
    if request.method == "POST" and form.is_valid():
        made = verb(form.register, form.facts() | {"answers": asked}, by=person, at=clock.now())
        messages.success(request, _told(made))
        return redirect("correspondence:entry", pk=made.pk)
    context = {"form": form, "outgoing": outgoing, "asked": asked, "crumbs": _crumbs()}
    status = 422 if form.errors else 200
    return render(request, "correspondence/write.html", context, status=status)


def _told(made: Entry) -> str:
    if made.direction == "out":
        return gettext("The draft is kept. It gets its number when it is sent.")
    return gettext("Registered as %(number)s.") % {"number": made.written_number}


def numbering(request: HttpRequest) -> HttpResponse:
    """Show how one's offices write their numbers, and change it from a day on."""
    person, today = _who(request), clock.today()
    mine = queries.own_offices(person)
    if not mine:
        queries.require(person, "set_style", Entry(office_id=0))  # refused, with its sentence
    start = {"valid_from": today, "direction": Direction.OUT}
    form = NumberingForm(request.POST or None, offices=mine, today=today, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_style(form.register, **form.facts(), by=person, at=clock.now())
        except actions.TooEarly as error:
            words = gettext("The present way begins on %(day)s; choose a later day.")
            form.add_error("valid_from", words % {"day": day_words(error.since)})
        else:
            messages.success(request, gettext("Numbers are written this way from that day on."))
            return redirect("correspondence:numbering")
    context = {
        "styles": queries.styles_for(person),
        "form": form,
        "crumbs": _crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "correspondence/numbering.html", context, status=status)


def _asked(request: HttpRequest) -> Entry | None:
    """Find the letter that a draft answers, named in the address."""
    number = request.GET.get("answers", "")
    rows = queries.entries_for(_who(request)).filter(direction="in")
    return (
        rows.filter(pk=number).first()
        if number.isdecimal() and len(number) <= LONGEST
        else None
    )


def _answering(asked: Entry | None) -> dict[str, object]:
    if asked is None:
        return {}
    other = asked.counterpart.code if asked.counterpart else asked.counterpart_name
    subject = gettext("Re: %(subject)s") % {"subject": asked.subject}
    return {"office": str(asked.office_id), "counterpart": other, "subject": subject[:200]}


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter of the register: what it says, what is due, what was enclosed, its answer."""
    return _show(request, _find(request, pk), FileForm())


def _show(request: HttpRequest, shown: Entry, form: FileForm) -> HttpResponse:
    person = _who(request)
    out, may_change = shown.direction == "out", queries.may(person, "change", shown)
    is_draft = shown.state == State.DRAFTED
    context = {
        "entry": shown,
        "tone": TONES.get(State(shown.state), ""),
        "is_late": shown.state in WAITS and bool(shown.due_at and shown.due_at < clock.now()),
        "moves": queries.moves_for(person, shown),
        "attachments": queries.attachments_of(person, shown),
        "answers": queries.answers_to(person, shown),
        "approval": box(person, shown.key, clock.today()) if out and is_draft else None,
        "may_change": is_draft and may_change,
        "may_attach": may_change and (is_draft or not out),
        "may_answer": not out and may_change and shown.state in WAITS,
        "form": form,
        "crumbs": _crumbs(),
    }
    return render(
        request, "correspondence/entry.html", context, status=422 if form.errors else 200
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    person, shown = _who(request), _find(request, pk)
    queries.require(person, "change", shown)
    form = LetterForm(
        request.POST or None,
        offices=[shown.office],
        batches=queries.batches_for(person),
        outgoing=True,
        initial=initial_of(shown),
    )
    if request.method == "POST" and form.is_valid():
        actions.change(shown, form.facts(), by=person, at=clock.now())
        messages.success(request, gettext("The draft is changed."))
        return redirect("correspondence:entry", pk=pk)
    context = {"form": form, "outgoing": True, "entry": shown, "crumbs": _crumbs()}
    status = 422 if form.errors else 200
    return render(request, "correspondence/write.html", context, status=status)


def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Enclose a file."""
    person, shown = _who(request), _find(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    queries.require(person, "attach", shown)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.attach(shown, file.name, file.read(), by=person, at=clock.now())
        except actions.NotTaken as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, gettext("The file is enclosed."))
            return redirect("correspondence:entry", pk=pk)
    return _show(request, shown, form)


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a file over, never to be opened inside the page."""
    file: Attachment = get_object_or_404(queries.attachments_for(_who(request)), pk=pk)
    answer = HttpResponse(bytes(file.data), content_type=file.media_type)
    answer.headers["Content-Disposition"] = _disposition(file.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _disposition(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who answers a letter."""
    person, shown = _who(request), _find(request, pk)
    queries.require(person, "assign", shown)
    people = queries.colleagues(shown)
    form = AnswererForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = {str(one.pk): one for one in people}[form.cleaned_data["answerer"]]
        actions.assign(shown, answerer=chosen, by=person, at=clock.now())
        messages.success(request, gettext("It is settled who answers."))
        return redirect("correspondence:entry", pk=pk)
    context = {"form": form, "entry": shown, "crumbs": _crumbs()}
    status = 422 if form.errors else 200
    return render(request, "correspondence/assign.html", context, status=status)


def _move(verb: Callable[..., None], told: Words) -> Callable[[HttpRequest, int], HttpResponse]:
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        found = _find(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verb(found, by=_who(request), at=clock.now())
        messages.success(request, str(told))
        return redirect("correspondence:entry", pk=pk)

    return press


send = _move(actions.send, _("Sent, under the next number of the register."))
answer = _move(actions.answer, _("Noted as answered."))
close = _move(actions.close, pgettext_lazy("letter", "Closed."))
discard = _move(actions.discard, _("The draft is thrown away."))
