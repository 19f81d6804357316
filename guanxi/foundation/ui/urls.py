from django.urls import path

from guanxi.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("found/", views.found, name="found"),
    path("style/", views.style, name="style"),
    path("style/board/move/", views.style_move, name="style-move"),
    path("offline/", views.offline, name="offline"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
