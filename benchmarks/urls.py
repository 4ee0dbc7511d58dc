"""The programme's addresses, and those of the baseline."""

from django.urls import path

from benchmarks.baseline import empty, hello_list
from kakehashi.config.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
)
from kakehashi.config.urls import (
    urlpatterns as ours,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/hello/<int:size>/", hello_list),
    path("bench/empty/", empty),
    *ours,
]
