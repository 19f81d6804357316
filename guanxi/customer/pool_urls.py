"""The public pool below /customers/pool/."""

from django.urls import path

from guanxi.customer.views import pool

app_name = "pool"
urlpatterns = [
    path("", pool.pools, name="pools"),
    path("ending/", pool.ending, name="ending"),
    path("<int:pk>/", pool.pool, name="pool"),
    path("<int:pk>/claims/", pool.claims, name="claims"),
    path("<int:pk>/assignment/", pool.assignment, name="assignment"),
]
