from django.urls import path

from guanxi.integration.transfer.views import files, listing, mapping, running

app_name = "transfer"
urlpatterns = [
    path("imports/", listing.imports, name="imports"),
    path("imports/new/", listing.new, name="new"),
    path("imports/<int:pk>/", running.import_page, name="import"),
    path("imports/<int:pk>/reading/", mapping.reading, name="reading"),
    path("imports/<int:pk>/mapping/", mapping.mapping, name="mapping"),
    path("imports/<int:pk>/preview/", mapping.preview_page, name="preview"),
    path("imports/<int:pk>/start/", running.start, name="start"),
    path("imports/<int:pk>/progress/", running.progress, name="progress"),
    path("imports/<int:pk>/pause/", running.pause, name="pause"),
    path("imports/<int:pk>/resumption/", running.resumption, name="resumption"),
    path("imports/<int:pk>/cancellation/", running.cancellation, name="cancellation"),
    path("imports/<int:pk>/outcomes.csv", files.outcomes, name="outcomes"),
    path("imports/<int:pk>/rejects.csv", files.rejects, name="rejects"),
    path("imports/<int:pk>/original", files.original, name="original"),
]
