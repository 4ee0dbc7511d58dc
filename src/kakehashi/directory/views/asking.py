"""What the directory's small forms have in common: shown, judged, done, or shown again."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from kakehashi.directory import actions, queries
from kakehashi.directory.models import Office, Person
from kakehashi.kernel.words import Words, _
from kakehashi.web.components import Crumb

FAULTS = (
    actions.StalePage,
    actions.ThereAlready,
    actions.NotACooperative,
    actions.NotTheirs,
    actions.SupervisedAlready,
    actions.CannotMerge,
)


def who(request: HttpRequest) -> Person:
    """Give the person who asks."""
    return cast("Person", request.user)


def office_or_404(request: HttpRequest, pk: int, action: str) -> Office:
    """Find an office, and refuse with the rule's sentence who may not do this to it."""
    person = who(request)
    shown: Office = get_object_or_404(queries.offices_for(person), pk=pk)
    queries.require(person, action, shown)
    return shown


def crumbs_of(office: Office) -> list[Crumb]:
    """Lead back to the office."""
    return [
        Crumb(label=_("Offices"), url=reverse("directory:offices")),
        Crumb(label=str(office), url=reverse("directory:office", args=[office.pk])),
    ]


def ask(  # noqa: PLR0913 -- a page is its form, its words and what follows
    request: HttpRequest,
    form: forms.Form,
    office: Office,
    *,
    title: Words,
    lede: Words,
    act: Callable[[], object],
    done: Words,
    gloss: str = "",
) -> HttpResponse:
    """Show a form; when it is sent and whole, act, say so, and go back to the office.

    What stands against it is said above the form, and nothing typed is lost.
    """
    if request.method == "POST" and form.is_valid() and _did(form, act):
        messages.success(request, str(done))
        return redirect("directory:office", pk=office.pk)
    context = {
        "form": form,
        "office": office,
        "title": title,
        "lede": lede,
        "gloss": gloss,
        "crumbs": crumbs_of(office),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "directory/form.html", context, status=status)


def _did(form: forms.Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except FAULTS as error:
        form.add_error(None, str(error))
        return False
    return True
