"""Every number on everybody's first page leads to its list, and the list has just as many."""

from collections.abc import Iterator

import pytest
from django.test import Client

from kakehashi.demo.rules import BY_SLUG
from kakehashi.directory.models import Person
from kakehashi.web.dates import number_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year")]


def numbers(client: Client) -> Iterator[tuple[str, int]]:
    """Read every number of today's page, with where it leads."""
    page = client.get("/").context
    for line in (*page["tasks"], *page["waits"]):
        if line.work.count is not None:
            yield line.work.url, line.work.count
    for figure in page.get("figures", ()):
        yield figure.url, figure.value


def shown(client: Client, url: str, number: int) -> bool:
    """Say whether a page shows this number: as the length of its list, or in its words."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    if "page" in answer.context:
        return bool(answer.context["page"].paginator.count == number)
    return number_words(number) in answer.content.decode()


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_every_number_of_home_equals_its_list(slug: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(email=BY_SLUG[slug].email))
    found = list(numbers(client))

    assert [(url, n) for url, n in found if not shown(client, url, n)] == []
    assert all(url for url, _n in found)


def test_there_are_numbers_to_walk() -> None:
    counted = 0
    for slug in sorted(BY_SLUG):
        client = Client()
        client.force_login(Person.objects.get(email=BY_SLUG[slug].email))
        counted += len(list(numbers(client)))
    assert counted >= 40
