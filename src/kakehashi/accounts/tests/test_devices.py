"""Where one is signed in, how long it lasts, and what a strict seat opens without a second factor."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.accounts.models import AccountRule, Device, FactorGrace, FactorRule
from kakehashi.accounts.rules import device_of
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import lines_about

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
OTHER = "under-the-arch-28"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def maya() -> Person:
    person = make.person("maya@demo.invalid")
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(person: Person, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/presence/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18 Mobile Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0",
            ("Edge", "Windows"),
        ),
        ("", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
    ],
)
def test_a_browser_is_named_from_a_closed_list(agent: str, told: tuple[str, str]) -> None:
    assert device_of(agent) == told


def test_one_sees_where_one_is_signed_in_and_which_is_this(maya: Person) -> None:
    here, there = signed_in(maya), signed_in(maya, "")
    page = here.get("/accounts/devices/").content.decode()
    assert page.count("Firefox Windows") == 1
    assert page.count("This one") == 1
    assert page.count("A browser that does not say its name") == 1
    assert is_in(there) is True


def test_another_sign_in_is_ended_and_nobody_elses(maya: Person) -> None:
    here, there, stranger = signed_in(maya), signed_in(maya), make.officer(Role.MISSION)
    other = Device.objects.get(session=there.session.session_key)
    client = Client()
    client.force_login(stranger)
    assert client.post(f"/accounts/devices/{other.pk}/end/").status_code == 404
    with pytest.raises(Refused):
        actions.end_device(other, by=stranger, at=make.NOON)
    here.post(f"/accounts/devices/{other.pk}/end/")
    assert (is_in(here), is_in(there), is_in(client)) == (True, False, True)
    assert [line.deed for line in lines_about([other.key])] == ["end_device"]


def test_ending_this_one_signs_out(maya: Person) -> None:
    here = signed_in(maya)
    mine = Device.objects.get(person=maya)
    assert here.post(f"/accounts/devices/{mine.pk}/end/")["Location"] == "/account/login/"
    assert is_in(here) is False


def test_all_others_are_ended_at_once(maya: Person) -> None:
    here, *others = [signed_in(maya) for _ in range(3)]
    here.post("/accounts/devices/others/end/")
    assert [is_in(client) for client in (here, *others)] == [True, False, False]
    assert Device.objects.filter(person=maya).count() == 1


def test_a_new_password_ends_every_other_sign_in(maya: Person) -> None:
    here, there = signed_in(maya), signed_in(maya)
    key = there.session.session_key
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    here.post("/account/password/change/", typed)
    assert (is_in(here), is_in(there)) == (True, False)
    assert Session.objects.filter(session_key=key).exists() is False
    page = here.get("/accounts/devices/").content.decode()
    assert page.count("This one") == page.count("Firefox Windows") == 1


def test_signing_in_changes_the_number_of_the_session(maya: Person) -> None:
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    client.post("/account/login/", {"login": maya.email, "password": PASSWORD})
    assert client.session.session_key != planted
    assert Session.objects.filter(session_key=planted).exists() is False


def until(client: Client, seconds: int) -> None:
    session = client.session
    session["stay_until"] = int(time.time()) + seconds
    session.save()


def test_a_sign_in_that_nobody_uses_ends(maya: Person) -> None:
    client = signed_in(maya)
    until(client, 100)
    left = client.get("/accounts/presence/").json()["left"]
    assert 0 < left <= 100
    until(client, -1)
    assert client.get("/accounts/presence/").status_code == 302


def test_one_button_stays_for_another_working_day(maya: Person) -> None:
    client = signed_in(maya)
    until(client, 100)
    answer = client.post("/accounts/presence/", headers={"accept": "application/json"})
    assert answer.json()["left"] > 8 * 60 * 60
    assert client.post("/accounts/presence/")["Location"] == "/"


def test_the_written_number_of_minutes_holds(maya: Person) -> None:
    AccountRule.objects.create(code="session_minutes", value=30, source="test")
    left = signed_in(maya).get("/accounts/presence/").json()["left"]
    assert 29 * 60 < left <= 45 * 60


def test_whoever_asked_to_stay_for_two_weeks_is_not_disturbed(maya: Person) -> None:
    client = Client()
    typed = {"login": maya.email, "password": PASSWORD, "remember": "on"}
    client.post("/account/login/", typed)
    assert client.get("/accounts/presence/").json() == {"left": None}


# ------------------------------------------------------------------ seats that need a second factor


@pytest.fixture
def auditor() -> Person:
    FactorRule.objects.create(role=Role.AUDITOR, source="test")
    person = make.officer(Role.AUDITOR)
    person.set_password(PASSWORD)
    person.save()
    return person


def test_a_strict_seat_is_told_at_first_and_led_to_the_factor_after_the_grace(
    auditor: Person,
) -> None:
    client = signed_in(auditor)
    page = client.get("/")
    assert (page.status_code, "Your seat needs a second factor" in page.content.decode()) == (
        200,
        True,
    )
    FactorGrace.objects.update(told_at=clock.now() - timedelta(days=15))
    client = signed_in(auditor)
    assert client.get("/")["Location"] == "/account/factors/"
    for open_still in ("/account/factors/", "/accounts/devices/", "/account/password/change/"):
        assert client.get(open_still).status_code == 200
    assert client.get("/", headers={"hx-request": "true"})["HX-Redirect"] == "/account/factors/"


def test_the_house_opens_as_soon_as_there_is_a_factor(auditor: Person) -> None:
    FactorGrace.objects.create(person=auditor, told_at=clock.now() - timedelta(days=15))
    client = signed_in(auditor)
    assert client.get("/").status_code == 302
    Authenticator.objects.create(
        user=auditor, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    assert client.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(auditor: Person) -> None:
    FactorGrace.objects.create(person=auditor, told_at=clock.now() - timedelta(days=15))
    Authenticator.objects.create(
        user=auditor, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    assert signed_in(auditor).get("/").status_code == 302


def test_a_seat_without_the_rule_is_never_asked(maya: Person) -> None:
    FactorRule.objects.create(role=Role.AUDITOR, source="test")
    assert "second_factor_by" not in signed_in(maya).session
    assert FactorGrace.objects.count() == 0


def test_an_operator_changes_the_rules_and_nobody_else() -> None:
    client, operator = Client(), make.officer(Role.OPERATOR)
    client.force_login(operator)
    typed = {
        "invitation_hours": "24",
        "second_factor_grace_days": "7",
        "session_minutes": "60",
        "seat_end_notice_days": "10",
        "failed_sign_in_days": "20",
        "roles": ["operator", "mission"],
    }
    assert client.post("/accounts/rules/", typed).status_code == 302
    numbers = AccountRule.objects.order_by("code").values_list("code", "value", "assumed")
    assert list(numbers) == [
        ("failed_sign_in_days", 20, False),
        ("invitation_hours", 24, False),
        ("seat_end_notice_days", 10, False),
        ("second_factor_grace_days", 7, False),
        ("session_minutes", 60, False),
    ]
    assert [row.role for row in FactorRule.objects.order_by("role")] == ["mission", "operator"]
    low = client.post("/accounts/rules/", typed | {"session_minutes": "1"})
    assert (low.status_code, list(low.context["form"].errors)) == (422, ["session_minutes"])
    client.force_login(make.officer(Role.AUDITOR))
    assert client.post("/accounts/rules/", typed).status_code == 403
