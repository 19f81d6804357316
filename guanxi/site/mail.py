"""How the system's own mail leaves (password resets): by the same server as customers' mail, or into the log."""

from urllib.parse import unquote, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def system_mail(setting: str) -> dict[str, object]:
    """Django's mail settings for GUANXI_MAIL.

    While mail is captured, a reset link is printed to the log of the web process: who may read that log runs the
    installation anyway, whereas a page for it would hand every account to whoever may open the page.
    """
    if setting == "capture":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    address = urlsplit(setting)
    is_safe = address.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname or "localhost",
        "EMAIL_PORT": address.port or (465 if is_safe else 25),
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": is_safe,
        "EMAIL_USE_TLS": not is_safe and address.hostname not in LOOPBACK and address.username is not None,
        "EMAIL_TIMEOUT": 20,
    }
