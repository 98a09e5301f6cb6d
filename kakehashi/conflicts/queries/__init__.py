"""What is read of conflicts: who sees an account, and what stands of commitments and rivals."""

from kakehashi.conflicts.queries.sight import Ground, Standing, explain, who_sees

__all__ = ["Ground", "Standing", "explain", "who_sees"]
