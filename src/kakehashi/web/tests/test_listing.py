from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from kakehashi.web.listing import Batch, Column, Filter, Listing, chosen, show
from kakehashi.web.values import words_of

PAGE = "web/listing.html"


def listing(**changes: object) -> Listing:
    fields: dict[str, Any] = {
        "columns": (
            Column(
                name="name", label="Name", value=lambda g: g.name, sort=("name",), head=True
            ),
            Column(
                name="number", label="Number", value=lambda g: g.pk, sort=("pk",), kind="number"
            ),
        ),
        "rows": Group.objects.all(),
        "order": ("name",),
        "caption": "Groups",
        "empty": "No groups yet",
        "filters": (
            Filter(name="q", label="Word", apply=lambda rows, v: rows.filter(name__contains=v)),
            Filter(
                name="kind",
                label="Kind",
                apply=lambda rows, v: rows.filter(name__startswith=v),
                choices=lambda: [("a", "With a"), ("b", "With b")],
            ),
            Filter(name="id", label="Id", apply=lambda rows, v: rows.filter(pk=v)),
        ),
    }
    return Listing(**{**fields, **changes})


def asked(path: str, *, rows_only: bool = False) -> HttpRequest:
    request = RequestFactory().get(path)
    if rows_only:
        vars(request)["htmx"] = SimpleNamespace(target="rows", history_restore_request=False)
    return request


def body(path: str = "/", *, rows_only: bool = False, **changes: object) -> str:
    return show(asked(path, rows_only=rows_only), PAGE, listing(**changes)).content.decode()


@pytest.fixture
def groups(db: None) -> list[Group]:  # noqa: ARG001 -- opens the database
    return Group.objects.bulk_create(Group(name=f"{'ab'[n % 2]}{n:03}") for n in range(60))


def names(html: str) -> list[str]:
    return [part.split("<")[0] for part in html.split('role="rowheader"><b>')[1:]]


@pytest.mark.parametrize("count", [1, 3, 100])
@pytest.mark.usefixtures("db")
def test_the_page_costs_two_queries_however_many_rows(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    Group.objects.bulk_create(Group(name=f"g{n:03}") for n in range(count))
    with django_assert_num_queries(2):
        body()


@pytest.mark.usefixtures("groups")
def test_a_page_has_twenty_five_rows_and_says_where_it_is() -> None:
    html = body("/?page=2")
    assert len(names(html)) == 25
    assert "26–50 of 60" in html
    assert 'href="?page=3"' in html


@pytest.mark.usefixtures("groups")
def test_columns_order_both_ways_and_say_so() -> None:
    up, down = body("/?sort=name"), body("/?sort=-name")
    assert names(up)[0] == "a000"
    assert names(down)[0] == "b059"
    assert up.count('aria-sort="ascending"') == 1
    assert down.count('aria-sort="descending"') == 1
    assert 'href="?sort=-name"' in up


@pytest.mark.usefixtures("groups")
def test_rows_of_equal_rank_keep_one_order() -> None:
    same = listing(order=())
    assert show(asked("/"), PAGE, same).status_code == 200
    assert names(show(asked("/"), PAGE, same).content.decode())[:2] == ["a000", "b001"]


@pytest.mark.usefixtures("groups")
def test_filters_narrow_and_are_named_in_the_count() -> None:
    html = body("/?kind=a&q=00")
    assert names(html) == ["a000", "a002", "a004", "a006", "a008"]
    assert "1–5 of 5" in html
    assert "Word: 00" in html
    assert "Kind: With a" in html


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/?sort=password", "cannot be sorted by “password”"),
        ("/?kind=zzz", "Kind has no “zzz”"),
        ("/?id=not-a-number", "Id has no “not-a-number”"),
        ("/?page=999", "There is no page “999”; page 3 is shown."),
        ("/?page=-1", "There is no page “-1”"),
        ("/?page=x", "There is no page “x”; page 1 is shown."),
        ("/?q=%00", "1–25 of 60"),
        ("/?id=99999999999999999999999999", "matches"),
        ("/?sort=--name", "cannot be sorted by “--name”"),
    ],
)
def test_what_nobody_could_have_chosen_falls_back_and_is_said(path: str, said: str) -> None:
    response = show(asked(path), PAGE, listing())
    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.mark.usefixtures("groups")
def test_what_was_asked_is_never_markup() -> None:
    html = body("/?q=<script>&sort=<b>&page=<i>")
    assert "<script>" not in html
    assert "<i>" not in html


