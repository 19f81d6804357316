"""The addresses of the house. Each app names its own below its prefix."""

from django.urls import URLPattern, URLResolver, include, path

from guanxi.customer import settings_urls
from guanxi.insight.views import today
from guanxi.site.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("", today.today, name="home"),
    path("accounts/", include("guanxi.foundation.entrance.urls")),
    path("", include("guanxi.foundation.ui.urls")),
    path("settings/", include("guanxi.foundation.administration.urls")),
    path("settings/fields/", include(settings_urls.fields)),
    path("settings/sources/", include(settings_urls.beliefs)),
    path("settings/standards/", include(settings_urls.levels)),
    path("settings/retention/", include(settings_urls.retention_rules)),
    path("settings/", include(settings_urls.ownership)),
    path("customers/pool/", include("guanxi.customer.pool_urls")),
    path("customers/", include("guanxi.customer.urls")),
    path("insight/", include("guanxi.insight.urls")),
    path("marketing/", include("guanxi.operational.marketing.urls")),
    path("channels/", include("guanxi.collaborative.channels.urls")),
    path("transfer/", include("guanxi.integration.transfer.urls")),
]

handler400 = "guanxi.foundation.ui.failures.bad_request"
handler403 = "guanxi.foundation.ui.failures.forbidden"
handler404 = "guanxi.foundation.ui.failures.not_found"
handler500 = "guanxi.foundation.ui.failures.failed"
