"""Telling people what happened: notices in the page, and mail.

A package above registers its kinds in AppConfig.ready and tells people in its actions:

    notify.register("handoffs.asked", label=…, render=…)
    notify.actions.tell(person=…, kind="handoffs.asked", subject_kind="handoff", …)
"""

from kakehashi.notify.kinds import Told, register

__all__ = ["Told", "register"]
