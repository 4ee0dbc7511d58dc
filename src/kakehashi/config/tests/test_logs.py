import logging
import sys

from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve

from kakehashi.config.logs import Discreet

LINK = "/recruitment/reference/a-link-that-works-once/"


def break_down() -> None:
    nobody: dict[str, str] = {}
    try:
        nobody["maya@example.org"]
    except KeyError as cause:
        raise ValueError("Maya Fernweh") from cause


def test_an_address_is_logged_by_its_pattern() -> None:
    request = RequestFactory().post(LINK)
    request.resolver_match = resolve(LINK)
    record = logging.LogRecord(
        "django.request", 30, "x.py", 1, "%s: %s", ("Not Found", LINK), None
    )
    record.request, record.status_code = request, 404

    assert Discreet().format(record) == "404 POST recruitment/reference/<str:token>/"


def test_an_error_is_logged_without_its_message() -> None:
    try:
        break_down()
    except ValueError:
        caught = sys.exc_info()
    record = logging.LogRecord("django.request", 40, "x.py", 1, "It broke", (), caught)
    told = [line for line in Discreet().format(record).splitlines() if line[:1] != " "]

    assert told == ["It broke", "KeyError", "ValueError"]
    assert "test_logs.py" in Discreet().format(record)


def test_every_log_is_written_so() -> None:
    handlers = logging.getLogger().handlers
    assert Discreet in {type(one.formatter) for one in handlers}
    assert settings.LOGGING["root"] == {"handlers": ["console"], "level": "WARNING"}
