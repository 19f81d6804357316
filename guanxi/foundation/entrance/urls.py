from django.urls import path

from guanxi.foundation.entrance import views

app_name = "entrance"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("profile/", views.profile, name="profile"),
    path("password/", views.password, name="password"),
    path("reset/", views.reset, name="reset"),
    path("reset/<who>/<token>/", views.new_password, name="new-password"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
