"""What people type about requests, rules, runs and placements."""

from kakehashi.placement.forms.deciding import (
    AnswerForm,
    CapForm,
    GroundForm,
    LimitForm,
    MissionDaysForm,
    ReasonForm,
    ReleaseForm,
    RemarkForm,
    StartForm,
    StepTimeForm,
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
    "MissionDaysForm",
    "ReasonForm",
    "ReleaseForm",
    "RemarkForm",
    "RequestForm",
    "StartForm",
    "StepTimeForm",
    "ThereForm",
    "WeightForm",
    "WorkplacesForm",
    "language_name",
]
