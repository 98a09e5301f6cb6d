"""Where walls, promises and rivals are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    everywhere: dict[str, str] = {}
    record("conflicts.Wall", page="conflicts:wall")
    record("conflicts.Denial", about=("person_id", "account_id"))
    record("conflicts.SideRule", about=("office_id", "person_id", "company_id", "account_id"))
    record("conflicts.Member", about=("person_id",))
    record("conflicts.Behind", about=("account_id",))
    record("conflicts.Exemption", about=("person_id", "side_id"))
    staffing = {"pk": "account_id"}
    record("conflicts.SeatPermit", page="conflicts:staffing", by=staffing, about=("person_id",))
    record("conflicts.Commitment", page="conflicts:commitment", about=("code", "account_id"))
    record("conflicts.CommitmentCategory", about=("category_id",))
    programmes = ("account_id", "medium")
    record(
        "conflicts.MediaAdjacency", page="conflicts:commitments", by=everywhere, about=programmes
    )
    rivals = ("one_name", "other_name")
    record("conflicts.Rivalry", page="conflicts:competitors", by=everywhere, about=rivals)
    record("conflicts.Policy", page="conflicts:policy", by=everywhere, about=("mode",))
    record("conflicts.Scheme", page="conflicts:categories", by=everywhere)
    record("conflicts.CategoryLink", about=("category_id", "other_id"))
    pair = ("one_id", "other_id")
    record("conflicts.CategoryPair", page="conflicts:categories", by=everywhere, about=pair)
    case = ("company_id", "company_name", "brand")
    record("conflicts.Check", page="conflicts:register", by=everywhere, about=case)
    record("conflicts.Receipt", page="conflicts:check", about=("asked_at",))
    record("conflicts.Consent", page="conflicts:register", by=everywhere, about=case)
    record("conflicts.WallNotice", about=("person_id",))
