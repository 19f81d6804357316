from guanxi.site.mail import system_mail


def test_captured_system_mail_goes_to_the_log_and_to_no_page() -> None:
    assert system_mail("capture") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


def test_a_password_is_never_sent_to_a_distant_server_in_the_clear() -> None:
    distant = system_mail("smtp://guanxi:p%40ss@mail.example.com:587")
    assert (distant["EMAIL_USE_TLS"], distant["EMAIL_HOST_PASSWORD"], distant["EMAIL_PORT"]) == (True, "p@ss", 587)
    assert system_mail("smtps://guanxi:x@mail.example.com")["EMAIL_USE_SSL"] is True
