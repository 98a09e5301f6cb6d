from django.apps import AppConfig


class TrafficConfig(AppConfig):
    name = "kakehashi.traffic"

    def ready(self) -> None:
        from kakehashi.conflicts import naming
        from kakehashi.people import feeds, holdings, privacy
        from kakehashi.traffic import agenda, leaving, onward, personal, recorded, telling, wording
        from kakehashi.traffic.queries.naming import names_of_jobs

        naming.register("job", names_of_jobs)
        feeds.register("traffic", agenda.events)
        holdings.register("traffic", leaving.held_by, settle=leaving.settle)
        privacy.register("traffic", personal.exported, personal.forgotten)
        onward.register()
        telling.register()
        wording.register()
        recorded.register()
