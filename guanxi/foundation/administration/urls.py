from django.urls import path

from guanxi.foundation.administration.views import audit, catalogue, company, people

app_name = "administration"
urlpatterns = [
    path("", company.company, name="company"),
    path("people/", people.members, name="members"),
    path("people/new/", people.place, name="new_member"),
    path("people/<int:pk>/", people.place, name="member"),
    path("roles/", people.roles, name="roles"),
    path("roles/<int:pk>/", people.grants, name="role"),
    path("audit/", audit.audit_trail, name="audit"),
    path("products/", catalogue.catalogue, name="products"),
]
