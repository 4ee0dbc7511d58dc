"""Getting and posting pages as somebody."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kakehashi.directory.models import Person


def url(name: str, *args: object) -> str:
    return reverse(f"selection:{name}", args=args)


def get(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status, address
    return str(answer.content.decode())


def post(
    client: Client, person: Person, address: str, status: int = 302, **data: object
) -> HttpResponse:
    client.force_login(person)
    answer = client.post(address, data, headers={"Accept-Language": "en"})
    assert answer.status_code == status, address
    return answer  # type: ignore[return-value]  # the test client's own kind of answer
