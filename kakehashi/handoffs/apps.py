from django.apps import AppConfig


class HandoffsConfig(AppConfig):
    name = "kakehashi.handoffs"

    def ready(self) -> None:
        from kakehashi.handoffs import leaving, personal, telling
        from kakehashi.people import holdings, privacy

        holdings.register("handoffs", leaving.held_by)
        privacy.register("handoffs", personal.exported, personal.forgotten)
        telling.register()
