import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from kakehashi.config import settings as written
from kakehashi.config.hashing import OneAtATime

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_passwords_are_kept_by_argon2() -> None:
    assert written.PASSWORD_HASHERS == ["kakehashi.config.hashing.OneAtATime"]
    assert (
        OneAtATime()
        .encode("x", "a-salt-of-ours")
        .startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/healthz", "/no/such/page/"])
def test_every_answer_allows_nothing_inline_and_nothing_from_elsewhere(
    client: Client, path: str
) -> None:
    answer = client.get(path)
    sent = sorted(part.strip() for part in answer["Content-Security-Policy"].split(";"))
    assert sent == sorted(part.strip() for part in CSP.split(";"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_production_system_has_nothing_to_warn_of(tmp_path: Path) -> None:
    about = {
        "KAKEHASHI_PRODUCTION": "1",
        "KAKEHASHI_HOME": str(tmp_path),
        "KAKEHASHI_HOSTS": "kakehashi.example.org",
        "DJANGO_SETTINGS_MODULE": "kakehashi.config.settings",
    }
    line = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    told = subprocess.run(
        line, env=os.environ | about, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
