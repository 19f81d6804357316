from django.urls import URLPattern, URLResolver, path

from guanxi.collaborative.channels import views

app_name = "channels"
urlpatterns: list[URLPattern | URLResolver] = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/tally/", views.tally, name="tally"),
    path("outbox/<int:pk>/", views.message, name="message"),
    path("outbox/<int:pk>/body/", views.body, name="body"),
    path("outbox/<int:pk>/settlement/", views.settlement, name="settlement"),
]
