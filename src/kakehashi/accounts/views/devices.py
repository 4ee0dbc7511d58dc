"""Where one is signed in: one's own sign-ins, and ending them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.accounts import actions, queries
from kakehashi.directory.models import Person
from kakehashi.kernel import clock


def who(request: HttpRequest) -> Person:
    """Say who asks."""
    return cast("Person", request.user)


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """List where one is signed in, this place first."""
    here = request.session.session_key
    rows = list(queries.devices_of(who(request), at=timezone.now()))
    rows.sort(key=lambda row: row.session != here)
    context = {"devices": rows, "session": here, "others": len(rows) - 1}
    return render(request, "accounts/devices.html", context)


def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    """End one sign-in; ending this one signs out."""
    device = get_object_or_404(queries.devices_of(who(request), at=timezone.now()), pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    here = device.session == request.session.session_key
    actions.end_device(device, by=who(request), at=clock.now())
    if here:
        logout(request)
        return redirect("account_login")
    messages.success(request, gettext("That device is signed out."))
    return redirect("accounts:devices")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every other sign-in."""
    here = str(request.session.session_key)
    count = actions.end_others(who(request), but=here, by=who(request), at=clock.now())
    words = ngettext(
        "One other device is signed out.", "%(n)s other devices are signed out.", count
    )
    messages.success(request, words % {"n": count})
    return redirect("accounts:devices")
