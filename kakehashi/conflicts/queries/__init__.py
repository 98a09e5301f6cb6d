"""What is read of conflicts: who sees an account, and what stands of commitments and rivals."""

from kakehashi.conflicts.queries.sight import WALL, Ground, Standing, explain, who_sees

__all__ = ["WALL", "Ground", "Standing", "explain", "who_sees"]
