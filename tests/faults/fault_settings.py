"""Settings of a system that is killed on purpose: quick hashes, and a mail server that counts."""

from kakehashi.config.settings import *  # noqa: F403 -- every setting but those below

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "letterbox.Letterbox"
ALLOWED_HOSTS = ["testserver"]
