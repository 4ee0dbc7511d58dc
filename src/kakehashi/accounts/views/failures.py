"""Sign-ins that failed, and the accounts that are locked because of them."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.accounts import queries
from kakehashi.accounts.policy import policy
from kakehashi.accounts.views.devices import who
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

LATELY: dict[str, tuple[Words, timedelta]] = {
    "day": (_("The last 24 hours"), timedelta(days=1)),
    "week": (_("The last seven days"), timedelta(days=7)),
}


@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """List the sign-ins that failed, the newest first."""
    person = who(request)
    policy.require(person, "list_failures", None)
    return show(request, "accounts/failures.html", failure_listing(person, at=clock.now()))


@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """List the accounts that are locked now."""
    person = who(request)
    policy.require(person, "list_failures", None)
    return show(request, "accounts/locked.html", locked_listing(person, at=clock.now()))


def failure_listing(person: Person, *, at: datetime) -> Listing:
    """List the sign-ins that failed, as far as one may know of them."""
    return Listing(
        columns=(
            Column(
                name="at",
                label=_("When"),
                value=lambda row: row.at,
                sort=("at",),
                kind="moment",
                head=True,
            ),
            Column(
                name="account",
                label=_("Account"),
                value=lambda row: row.person or _("No account has the address"),
                link=lambda row: (
                    reverse("directory:person", args=[row.person_id]) if row.person_id else ""
                ),
                sort=("person__family_name", "person__given_name"),
            ),
        ),
        rows=queries.failures_for(person),
        order=("-at", "-pk"),
        caption=_("Sign-ins that failed, newest first"),
        empty=_("No sign-in has failed."),
        filters=(
            Filter(
                name="since",
                label=_("When"),
                apply=lambda rows, value: rows.filter(at__gt=at - LATELY[value][1]),
                choices=lambda: [(name, label) for name, (label, _span) in LATELY.items()],
            ),
        ),
    )


def locked_listing(person: Person, *, at: datetime) -> Listing:
    """List the accounts that are locked, as far as one may know of them."""
    return Listing(
        columns=(
            Column(
                name="name",
                label=_("Name"),
                value=str,
                link=page_of("directory:person"),
                sort=("family_name", "given_name"),
                head=True,
            ),
            Column(
                name="failures",
                label=_("Failed sign-ins"),
                value=lambda row: row.failures,
                kind="number",
            ),
            Column(
                name="failed_at",
                label=_("The last"),
                value=lambda row: row.failed_at,
                sort=("failed_at",),
                kind="moment",
            ),
        ),
        rows=queries.locked_for(person, at=at),
        order=("-failed_at", "pk"),
        caption=_("Accounts locked now"),
        empty=_("No account is locked."),
    )
