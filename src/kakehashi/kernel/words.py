"""The one door to translation, so that pure modules need not import Django."""

from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

Words: TypeAlias = str | Promise

LANGUAGES = ("en", "ja")


def say(words: Words, language: str) -> str:
    """Say the words in one language, whatever the reader of the moment speaks."""
    with override(language):
        return str(words)


__all__ = ["LANGUAGES", "Words", "_", "pgettext_lazy", "say"]
