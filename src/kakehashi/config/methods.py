"""A wrong method tells nothing: whether one may know of a thing is asked before how one asked."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse


class SightBeforeMethod:
    """Answer a wrong method with 404 wherever GET would.

    A page that only shows refuses POST before it looks for the thing.  It is asked again as by GET;
    405 stands only where that finds something.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; look again before telling that the method is wrong."""
        response = self.get_response(request)
        refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        match = request.resolver_match
        if not refused or match is None or "GET" not in response.get("Allow", ""):
            return response
        method, request.method = request.method, "GET"
        try:
            match.func(request, *match.args, **match.kwargs)
        except Http404 as missing:
            return response_for_exception(request, missing)
        except Exception:  # noqa: BLE001 -- whatever GET says of a thing that is there, 405 is true
            return response
        finally:
            request.method = method
        return response
