from django.apps import AppConfig


class Transfer(AppConfig):
    name = "guanxi.integration.transfer"
    label = "transfer"

    def ready(self) -> None:
        from guanxi.integration.transfer import beginning  # noqa: PLC0415 (models are there only now)

        beginning.register()
