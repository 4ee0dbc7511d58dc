"""The pages that belong to no part of the programme: language, theme, components, and problems."""

import logging
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kakehashi.kernel.words import Words
from kakehashi.web import samples, saved
from kakehashi.web.navigation import THEME_COOKIE, THEMES, tell_language

YEAR = 60 * 60 * 24 * 365
log = logging.getLogger("kakehashi.web")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in the other language, on the same page; a signed-in person's choice is kept."""
    response = back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if request.user.is_authenticated and hasattr(request.user, "language"):
            tell_language(request.user, chosen)
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark, or what the device says; a signed-in person's choice is kept."""
    response = back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        _remember(response, THEME_COOKIE, chosen)
        if request.user.is_authenticated:
            saved.choose(request.user, theme=chosen)
    return response


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; the accessibility tests walk this page."""
    return render(request, "web/components.html", samples.everything())


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say how the pages work, and whom to ask."""
    contact = str(getattr(settings, "KAKEHASHI_CONTACT", ""))
    return render(request, "web/help.html", {"contact": contact})


def back(request: HttpRequest) -> HttpResponse:
    """Return to the page the reader came from; never to another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def problem(request: HttpRequest, status: int, why: Words = "") -> HttpResponse:
    """Answer with the page for this status (400, 403, 405, 409, 500, 503) and its reference number.

    `why` says what would have been allowed; it is shown as text.  The reference number is
    logged beside the status, never with what was asked or by whom.
    """
    reference = str(getattr(request, "reference", "") or new_reference())
    log.warning("reference %s: answered %s", reference, status)
    return _page(f"{status}.html", status, reference=reference, why=why)


def new_reference() -> str:
    """Make a number that a reader can read out on the telephone: `K7QF-2MXD`."""
    letters = "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's shape of handler400; the reason may quote what was sent
    """Answer 400: the browser sent something no page of ours would send."""
    return problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the sentence of the rule that would have allowed it."""
    return problem(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's shape of handler404; one page for every reason
    """Answer 404 with one and the same page for everyone, whatever is not there or not theirs."""
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database, which may be the thing that failed."""
    return problem(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's shape of CSRF_FAILURE_VIEW; the reason helps only an attacker
    """Answer 403 to a form that was open too long or came from elsewhere."""
    reference = str(getattr(request, "reference", "") or new_reference())
    log.warning("reference %s: answered 403 (csrf)", reference)
    return _page("403_csrf.html", 403, reference=reference)


def _page(template: str, status: int, **words: object) -> HttpResponse:
    """Draw without the request: no session, no query, nothing personal."""
    contact = str(getattr(settings, "KAKEHASHI_CONTACT", ""))
    page = loader.render_to_string(template, {**words, "contact": contact})
    return HttpResponse(page, status=status)
