from django.apps import AppConfig


class HandoffsConfig(AppConfig):
    name = "kakehashi.handoffs"

    def ready(self) -> None:
        from kakehashi.clients import crossings
        from kakehashi.handoffs import bridge, leaving, personal, telling
        from kakehashi.people import holdings, privacy

        crossings.register(bridge.crossing)
        holdings.register("handoffs", leaving.held_by)
        privacy.register("handoffs", personal.exported, personal.forgotten)
        telling.register()
