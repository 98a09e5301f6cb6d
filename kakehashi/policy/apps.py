from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "kakehashi.policy"

    def ready(self) -> None:
        from kakehashi.policy import engine  # noqa: PLC0415 - models must be loaded first
        from kakehashi.policy.abilities import ABILITIES  # noqa: PLC0415

        engine.load(ABILITIES)
