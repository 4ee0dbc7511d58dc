import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch
from django.views.decorators.http import require_POST, require_safe

from kakehashi.config.methods import SightBeforeMethod
from kakehashi.directory.models import Person


@require_safe
def shows(_request: HttpRequest, pk: int) -> HttpResponse:
    if pk == 3:
        raise PermissionDenied
    if pk != 1:
        raise Http404
    return HttpResponse("here it is")


@require_POST
def moves(_request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(f"moved {pk}")


@pytest.mark.parametrize(
    ("view", "method", "pk", "status"),
    [
        (shows, "GET", 1, 200),
        (shows, "POST", 1, 405),
        (shows, "POST", 2, 404),
        (shows, "POST", 3, 405),
        (moves, "GET", 2, 405),
        (moves, "POST", 2, 200),
    ],
)
def test_a_wrong_method_is_told_only_where_there_is_something(
    view: object, method: str, pk: int, status: int
) -> None:
    request = RequestFactory().generic(method, "/")
    request.resolver_match = ResolverMatch(view, (), {"pk": pk})  # type: ignore[arg-type]  # a view
    answer = SightBeforeMethod(lambda asked: view(asked, pk=pk))(request)  # type: ignore[operator]  # a view
    assert (answer.status_code, request.method) == (status, method)


@pytest.mark.django_db
def test_a_page_one_may_not_know_of_is_missing_whatever_the_method() -> None:
    client = Client()
    client.force_login(Person.objects.create_user("somebody@example.org"))

    answers = [client.generic(method, "/outbox/99999/") for method in ("GET", "POST")]
    answers += [
        client.generic(method, "/directory/people/99999/") for method in ("GET", "POST")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
