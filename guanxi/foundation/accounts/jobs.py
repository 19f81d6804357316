"""What a worker does for accounts."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from guanxi.foundation.accounts.models import User
from guanxi.foundation.jobs.declare import job


@job("accounts.mail_reset_link")
def mail_reset_link(email: str) -> None:
    """Mail the link to the colleague with this address, in their language; an address nobody has gets nothing.

    The link bears the address in the settings, not the one that was asked: a forged host cannot lead anybody astray.
    """
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    place = {"who": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    with translation.override(user.language):
        link = settings.PUBLIC_URL + reverse("entrance:new-password", kwargs=place)
        text = render_to_string("accounts/reset_mail.txt", {"name": user.name, "link": link})
        send_mail(_("Set a new password for Guanxi"), text, None, [user.email])
