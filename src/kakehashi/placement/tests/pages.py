"""How the tests of pages ask for one: as somebody, by the name of its address."""

from django.test import Client
from django.urls import reverse

from kakehashi.directory.models import Person


def at(name: str, *args: object) -> str:
    """Give the address of a page of placement."""
    return reverse(f"placement:{name}", args=args)


def as_(person: Person) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(person)
    return client


def status(person: Person, name: str, *args: object) -> int:
    """Say how a page answers somebody."""
    return as_(person).get(at(name, *args)).status_code


def read(person: Person, name: str, *args: object) -> str:
    """Give the page as somebody reads it."""
    answer = as_(person).get(at(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()
