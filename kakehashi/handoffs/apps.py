from django.apps import AppConfig


class HandoffsConfig(AppConfig):
    name = "kakehashi.handoffs"

    def ready(self) -> None:
        from kakehashi.clients import crossings, following
        from kakehashi.handoffs import (
            agenda,
            bridge,
            handovers,
            leaving,
            personal,
            recorded,
            telling,
        )
        from kakehashi.people import feeds, holdings, privacy

        crossings.register(bridge.crossing)
        feeds.register("handoffs", agenda.events)
        holdings.register("handoffs", leaving.held_by)
        privacy.register("handoffs", personal.exported, personal.forgotten)
        following.register(handovers)
        handovers.register()
        telling.register()
        recorded.register()
