"""Every verb in the product, who may do it, and every objection to it.

A test keeps this list complete: each verb is asked for somewhere, each verb asked for stands here.
"""

from __future__ import annotations

from kakehashi.policy.engine import Ability

ABILITIES: dict[str, Ability] = {}
