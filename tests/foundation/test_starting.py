"""Every app with something to tell the house is asked once, in one way."""

from importlib.util import find_spec

from django.apps import apps

from guanxi.foundation.starting import StartingApp


def test_every_app_with_a_beginning_is_asked_for_it() -> None:
    ours = [app for app in apps.get_app_configs() if app.name.startswith("guanxi.")]
    assert {app.name for app in ours if isinstance(app, StartingApp)} == {
        app.name for app in ours if find_spec(f"{app.name}.beginning")
    }
