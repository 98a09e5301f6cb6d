from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ApprovalsConfig(AppConfig):
    name = "kakehashi.approvals"

    def ready(self) -> None:
        from kakehashi.approvals import personal, recorded
        from kakehashi.approvals.queries import KIND
        from kakehashi.handoffs import naming
        from kakehashi.people import privacy

        naming.register(KIND, gettext_lazy("Approval"))
        privacy.register("approvals", personal.exported, personal.forgotten)
        recorded.register()
