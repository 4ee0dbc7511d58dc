"""The door holds: it tells nobody who has an account, waits longer each time, and lets nobody frame it."""

import os
import subprocess
import sys
import time

import argon2
import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client

from kakehashi.config import settings as written
from kakehashi.config.hashing import OneAtATime, SignInsInTurn, at_the_door, turn
from kakehashi.directory.models import Person
from kakehashi.directory.tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "over-the-bridge-27"
GUESS = "under-the-bridge"
TEN_MINUTES, HOUR = 601, 3601


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def maya() -> Person:
    person = make.person("maya@demo.invalid")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the counters of tries live so many seconds later."""
    waited = [0.0]
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + waited[0])
    return waited


def knock(email: str, password: str = GUESS) -> bool | None:
    """Try once from a new browser; None where the door does not even look."""
    client = Client()
    answer = client.post("/account/login/", {"login": email, "password": password})
    if "_auth_user_id" in client.session:
        return True
    locked = answer.context["form"].has_error("__all__", "too_many_login_attempts")
    return None if locked else False


def test_the_wait_grows_from_ten_minutes_to_a_day(maya: Person, later: list[float]) -> None:
    assert [knock(maya.email) for _ in range(7)] == [False] * 6 + [None]
    later[0] += TEN_MINUTES
    assert [knock(maya.email) for _ in range(7)] == [False] * 6 + [None]
    later[0] += TEN_MINUTES
    assert knock(maya.email, PASSWORD) is None  # twelve in an hour
    later[0] += HOUR
    assert [knock(maya.email) for _ in range(6)] == [False] * 6
    later[0] += TEN_MINUTES
    assert [knock(maya.email) for _ in range(6)] == [False] * 6
    later[0] += HOUR
    assert knock(maya.email, PASSWORD) is None  # twenty-four in a day
    later[0] += 24 * HOUR
    assert knock(maya.email, PASSWORD) is True


def test_an_unknown_address_is_locked_just_the_same(later: list[float]) -> None:
    assert [knock("nobody@demo.invalid") for _ in range(7)] == [False] * 6 + [None]
    later[0] += TEN_MINUTES
    assert knock("nobody@demo.invalid") is False


def test_the_counters_stand_in_the_database_and_outlive_a_process(maya: Person) -> None:
    assert written.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    for _ in range(6):
        knock(maya.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM kernel_cache")
        assert cursor.fetchone()[0] > 0
    assert knock(maya.email, PASSWORD) is None


@pytest.mark.parametrize(
    "path", ["/account/login/", "/account/password/reset/", "/account/signup/"]
)
def test_a_known_and_an_unknown_address_cost_the_same_hashes(
    maya: Person, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashes(email: str) -> int:
        counted: list[str] = []
        whole = MD5PasswordHasher.encode

        def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
            counted.append("")
            return whole(self, password, salt)

        with monkeypatch.context() as patch:
            patch.setattr(MD5PasswordHasher, "encode", encode)
            typed = {
                "login": email,
                "email": email,
                "password": "guess-of-27",
                "password1": PASSWORD,
                "password2": PASSWORD,
                "family_name": "Fernweh",
            }
            Client().post(path, typed)
        return len(counted)

    assert hashes(maya.email) == hashes("unknown@demo.invalid")


def test_one_hash_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    whole = argon2.low_level.hash_secret

    def look(*words: object, **costs: object) -> bytes:
        held.append(turn.acquire(blocking=False))
        return bytes(whole(*words, **costs))  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(argon2.low_level, "hash_secret", look)
    encoded = OneAtATime().encode(PASSWORD, "a-salt-of-ours")
    assert OneAtATime().verify(PASSWORD, encoded) is True
    assert ({*held}, turn.acquire(blocking=False)) == ({False}, True)
    turn.release()


@pytest.mark.parametrize(
    ("method", "path", "free"),
    [("POST", "/account/login/", False), ("GET", "/account/login/", True), ("POST", "/", True)],
)
def test_only_sign_ins_wait_for_one_another(method: str, path: str, *, free: bool) -> None:
    found: list[bool] = []

    def page(_request: object) -> object:
        found.append(at_the_door.acquire(blocking=False))
        return None

    request = Client().get("/healthz").wsgi_request
    request.method, request.path_info = method, path
    SignInsInTurn(page)(request)  # type: ignore[arg-type]  # a page that answers nothing
    assert found == [free]
    if free:
        at_the_door.release()


def test_a_foreign_name_for_our_host_is_refused() -> None:
    assert Client().get("/account/login/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/account/login/", "/account/factors/", "/accounts/devices/"])
def test_nobody_frames_us_or_learns_where_our_readers_come_from(
    path: str, maya: Person
) -> None:
    client = Client()
    client.force_login(maya)
    answer = client.get(path)
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_cookies_are_for_us_alone(maya: Person) -> None:
    client = Client()
    client.post("/account/login/", {"login": maya.email, "password": PASSWORD})
    client.get("/me/")
    flags = {
        name: (bool(one["httponly"]), one["samesite"])
        for name, one in client.cookies.items()
        if name in {"sessionid", "typist"}
    }
    assert flags == {"sessionid": (True, "Lax"), "typist": (True, "Lax")}
    told = subprocess.run(
        [sys.executable, "-c", SECURE],
        env=os.environ | PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.split(), told.stderr) == (["True", "True", "True"], "")


SECURE = """
from kakehashi.config import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)
"""
PRODUCTION = {"KAKEHASHI_PRODUCTION": "1", "KAKEHASHI_SECRET_KEY": "of-this-test"}
