from django.urls import URLPattern, URLResolver, path

from guanxi.operational.marketing.views import campaigns, launches, letters, unsubscribing

app_name = "marketing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/plan/", campaigns.plan, name="plan"),
    path("campaigns/<int:pk>/audience/", campaigns.audience, name="audience"),
    path("campaigns/<int:pk>/letter/", letters.letter, name="letter"),
    path("campaigns/<int:pk>/launch/", launches.launch, name="launch"),
    path("campaigns/<int:pk>/progress/", launches.progress, name="progress"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscription, name="unsubscribe"),
]
