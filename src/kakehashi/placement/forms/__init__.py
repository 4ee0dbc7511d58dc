"""What people type about requests, rules, runs and placements."""

from kakehashi.placement.forms.deciding import (
    AnswerForm,
    CapForm,
    GroundForm,
    LimitForm,
    ReasonForm,
    ReleaseForm,
    RemarkForm,
    StartForm,
    ThereForm,
    WeightForm,
    WorkplacesForm,
)
from kakehashi.placement.forms.requests import PLACES, Choices, RequestForm, language_name

__all__ = [
    "PLACES",
    "AnswerForm",
    "CapForm",
    "Choices",
    "GroundForm",
    "LimitForm",
    "ReasonForm",
    "ReleaseForm",
    "RemarkForm",
    "RequestForm",
    "StartForm",
    "ThereForm",
    "WeightForm",
    "WorkplacesForm",
    "language_name",
]
