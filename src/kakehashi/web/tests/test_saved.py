"""Saved views, rows of a page and columns: what a reader chooses, and whose it is."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.models import Trace
from kakehashi.web import saved
from kakehashi.web.models import SavedView

pytestmark = pytest.mark.django_db
OFFICES = "/directory/"
KEEP, ROWS, VIEWS = reverse("web:keep_view"), reverse("web:rows"), reverse("web:views")


def signed_in(person: Person | None = None) -> Client:
    client = Client()
    client.force_login(person or make.officer(Role.CLAIR_PLACEMENT))
    return client


def keep(
    client: Client, name: str = "Towns", query: str = "q=Aoba&sort=-name", **more: str
) -> str:
    answer = client.post(KEEP, {"place": OFFICES, "name": name, "query": query, **more})
    assert answer.status_code == 302
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_is_kept_under_a_name_and_found_again_as_a_tab() -> None:
    client = signed_in()
    address = keep(client)
    assert address == "/directory/?q=Aoba&sort=-name"
    html = page(client, address)
    assert "The view “Towns” is kept." in html
    assert f'<a href="{address.replace("&", "&amp;")}" aria-current="page">Towns</a>' in html
    assert [(trace.thing, trace.deed) for trace in Trace.objects.order_by("-number")[:1]] == [
        (SavedView.objects.get().key, "keep_view")
    ]


def test_the_address_of_a_view_opens_for_others_with_their_own_rights() -> None:
    keep(signed_in())
    view = SavedView.objects.get()
    stranger = Client()
    stranger.force_login(make.person())
    assert "Towns" not in page(stranger, view.url)
    assert page(stranger, VIEWS).count("<code>") == 0
    for name in ("drop_view", "make_default"):
        known = stranger.post(reverse(f"web:{name}", args=[view.pk]))
        unknown = stranger.post(reverse(f"web:{name}", args=[987654321]))
        assert (known.status_code, known.content) == (404, unknown.content)


def test_the_default_view_opens_the_list_and_all_is_one_step_away() -> None:
    client = signed_in()
    keep(client, default="yes")
    assert client.get(OFFICES)["Location"] == "/directory/?q=Aoba&sort=-name"
    assert client.get(f"{OFFICES}?view=all").status_code == 200
    view = SavedView.objects.get()
    client.post(reverse("web:make_default", args=[view.pk]), {"next": VIEWS})
    assert client.get(OFFICES).status_code == 200


def test_a_new_default_takes_the_place_of_the_old_one() -> None:
    client = signed_in()
    keep(client, "One", default="yes")
    keep(client, "Two", "q=Kita", default="yes")
    assert list(SavedView.objects.order_by("name").values_list("name", "is_default")) == [
        ("One", False),
        ("Two", True),
    ]


def test_a_view_kept_again_under_its_name_is_replaced() -> None:
    client = signed_in()
    keep(client)
    keep(client, query="q=Kita")
    assert [view.query for view in SavedView.objects.all()] == ["q=Kita"]


def test_what_is_forgotten_can_be_had_back() -> None:
    client = signed_in()
    keep(client, default="yes")
    gone = client.post(
        reverse("web:drop_view", args=[SavedView.objects.get().pk]), {"next": VIEWS}
    )
    assert (gone["Location"], SavedView.objects.count()) == (VIEWS, 0)
    html = page(client, VIEWS)
    assert "The view “Towns” is forgotten." in html
    undo = html.split('class="k-toast"')[1].split('action="')[1].split('"')[0]
    client.post(undo.replace("&amp;", "&"))
    assert SavedView.objects.values_list("name", "query", "is_default").get() == (
        "Towns",
        "q=Aoba&sort=-name",
        True,
    )


@pytest.mark.parametrize(
    "place", ["", "//evil.example", "https://evil.example/", "/no/such/", "/directory/?x=1"]
)
def test_only_a_list_of_this_system_can_be_kept(place: str) -> None:
    client = signed_in()
    answer = client.post(KEEP, {"place": place, "name": "Towns", "query": ""})
    assert (answer["Location"], SavedView.objects.count()) == (VIEWS, 0)


def test_a_view_needs_a_name_and_there_is_room_for_so_many() -> None:
    client = signed_in()
    keep(client, " ")
    assert SavedView.objects.count() == 0
    for number in range(saved.MOST + 1):
        keep(client, f"View {number:02}")
    assert SavedView.objects.count() == saved.MOST
    keep(client, "View 00", "q=Kita")
    assert SavedView.objects.get(name="View 00").query == "q=Kita"


def test_the_database_allows_one_default_a_list() -> None:
    keep(signed_in(), default="yes")
    view = SavedView.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(
            owner=view.owner, place=OFFICES, name="x", is_default=True, kept_at=make.NOON
        )


def test_a_page_has_as_many_rows_as_its_reader_wants() -> None:
    client = signed_in()
    for number in range(60):
        make.office(code=f"co-{number:03}")
    assert page(client, OFFICES).count('role="rowheader"') == 25
    client.post(ROWS, {"rows": "50", "next": OFFICES})
    assert page(client, OFFICES).count('role="rowheader"') == 50
    client.post(ROWS, {"rows": "5000", "next": OFFICES})
    assert page(client, OFFICES).count('role="rowheader"') == 50


def test_columns_are_chosen_in_the_address_and_the_file_has_the_same() -> None:
    client = signed_in()
    html = page(client, f"{OFFICES}?columns=code&columns=nothing")
    heads = [one.split("<")[0] for one in html.split('class="k-sort"')[1:]]
    assert [head.split(">")[-1] for head in heads] == ["Office", "Code"]
    assert "This list has no column “nothing”, so it is left out." in html
    file = client.get(f"{OFFICES}?columns=code&format=csv").content.decode("utf-8-sig")
    assert file.splitlines()[0] == "Office,Code"


def test_only_whoever_keeps_views_pays_for_them() -> None:
    client = signed_in()
    without = questions(client)
    keep(client)
    client.get(OFFICES)  # tells the message
    assert [
        sum("web_savedview" in one for one in asked) for asked in (without, questions(client))
    ] == [
        0,
        1,
    ]


def questions(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(OFFICES).status_code == 200
    return [one["sql"] for one in asked.captured_queries]


@given(st.text(max_size=60))
def test_a_view_holds_no_page_and_nothing_empty(words: str) -> None:
    found = saved.tidy(f"page=3&format=csv&view=all&q={words}&kind=")
    assert "page=3" not in found
    assert "kind=" not in found
    assert saved.tidy(found) == found
