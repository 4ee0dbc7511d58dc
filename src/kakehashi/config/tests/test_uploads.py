import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kakehashi.config import uploads


@pytest.mark.django_db
def test_what_is_larger_than_any_table_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client()

    def send(size: int) -> int:
        file = SimpleUploadedFile("table.csv", b"x" * size)
        return client.post("/account/login/", {"login": "a@example.org", "f": file}).status_code

    monkeypatch.setattr(uploads, "MOST_BYTES", 1_000)
    assert send(500) == 200
    assert send(1_000 + uploads.BESIDES) == 400
