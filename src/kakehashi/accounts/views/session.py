"""How long a sign-in lasts, and whether a second factor is due: kept in the session itself.

Real time, not the system's own: every process of one system shares it, and a demo's jumps.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kakehashi.accounts import actions
from kakehashi.accounts.queries import value_of
from kakehashi.accounts.rules import RuleCode
from kakehashi.directory.models import Person
from kakehashi.kernel import clock

SEEN_EVERY = 15 * 60  # seconds between two notes that a sign-in is used
SEEN, UNTIL, DUE, KEY = "seen", "stay_until", "second_factor_by", "device"


@receiver(user_logged_in)
def begin(request: HttpRequest, user: Person, **_facts: object) -> None:
    """Write down that a sign-in has begun here, and whether a second factor is missing."""
    if request.session.session_key is None:
        request.session.create()
    key = str(request.session.session_key)
    agent = request.META.get("HTTP_USER_AGENT", "")
    actions.begin(user, session=key, agent=agent, at=timezone.now())
    request.session[KEY] = key
    renew(request, user)


@receiver(user_login_failed)
def fail(credentials: Mapping[str, object], **_facts: object) -> None:
    """Write down that a password did not fit."""
    actions.note_failure(str(credentials.get("email", "")), at=clock.now())


@receiver(user_logged_out)
def forget(request: HttpRequest, **_facts: object) -> None:
    """Forget a sign-in that its owner has ended."""
    if key := request.session.session_key:
        actions.forget(key)


@receiver([password_changed, password_set, password_reset])
def end_elsewhere(request: HttpRequest, user: Person, **_facts: object) -> None:
    """End every other sign-in when the password has changed."""
    actions.count_anew(user)
    follow(request)
    here = str(request.session.session_key) if request.user.is_authenticated else ""
    actions.end_others(user, but=here, by=user, at=clock.now())


def follow(request: HttpRequest) -> None:
    """Keep the sign-in's row with it where its session was given another number."""
    before, now = request.session.get(KEY), request.session.session_key
    if before and now and before != now:
        actions.rename(before, now)
        request.session[KEY] = now


def renew(request: HttpRequest, person: Person) -> None:
    """Let the sign-in last from now on, and ask anew whether a second factor is missing."""
    now = int(time.time())
    minutes = value_of(RuleCode.SESSION_MINUTES, at=clock.now())
    request.session[SEEN] = now
    request.session[UNTIL] = now + minutes * 60 + SEEN_EVERY
    look_at_factor(request, person)


def look_at_factor(request: HttpRequest, person: Person) -> None:
    """Ask whether a second factor is missing, and keep the answer with the session."""
    due = actions.factor_due(person, at=clock.now())
    if due is None:
        request.session.pop(DUE, None)
    else:
        request.session[DUE] = due.isoformat()


def factor_due(request: HttpRequest) -> datetime | None:
    """Say until when this person must have a second factor, as the session remembers it."""
    kept = request.session.get(DUE)
    return parse_datetime(kept) if isinstance(kept, str) else None


def left(request: HttpRequest) -> int | None:
    """Say for how many seconds this sign-in still lasts; None where it ends with no pause."""
    until = request.session.get(UNTIL)
    if until is None or not request.session.get_expire_at_browser_close():
        return None
    return int(until) - int(time.time())


def is_stale(request: HttpRequest) -> bool:
    """Say whether it is time to note that this sign-in is used."""
    return int(time.time()) - int(request.session.get(SEEN, 0)) > SEEN_EVERY


def note(request: HttpRequest, person: Person) -> None:
    """Note that this sign-in is used."""
    actions.see(str(request.session.session_key), at=timezone.now())
    renew(request, person)


def presence(request: HttpRequest) -> HttpResponse:
    """Tell for how long one is still signed in; POST stays."""
    if request.method == "POST":
        note(request, cast("Person", request.user))
        if request.headers.get("Accept") != "application/json":
            return redirect("home:today")
    return JsonResponse({"left": left(request)})
