"""All that a system remembers, without what differs from one telling to the next.

Two systems have the same ledger when they hold the same facts: numbers of rows, moments, keys of
jobs and the trail's numbering are left out, and a row is named by what it says.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Field, ForeignKey, Model

LEFT_OUT = {
    "Upload",  # kept until somebody confirms; the daily round throws them away
    "Device",  # each time a hand presses it signs in anew
}
FIELDS_LEFT_OUT = {
    "Trace": {"number", "seal"},
    "TrailHead": {"seal"},
    "JobRun": {"key", "ids", "tries", "done", "total", "step"},
    "Person": {"password"},  # salted
    "Post": {"facts"},
    "Reference": {"token_hash"},
    "Run": {"salt", "seed_commitment"},
    "Scene": {"reference_token"},
    "UploadedThing": {"after"},  # a seal over moments and numbers too
}
NAMED = re.compile(r"\b([a-z]+\.[a-z]+)/(\d+)|\bsubject:(\d+)")
TOKEN = re.compile(r"[A-Za-z0-9_-]{43,}")  # of a link that works once
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\s\"]*")


def ledger() -> dict[str, Counter[str]]:
    """Count what every table says, each row by the words for it."""
    _rows.cache_clear()
    _said.cache_clear()
    found: dict[str, Counter[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("kakehashi.") and model.__name__ not in LEFT_OUT:
            found[model.__name__] = Counter(
                _said(model, pk, following=True) for pk in _rows(model)
            )
    found["JobRun"] = Counter(set(found["JobRun"]))  # into how many steps does not matter
    return found


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> list[str]:
    """Name every table that says something else, with what is missing and what is too much."""
    found = []
    for name, rows in one.items():
        less, more = rows - other[name], other[name] - rows
        if less or more:
            found.append(f"{name}: missing {list(less)[:2]}, too much {list(more)[:2]}")
    return found


@cache
def _rows(model: type[Model]) -> dict[object, Model]:
    return {row.pk: row for row in model._default_manager.all()}


@cache
def _said(model: type[Model], pk: object, *, following: bool = False) -> str:
    """Say a row in words; only `following` says what the keys in its words stand for."""
    row = _rows(model).get(pk)
    if row is None:
        return f"{model.__name__} gone"
    out = FIELDS_LEFT_OUT.get(model.__name__, set())
    said = [
        f"{field.name}={_value(field, row, following=following)}"
        for field in model._meta.concrete_fields
        if not (field.name in out or isinstance(field, DateTimeField))
        and (not field.primary_key or isinstance(field, ForeignKey))
    ]
    words = f"{model.__name__}({', '.join(said)})"
    short = sha256(words.encode()).hexdigest()[:12]
    return words if len(words) < 400 else f"{words[:380]}…{short}"


def _value(field: Field[Any, Any], row: Model, *, following: bool) -> str:
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey) and value is not None:
        target = field.related_model
        return sha256(_said(target, value).encode()).hexdigest()[:12]
    if isinstance(value, (dict, list)):
        value = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if isinstance(value, (bytes, memoryview)):
        return sha256(bytes(value)).hexdigest()[:12]
    if isinstance(value, str):
        named = NAMED.sub(_named if following else _kind, value)
        return MOMENT.sub("…", TOKEN.sub("…", named))
    return "" if isinstance(value, datetime) else str(value)


def _kind(found: re.Match[str]) -> str:
    return found[1] or "subject"


def _named(found: re.Match[str]) -> str:
    """Put what a row says in the place of its number."""
    label, pk, subject = found.groups()
    label, pk = (label, pk) if label else ("kernel.subject", subject)
    if label == "kernel.jobrun":
        return label
    try:
        model = apps.get_model(label)
    except LookupError:
        return found[0]
    return f"{label}/{sha256(_said(model, int(pk)).encode()).hexdigest()[:12]}"
