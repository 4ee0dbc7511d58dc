"""The demo's page: who there is to be, and the button to be them."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kakehashi.demo import queries
from kakehashi.demo.actions import enter_as
from kakehashi.demo.policy import scene
from kakehashi.kernel import clock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
def accounts(request: HttpRequest) -> HttpResponse:
    """List the demo's accounts; elsewhere there is no such page."""
    here = scene()
    if here is None:
        raise Http404
    link = here.reference_token and reverse(
        "recruitment:write_reference", args=[here.reference_token]
    )
    context = {"scene": here, "people": queries.cast(), "reference": link}
    return render(request, "demo/accounts.html", context)


@login_not_required
def real(request: HttpRequest) -> HttpResponse:
    """Say what of the demo is real, and where its figures come from; elsewhere no such page."""
    here = scene()
    if here is None:
        raise Http404
    context = {"scene": here, "tables": queries.tables(people=here.people)}
    return render(request, "demo/real.html", context)


@login_not_required
def sign_in_as(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in as one of the demo's accounts, without its password."""
    person = queries.player(slug) if scene() else None
    if person is None or request.method != "POST":
        raise Http404
    enter_as(person, at=clock.now())
    login(request, person, backend=BACKEND)
    return redirect("home:today")
