"""How these tests look at pages."""

from typing import Protocol

from django.test import Client
from django.urls import reverse

from kakehashi.directory.models import Person

NOBODY = 999_999  # the number of nothing


class Page(Protocol):
    @property
    def content(self) -> bytes: ...


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"recruitment:{name}", args=args)


def text(page: Page) -> str:
    return page.content.decode()
