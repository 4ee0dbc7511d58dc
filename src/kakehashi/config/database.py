"""Where the data lives: SQLite beside the code, or PostgreSQL by its address."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}


def database(url: str, folder: Path) -> dict[str, Any]:
    """Read `postgresql://user:password@host:port/name`; without an address, use SQLite."""
    return _postgres(url) if url else _sqlite(folder)


def _sqlite(folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    tests = Path(tempfile.gettempdir(), f"kakehashi-test-{os.getpid()}.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "kakehashi.sqlite3",
        "OPTIONS": SQLITE,
        "TEST": {"NAME": tests},  # a file: threads cannot share a database in memory
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": {"options": "-c jit=off"},  # short queries: compiling one costs more than it
    }
