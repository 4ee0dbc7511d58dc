"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from kakehashi.kernel.lifeline import tie_worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kakehashi.config.settings")
tie_worker()

application = get_wsgi_application()
