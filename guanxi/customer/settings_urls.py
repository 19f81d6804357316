"""Settings pages of the record; the house puts them below /settings/."""

from django.urls import path

from guanxi.customer.views import believing, defining

fields = (
    [
        path("", defining.fields, name="fields"),
        path("new/", defining.new, name="new"),
        path("<int:pk>/", defining.field, name="field"),
        path("<int:pk>/place/", defining.move, name="move"),
        path("<int:pk>/retirement/", defining.retirement, name="retirement"),
        path("<int:pk>/revival/", defining.revival, name="revival"),
        path("<int:pk>/removal/", defining.removal, name="removal"),
    ],
    "fields",
)
beliefs = (
    [
        path("", believing.sources, name="sources"),
        path("rules/<str:name>/", believing.rule, name="rule"),
        path("<int:pk>/place/", believing.move, name="move"),
    ],
    "beliefs",
)
