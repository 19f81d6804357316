from django.urls import URLPattern, URLResolver, path

from guanxi.insight.views import cards, course, loop, loyalty, overview, programmes, refreshing, segments, tags, today

app_name = "insight"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("suggestions/<int:party>/answer/", today.answer, name="answer"),
    path("answers/<int:pk>/undoing/", today.undoing, name="undoing"),
    path("loop/", loop.loop, name="loop"),
    path("loyalty/", loyalty.loyalty, name="loyalty"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/measurement/", programmes.measurement, name="measurement"),
    path("programmes/<int:pk>/closure/", programmes.closure, name="closure"),
    path("programmes/<int:pk>/assignments/", programmes.assignments, name="assignments"),
    path("models/", cards.models, name="models"),
    path("models/<int:pk>/", cards.model, name="model"),
    path("tags/", tags.catalogue, name="tags"),
    path("tags/<slug:key>/", tags.one, name="tag-page"),
    path("tags/<slug:key>/steward/", tags.steward, name="tag-steward"),
    path("refresh/", refreshing.refreshing, name="refreshing"),
    path("segments/", segments.segments, name="segments"),
    path("segments/new/", segments.builder, name="new-segment"),
    path("segments/preview/", segments.preview, name="preview"),
    path("segments/<int:pk>/", segments.segment, name="segment"),
    path("segments/<int:pk>/count/", segments.counted, name="segment-count"),
    path("segments/<int:pk>/conditions/", segments.builder, name="edit-segment"),
    path("segments/<int:pk>/removal/", segments.removal, name="removal"),
    path("customers/<int:party>/tags/<str:key>/", tags.why, name="tag"),
    path("customers/<int:party>/course/", course.course, name="course"),
    path("customers/<int:party>/next-action/", overview.next_action, name="next-action"),
]
