"""What every view needs: which part of a page to draw, how to leave, how to refuse."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from kakehashi.kernel.lifecycle import MoveNotAllowed


def part(request: HttpRequest, template: str, name: str) -> str:
    """Pick the named partial for htmx, the whole page for everyone else."""
    return f"{template}#{name}" if getattr(request, "htmx", False) else template


def leave_for(request: HttpRequest, address: str) -> HttpResponse:
    """Send the reader to another page, with or without htmx."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def sealed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page on which sealed words are typed: they are never kept aside in the clear."""
    view.sealed = True  # type: ignore[attr-defined]  # a mark on a function
    return view


class RefusalMiddleware:
    """Turn a move that is no longer possible into a 409 page that says what happened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 409 when the state changed between showing and pressing the button."""
        if isinstance(error, MoveNotAllowed):
            return render(request, "409.html", {"why": str(error)}, status=409)
        return None
