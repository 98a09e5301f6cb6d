from django.apps import AppConfig


class TrafficConfig(AppConfig):
    name = "kakehashi.traffic"

    def ready(self) -> None:
        from kakehashi.conflicts import naming
        from kakehashi.traffic import queries

        naming.register("job", queries.names_of_jobs)
