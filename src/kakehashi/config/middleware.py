"""What happens around every page: sign-in first, and the reader's own language."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

OPEN = ("/account/", "/static/", "/healthz", "/language/", "/theme/")


class SignInFirst:
    """Send the signed-out to sign-in from every unknown address too.

    So nobody without an account learns which addresses exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address nobody knows asks for sign-in."""
        response = self.get_response(request)
        unknown = response.status_code == HTTPStatus.NOT_FOUND and not request.resolver_match
        if unknown and not request.path.startswith(OPEN) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return response


class ReadersLanguage:
    """Speak the language a person chose in an earlier visit, until they choose here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on in the reader's language.

        The reader is read here for the whole request: behind Django's lazy stand-in, every look at
        them would go through a proxy, some hundred times a page.
        """
        if isinstance(request.user, SimpleLazyObject):  # else the sign-in has just ended
            request.user = get_user(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if not chosen and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or "en"
        return self.get_response(request)