@pytest.mark.usefixtures("db")
def test_an_empty_list_says_why() -> None:
    assert "No groups yet" in body()
    assert "CSV" not in body()


@pytest.mark.usefixtures("groups")
def test_a_filter_that_finds_nothing_leads_back_to_all() -> None:
    html = body("/?q=zzzz")
    assert "Clear filters to see all 60." in html
    assert "No groups yet" not in html


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize("rows_only", [False, True])
@pytest.mark.parametrize(
    ("path", "times"), [("/", 0), ("/?sort=name", 0), ("/?kind=zzz", 0), ("/?kind=a", 1)]
)
def test_clearing_filters_is_offered_only_where_one_is_set(
    path: str, times: int, *, rows_only: bool
) -> None:
    assert body(path, rows_only=rows_only).count("Clear filters</a>") == times


@pytest.mark.usefixtures("groups")
def test_htmx_gets_the_rows_and_the_count_alone() -> None:
    html = body("/?sort=-name", rows_only=True)
    assert html.strip().startswith('<div id="rows"')
    assert 'hx-swap-oob="innerHTML"' in html
    assert 'id="listing-filters"' not in html


@pytest.mark.usefixtures("groups")
def test_going_back_in_the_browser_gets_the_whole_page() -> None:
    request = asked("/", rows_only=True)
    vars(request)["htmx"].history_restore_request = True
    response = show(request, PAGE, listing())
    assert 'id="listing-filters"' in response.content.decode()
    assert response["Vary"] == "HX-Request, HX-Target"


@pytest.mark.usefixtures("groups")
def test_the_csv_has_the_same_columns_order_and_filters_and_every_row() -> None:
    response = show(asked("/?kind=b&sort=-name&format=csv"), PAGE, listing())
    lines = response.content.decode().splitlines()
    assert lines[0] == "\ufeffName,Number"
    assert len(lines) == 31
    assert lines[1] == f"b059,{Group.objects.get(name='b059').pk}"


@pytest.mark.usefixtures("db")
def test_the_csv_speaks_the_readers_language_and_runs_nothing() -> None:
    Group.objects.create(name="=1+1")
    columns = (
        Column(name="name", label="Name", value=lambda g: g.name),
        Column(name="day", label="Day", value=lambda _: date(2027, 1, 29), kind="day"),
        Column(name="none", label="None", value=lambda _: None),
        Column(name="many", label="Many", value=lambda _: 1204, kind="number"),
    )
    with override("ja"):
        response = show(asked("/?format=csv"), PAGE, listing(columns=columns))
    assert response.content.decode().splitlines()[1] == "'=1+1,2027/1/29,,1204"


@pytest.mark.usefixtures("groups")
def test_an_export_is_told_before_its_first_byte() -> None:
    told: list[int] = []
    show(asked("/?format=csv"), PAGE, listing(exporting=lambda rows: told.append(rows.count())))
    body(exporting=lambda rows: told.append(rows.count()))
    assert told == [60]


def test_ticked_rows_are_found_among_those_one_may_know_of(groups: list[Group]) -> None:
    mine = listing(rows=Group.objects.filter(name__startswith="a"))
    wanted = [groups[0].pk, groups[1].pk, "x", ""]
    request = RequestFactory().post("/", {"row": wanted})
    assert [group.name for group in chosen(request, mine)] == ["a000"]


@pytest.mark.usefixtures("groups")
def test_all_means_all_that_match_the_filters_as_they_stood() -> None:
    request = RequestFactory().post("/?kind=b&q=01", {"all": "yes"})
    assert [group.name for group in chosen(request, listing())] == [
        "b001", "b011", "b013", "b015", "b017", "b019"
    ]  # fmt: skip


@pytest.mark.usefixtures("groups")
def test_batch_buttons_keep_the_filters_and_every_box_has_a_name() -> None:
    html = body("/?kind=a&page=2", batch=(Batch(name="go", label="Go", url="/go/"),))
    assert 'formaction="/go/?kind=a"' in html
    assert "Select a058" in html
    assert 'name="all"' in html


def test_values_are_written_as_tables_write_them() -> None:
    assert [words_of(value) for value in (None, "", 0, 1204, True, False, date(2027, 1, 29), "x")] == [
        "–", "–", "0", "1,204", "Yes", "No", "29 Jan 2027", "x"
    ]  # fmt: skip
