from django.urls import URLPattern, URLResolver, path

from guanxi.customer.views import editing, entering, fields, listing, privacy, record, selecting, telling

app_name = "customer"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.customers, name="customers"),
    path("count/", listing.counted, name="counted"),
    path("export/", listing.export, name="export"),
    path("new/", entering.new, name="new"),
    path("new/alike/", entering.alike, name="alike"),
    path("assignment/", selecting.assignment, name="assignment"),
    path("tagging/", selecting.tagging, name="tagging"),
    path("undo/<int:pk>/", selecting.undo, name="undo"),
    path("views/", selecting.views, name="views"),
    path("views/<int:pk>/removal/", selecting.view_removal, name="view-removal"),
    path("privacy/", privacy.requests, name="privacy-requests"),
    path("privacy/<int:pk>/", privacy.one, name="privacy-request"),
    path("privacy/<int:pk>/identity/", privacy.identity, name="privacy-identity"),
    path("privacy/<int:pk>/refusal/", privacy.refusal, name="privacy-refusal"),
    path("privacy/<int:pk>/copy/", privacy.copy, name="privacy-copy"),
    path("privacy/<int:pk>/erasure/", privacy.erasure, name="privacy-erasure"),
    path("privacy/<int:pk>/readmission/", privacy.readmission, name="privacy-readmission"),
    path("<int:pk>/", record.customer, name="customer"),
    path("<int:pk>/privacy/", privacy.opening, name="privacy-opening"),
    path("<int:pk>/timeline/", telling.timeline, name="timeline"),
    path("<int:pk>/purchases/", telling.bought, name="purchases"),
    path("<int:pk>/notes/", telling.notes, name="notes"),
    path("<int:pk>/calls/", telling.calls, name="calls"),
    path("<int:pk>/owner/", editing.owner, name="owner"),
    path("<int:pk>/tags/", editing.tags, name="tags"),
    path("<int:pk>/tags/removal/", editing.tag_removal, name="tag-removal"),
    path("<int:pk>/consents/", editing.consents, name="consents"),
    path("<int:pk>/fields/<str:name>/", fields.field, name="field"),
    path("<int:pk>/fields/<str:name>/sayings/", fields.sayings, name="sayings"),
    path("<int:pk>/fields/<str:name>/withdrawal/", fields.withdrawal, name="field-withdrawal"),
    path("<int:pk>/sources/<int:record>/", record.source, name="source"),
]
