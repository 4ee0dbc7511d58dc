"""A short word after a deed, with the way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def say(request: HttpRequest, words: str, undo: str = "") -> None:
    """Tell that something is done; `undo` is an address of ours that is posted to in order to undo it."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_of(extra_tags: str) -> str:
    """Give the address that undoes what a message tells."""
    return extra_tags.removeprefix(UNDO) if extra_tags.startswith(UNDO) else ""
