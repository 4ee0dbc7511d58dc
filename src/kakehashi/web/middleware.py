"""Turn an empty refusal into a page that says what happened and what to do next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from kakehashi.web.views import problem


class Problems:
    """Answer 405 with a page; Django leaves it empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and draw the page where the answer is an empty 405."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            drawn = problem(request, response.status_code)
            drawn["Allow"] = response["Allow"]
            return drawn
        return response
