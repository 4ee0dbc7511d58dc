"""Small secrets kept so that the database alone does not tell them.

The key is made from the system's secret key, which lies in a file or the environment and never in
the database.  This is not sealing: whoever runs the machine can read what is cloaked.
"""

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them


class NotOurs(ValueError):
    """What was handed in was not cloaked by this system for this purpose."""


def cloak(words: str, *, about: str) -> str:
    """Make words unreadable; `about` says what they are, and must be said again to read them."""
    nonce = secrets.token_bytes(NONCE)
    hidden = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, words.encode(), about.encode())
    return base64.urlsafe_b64encode(nonce + hidden).decode()


def uncloak(hidden: str, *, about: str) -> str:
    """Read what `cloak` has hidden; raises `NotOurs` for anything else."""
    try:
        raw = base64.urlsafe_b64decode(hidden.encode())
        told = AESGCM(_key(settings.SECRET_KEY)).decrypt(
            raw[:NONCE], raw[NONCE:], about.encode()
        )
    except (InvalidTag, ValueError):
        raise NotOurs(about) from None
    return told.decode()


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kakehashi.kernel.cloak")
    return made.derive(secret.encode())
