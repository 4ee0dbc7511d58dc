"""References: the link works once, and the applicant never reads a word."""

import re

import pytest
from django.test import Client

from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Post
from kakehashi.recruitment import actions
from kakehashi.recruitment.models import Reference
from kakehashi.recruitment.tests import factories as ours
from kakehashi.recruitment.tests.test_views import Page, signed_in, text, url

pytestmark = pytest.mark.django_db


def test_what_a_referee_wrote_never_reaches_the_applicant() -> None:
    mine = ours.draft()
    ours.reference(mine, text="CANARY-REFERENCE")
    actions.submit(mine, by=mine.person, at=make.NOON)
    client = signed_in(mine.person)
    for page in (
        url("mine"),
        url("application", mine.pk),
        url("ask_reference", mine.pk),
        url("withdraw", mine.pk),
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "CANARY-REFERENCE" not in text(answer)
    assert client.get(url("applications"), {"format": "csv"}).status_code == 403
    letters = Post.objects.filter(to=mine.person)
    assert letters.count() == 1
    assert not any("CANARY" in f"{one.subject}{one.body}{one.facts}" for one in letters)
    assert "Dr Field" in text(client.get(url("mine")))
    desk = signed_in(ours.coordinator()).get(url("application", mine.pk))
    assert "CANARY-REFERENCE" in text(desk)
    clair = signed_in(make.officer(Role.CLAIR_PLACEMENT))
    assert "CANARY-REFERENCE" not in text(clair.get(url("application", mine.pk)))


def test_a_referee_is_asked_from_the_page_and_writes_without_an_account() -> None:
    mine = ours.draft()
    client = signed_in(mine.person)
    typed = {"name": "Dr Field", "email": "field@example.org", "relation": "Tutor"}
    asked = client.post(url("ask_reference", mine.pk), typed)
    assert asked.headers["Location"] == url("ask_reference", mine.pk)
    again = client.post(url("ask_reference", mine.pk), typed)
    assert "This person has been asked already." in text(again)
    body = Post.objects.get(letter="recruitment/reference_requested").body
    link = body[body.index("/recruitment/reference/") :].split()[0]
    nobody = Client()
    page = nobody.get(link)
    assert page.status_code == 200
    assert "A reference for Maya Fernweh" in text(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    for hidden in (mine.number, mine.person.email, "Quay Street", "Galway", "I want to learn"):
        assert hidden not in text(page)
    empty = nobody.post(link, {"text": " "})
    assert "Fill this in." in text(empty)
    sent = nobody.post(link, {"text": "Kind and careful."})
    assert sent.headers["Location"] == url("reference_thanks")
    assert nobody.get(url("reference_thanks")).status_code == 200
    assert Reference.objects.get().text == "Kind and careful."


def _without_what_always_differs(page: Page) -> str:
    """Leave out the form's own token and the address the reader typed."""
    plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text(page))
    return re.sub(r"/recruitment/reference/[^/]*/", "", plain)


def test_a_used_link_and_one_that_never_was_look_alike() -> None:
    mine = ours.draft()
    _made, used = ours.reference(mine, text="Done.")
    withdrawn = ours.draft()
    _made, dead = ours.reference(withdrawn, email="other@example.org")
    actions.withdraw(withdrawn, by=withdrawn.person, at=make.NOON)
    answers = []
    for token in (used, dead, "never-was"):
        page = url("write_reference", token)
        answers += [Client().get(page), Client().post(page, {"text": "Again"})]
    assert {answer.status_code for answer in answers} == {404}
    assert len({_without_what_always_differs(answer) for answer in answers}) == 1
    assert "Maya" not in text(answers[0])
