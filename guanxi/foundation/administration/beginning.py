"""What the administration adds to the frame: the settings in the rail, and each of their pages in the palette."""

from django.utils.translation import gettext_lazy as _

from guanxi.foundation.administration import trail
from guanxi.foundation.administration.tabs import tabs
from guanxi.foundation.audit import words
from guanxi.foundation.ui import navigation

SETTINGS = _("Settings")


def register() -> None:
    words.speak(verbs=trail.VERBS, subjects=trail.SUBJECTS, facts=trail.FACTS)
    navigation.go(
        navigation.Destination(
            label=SETTINGS,
            url_name="administration:company",
            icon="settings",
            order=900,
            verb="settings.write",
            apart=True,
        )
    )
    navigation.lead(_pages)


def _pages() -> list[navigation.Corner]:
    return [
        navigation.Corner(label=each.label, inside=SETTINGS, url_name=each.url_name, icon="settings", verb=each.verb)
        for each in tabs()
    ]
