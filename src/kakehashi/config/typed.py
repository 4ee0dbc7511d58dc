"""Nothing typed is lost when a sign-in ends: it is kept for whoever typed it, and put back.

Who typed a form is told by the token in it.  A cookie of ours, signed, remembers for this browser
which person each token was given to; so a form of one person is never shown to the next.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.middleware.csrf import (  # type: ignore[attr-defined]  # Django has no public way to ask whose token it is
    _unmask_cipher_token as unmasked,
)
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from kakehashi.accounts.actions import keep_text, text_of, throw_away
from kakehashi.accounts.queries import kept_text, person_numbered
from kakehashi.config.middleware import OPEN
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.web import leave_for
from kakehashi.web import views
from kakehashi.web.refill import refill

COOKIE = "typist"
SALT = "kakehashi.config.typed"
REMEMBERED = 3  # sign-ins of one browser
MONTH = 60 * 60 * 24 * 30
KEPT = "kept"


class KeepsTyped:
    """Keep what a signed-out person sends; fill the form again when they are back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; put kept text into its form, and forget what has been sent."""
        kept = _asked_for(request)
        if kept:
            messages.warning(
                request,
                gettext(
                    "Your sign-in had ended while you were typing. What you typed is here again; "
                    "it has not been sent yet. Files must be chosen again."
                ),
            )
        response = self.get_response(request)
        if kept and isinstance(request.user, Person):
            response = _filled(request, response, kept)
        _forget_sent(request, response)
        _remember_typist(request, response)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: Any,  # noqa: ANN401 -- Django's signature
        _kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> HttpResponse | None:
        """Keep what comes from somebody who is signed out, before they are sent to sign in."""
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if getattr(request, "htmx", False):
            return leave_for(request, _sign_in(_page_of(request)))
        if request.method != "POST":
            return None
        person = typist(request, request.META.get("CSRF_COOKIE"))
        page = person and keep(request, person)
        return redirect_to_login(page) if page else None


def keep(request: HttpRequest, person: Person) -> str:
    """Keep a form for whoever typed it; gives the page that shows it again, or nothing."""
    if getattr(view_of(request), "sealed", False) or request.path.startswith(OPEN):
        return ""
    typed = [(name, request.POST.getlist(name)) for name in request.POST]
    page = _page_of(request)
    at = clock.now()  # house: looks_at_the_clock -- around every page: a door
    row = keep_text(person, typed, page=page, action=request.path, at=at)
    if row is None:
        return ""
    parts = urlsplit(page)
    query = "&".join(filter(None, [parts.query, urlencode({KEPT: row.pk})]))
    return f"{parts.path}?{query}"


def view_of(request: HttpRequest) -> object:
    """Say which page a form was sent to."""
    return request.resolver_match.func if request.resolver_match else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token no longer holds: whoever typed it gets it back, nobody else."""
    person = typist(request, secret_of(request)) if came_from_here(request) else None
    page = person and keep(request, person)
    if not page or (request.user.is_authenticated and request.user != person):
        return views.csrf_failure(request, reason)
    return leave_for(request, page if request.user.is_authenticated else _sign_in(page))


def typist(request: HttpRequest, secret: str | None) -> Person | None:
    """Say to whom the token of a form was given, as this browser's cookie remembers."""
    if not secret:
        return None
    number = _typists(request).get(_mark(secret))
    return person_numbered(number) if number else None


def secret_of(request: HttpRequest) -> str | None:
    """Read the secret behind the token a form came with."""
    token = str(request.POST.get("csrfmiddlewaretoken", ""))
    if len(token) != CSRF_TOKEN_LENGTH or not token.isalnum():
        return None
    return str(unmasked(token))


def came_from_here(request: HttpRequest) -> bool:
    """Say whether the browser says that a page of ours sent this form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _page_of(request: HttpRequest) -> str:
    """Give the page on which something was typed: where the browser came from, if it is ours."""
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(told)
    if parts.netloc != request.get_host():
        return request.path
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _sign_in(page: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': page})}"


def _asked_for(request: HttpRequest) -> Any:  # noqa: ANN401 -- a kept text or nothing
    asked = request.GET.get(KEPT, "")
    person = request.user if asked.isdecimal() and request.method == "GET" else None
    return kept_text(person, int(asked)) if isinstance(person, Person) else None


def _filled(request: HttpRequest, response: HttpResponse, kept: Any) -> HttpResponse:  # noqa: ANN401 -- a kept text
    """Fill the form on the page; where it is not there, lead to the words alone."""
    kind = response.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/html") or response.status_code >= 300:  # noqa: PLR2004 -- a redirect or an error is no page with the form
        return leave_for(request, reverse("accounts:kept", args=[kept.pk]))
    try:
        page = refill(
            response.content.decode(response.charset),
            dict(text_of(kept)),
            address=request.path,
            action=kept.action,
        )
    except LookupError:
        return leave_for(request, reverse("accounts:kept", args=[kept.pk]))
    response.content = page.encode(response.charset)
    response["Cache-Control"] = "no-store"
    request.session[KEPT] = [kept.pk, kept.action]
    return response


def _forget_sent(request: HttpRequest, response: HttpResponse) -> None:
    """Forget a kept text once its form has been sent and taken."""
    if request.method != "POST" or not isinstance(request.user, Person):
        return
    number, action = request.session.get(KEPT, [0, ""])
    if action != request.path or response.status_code not in {302, 303}:
        return
    del request.session[KEPT]
    if kept := kept_text(request.user, number):
        at = clock.now()  # house: looks_at_the_clock -- around every page: a door
        throw_away(kept, by=request.user, at=at)


def _typists(request: HttpRequest) -> dict[str, int]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MONTH)
    except signing.BadSignature:
        return {}
    return {str(mark): int(number) for mark, number in kept}


def _mark(secret: str) -> str:
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:20]


def _remember_typist(request: HttpRequest, response: HttpResponse) -> None:
    """Remember in this browser to whom the tokens of its forms are given."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret or not isinstance(request.user, Person):
        return
    known, mark = _typists(request), _mark(secret)
    if known.get(mark) == request.user.pk:
        return
    newest = [(mark, request.user.pk), *(one for one in known.items() if one[0] != mark)]
    response.set_cookie(
        COOKIE,
        signing.dumps(newest[:REMEMBERED], salt=SALT),
        max_age=MONTH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
