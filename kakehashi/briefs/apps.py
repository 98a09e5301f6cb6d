from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class BriefsConfig(AppConfig):
    name = "kakehashi.briefs"

    def ready(self) -> None:
        from kakehashi.approvals import subjects
        from kakehashi.briefs import actions, building, origin, personal, queries, recorded
        from kakehashi.handoffs import naming
        from kakehashi.people import privacy

        subjects.register(
            queries.KIND,
            subjects.Subject(
                label=gettext_lazy("Brief"),
                changes=queries.changes,
                settled=actions.settled,
                built_on=building.objection,
                printed=queries.printed,
            ),
        )
        naming.register(queries.KIND, gettext_lazy("Brief"))
        naming.register(queries.GAPS, gettext_lazy("Brief"))
        naming.register(queries.OBJECTION, gettext_lazy("Objection"))
        origin.register()
        privacy.register("briefs", personal.exported, personal.forgotten)
        recorded.register()
