"""Tables in and out: a file is kept as a draft, understood, mended, confirmed, and taken back."""

from typing import IO, cast

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.home import actions, queries
from kakehashi.home.forms import Table
from kakehashi.home.views import sent
from kakehashi.home.views.drafts import preview
from kakehashi.kernel import clock, imports
from kakehashi.kernel.bringing import TouchedSince, named
from kakehashi.kernel.imports import EXPORTS, IMPORTS, Choices, Faulty, ImportKind
from kakehashi.kernel.models import Upload, UploadState
from kakehashi.kernel.workbooks import XLSX
from kakehashi.web.listing import show


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables this person may bring and take, and what they sent that still waits."""
    person = _person(request)
    waiting = queries.uploads_for(person).filter(state=UploadState.DRAFT)
    context = {
        "imports": queries.imports_for(person),
        "exports": queries.exports_for(person),
        "waiting": waiting.defer("data", "known")[:10],
        "labels": {name: kind.label for name, kind in IMPORTS.items()},
    }
    return render(request, "home/tables.html", context)


def bring_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file and keep it as a draft; what is no table at all is answered at once."""
    this, person, at = _kind(request, kind), _person(request), clock.now()
    form = Table(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"kind": this, "form": form}
    if request.method != "POST":
        context["form"] = Table()
        return render(request, "home/bring.html", context)
    if not form.is_valid():
        return render(request, "home/bring.html", context, status=422)
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        imports.read_grids(data)
    except imports.Unreadable as error:
        context |= {"refused": error, "file": file.name}
        return render(request, "home/bring.html", context, status=422)
    known = Choices(mapping=queries.remembered(person, this.name))
    kept = actions.keep_upload(this.name, file.name, data, by=person, at=at, choices=known)
    return redirect("home:upload", pk=kept.pk)


@require_safe
def take_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a table as a workbook with `?format=xlsx`, else as CSV."""
    this = EXPORTS.get(kind)
    if this is None or this not in queries.exports_for(_person(request)):
        raise Http404
    if request.GET.get("format") == "xlsx":
        file = imports.send_workbook(this, by=_person(request))
        return _workbook(file, f"{kind}.xlsx")
    data = imports.send(this, by=_person(request))
    return _attached(HttpResponse(data, content_type="text/csv"), f"{kind}.csv")


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the empty workbook of a kind, with an example, notes and lists to choose from."""
    this = _kind(request, kind)
    return _workbook(imports.template(this), f"{kind}-template.xlsx")


@require_safe
def uploads(request: HttpRequest) -> HttpResponse:
    """Show what I sent: what waits, what was written, what was undone."""
    rows = queries.uploads_for(_person(request)).defer("data", "known", "mapping")
    return show(request, "home/uploads.html", sent.uploads(rows))


@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one table: how it was understood and what it would do, or what it did."""
    row = _upload(request, pk)
    return _page(request, row)


@require_safe
def upload_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw only how far the writing is; the page asks again while a worker writes."""
    row = _upload(request, pk)
    answer = render(request, "home/upload.html#card", _going_on(row))
    if row.state != UploadState.QUEUED:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
def wrong_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the faulty rows alone, each with what is wrong, to be mended and sent again."""
    row = _upload(request, pk)
    if row.state != UploadState.DRAFT:
        raise Http404
    found = actions.read_upload(row, by=_person(request), at=clock.now())
    stem = row.name.rpartition(".")[0] or row.name
    return _workbook(imports.wrong_rows(found), f"{stem}-{gettext('to-mend')}.xlsx")


def map_headings(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the table as its sender says, and show it anew."""
    row = _upload(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = request.POST
    meant = zip(said.getlist("heading"), said.getlist("meaning"), strict=False)
    mapping = actions.meanings(
        IMPORTS[row.kind], {heading: name for heading, name in meant if name}
    )
    head = said.get("head", "")
    choices = Choices(
        sheet=said.get("sheet", row.sheet)[:200],
        head=int(head) - 1
        if head.isdecimal() and 0 < int(head[:6]) < imports.MOST_ROWS
        else None,
        mapping=mapping,
        mend=said.get("mend") == "on",
    )
    actions.map_headings(row, choices, by=_person(request), at=clock.now())
    return redirect("home:upload", pk=pk)


def write_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the table that was shown; a large one is handed to a worker."""
    row, person, at = _upload(request, pk), _person(request), clock.now()
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kind = IMPORTS[row.kind]
    if not row.seen or request.POST.get("seen") != row.seen:
        return _look_again(request, row)
    if row.rows > actions.LARGE:
        actions.queue_upload(kind, row, by=person, at=at)
        return redirect("home:upload", pk=pk)
    try:
        count = actions.write_upload(kind, row, by=person, at=at)
    except (Faulty, actions.NotAsSeen):
        return _look_again(request, row)
    if count is not None:
        messages.success(request, gettext("%(count)s rows were written.") % {"count": count})
    return redirect("home:upload", pk=pk)


def stop_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker not to write the table."""
    row = _upload(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.stop_upload(row, at=clock.now())
    messages.success(request, gettext("It was stopped. If it was written already, undo it."))
    return redirect("home:upload", pk=pk)


def undo_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what the table wrote, or say which later deeds stand in the way."""
    row, at = _upload(request, pk), clock.now()
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        count = actions.undo_upload(IMPORTS[row.kind], row, by=_person(request), at=at)
    except TouchedSince as error:
        row.refresh_from_db()
        return _page(request, row, touched=named(error.things), more=len(error.things) - 10)
    messages.success(request, gettext("Undone: %(count)s records.") % {"count": count})
    return redirect("home:upload", pk=pk)


def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = _upload(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.throw_away(row)
    messages.success(request, gettext("The file was thrown away. Nothing was written."))
    return redirect("home:tables")


def _kind(request: HttpRequest, name: str) -> ImportKind:
    this = IMPORTS.get(name)
    if this is None or this not in queries.imports_for(_person(request)):
        raise Http404
    return this


def _upload(request: HttpRequest, pk: int) -> Upload:
    row = get_object_or_404(queries.uploads_for(_person(request)), pk=pk)
    _kind(request, row.kind)
    return row


def _look_again(request: HttpRequest, row: Upload) -> HttpResponse:
    """Find out anew what the table would do, and say that it is no longer what was shown."""
    row.refresh_from_db()
    if row.state == UploadState.DRAFT:
        actions.look(row, by=_person(request), at=clock.now())
        words = gettext(
            "The records changed since you looked. This is what the table would do now."
        )
        messages.warning(request, words)
    return redirect("home:upload", pk=row.pk)


def _page(request: HttpRequest, row: Upload, **more: object) -> HttpResponse:
    context: dict[str, object] = {**_going_on(row), **more}
    if row.state == UploadState.DRAFT:
        found = actions.read_upload(row, by=_person(request), at=clock.now())
        context |= preview(row, found)
    status = 409 if more else 200
    return render(request, "home/upload.html", context, status=status)


def _going_on(row: Upload) -> dict[str, object]:
    run = row.run
    return {
        "upload": row,
        "kind": IMPORTS[row.kind],
        "run": run,
        "share": round(100 * run.done / run.total) if run and run.total else 0,
    }


def _workbook(file: IO[bytes], name: str) -> HttpResponse:
    with file:
        return _attached(HttpResponse(file.read(), content_type=XLSX), name)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    """Let a browser keep the file under this name, and no cache keep it at all."""
    answer["Content-Disposition"] = str(content_disposition_header(True, name))
    answer["Cache-Control"] = "no-store"
    return answer
