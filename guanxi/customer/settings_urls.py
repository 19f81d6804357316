"""Settings pages of the record; the house puts them below /settings/."""

from django.urls import path

from guanxi.customer.views import believing, defining, handover, owning, pooling, retention, withdrawing

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
        path("<int:pk>/withdrawal/", withdrawing.withdrawal, name="withdrawal"),
        path("<int:pk>/withdrawal/undo/", withdrawing.return_, name="withdrawal-undo"),
    ],
    "beliefs",
)
ownership = (
    [
        path("pools/", pooling.pools, name="pools"),
        path("pools/new/", pooling.pool, name="new-pool"),
        path("pools/<int:pk>/", pooling.pool, name="pool"),
        path("pools/<int:pk>/closure/", pooling.closure, name="pool-closure"),
        path("pools/<int:pk>/enrolment/", pooling.enrolment, name="pool-enrolment"),
        path("territories/", pooling.territories, name="territories"),
        path("territories/new/", pooling.territory, name="new-territory"),
        path("territories/<int:pk>/", pooling.territory, name="territory"),
        path("handovers/", handover.handovers, name="handovers"),
        path("handovers/new/", handover.new, name="new-handover"),
        path("handovers/<int:pk>/", handover.handover, name="handover"),
        path("handovers/<int:pk>/undoing/", handover.undoing, name="handover-undoing"),
    ],
    "ownership",
)
levels = ([path("", owning.contact_standards, name="standards")], "levels")
retention_rules = (
    [
        path("", retention.rules, name="rules"),
        path("<slug:what>/", retention.rule, name="rule"),
        path("<slug:what>/end/", retention.end, name="end"),
    ],
    "retention",
)
