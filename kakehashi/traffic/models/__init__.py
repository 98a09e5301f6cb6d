"""Jobs, what is to be done for them, and what the agency makes them from."""

from kakehashi.traffic.models.jobs import (
    Assignment,
    ChangeRequest,
    Job,
    JobCount,
    StateChange,
)
from kakehashi.traffic.models.reviews import Review
from kakehashi.traffic.models.tasks import Dependency, Task
from kakehashi.traffic.models.templates import NumberPattern, Template, TemplateTask

__all__ = [
    "Assignment",
    "ChangeRequest",
    "Dependency",
    "Job",
    "JobCount",
    "NumberPattern",
    "Review",
    "StateChange",
    "Task",
    "Template",
    "TemplateTask",
]
