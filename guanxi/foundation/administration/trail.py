"""What the house itself writes on the trail, in words; and what facts are called that several apps write."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "access.member_added": _("Added a colleague"),
    "access.member_changed": _("Changed a colleague's role or log-in"),
    "access.role_granted": _("Changed what a role may do"),
    "account.password_changed": _("Changed a password"),
    "company.changed": _("Changed the company"),
}
SUBJECTS = {
    "company": _("Company"),
    "entry": _("Line of the trail"),
    "role": _("Role"),
    "user": _("Colleague"),
}
FACTS = {
    "active": _("Can log in"),
    "after": _("Afterwards"),
    "before": _("Before"),
    "contact_cost": _("Cost of one contact"),
    "currency": _("Currency"),
    "description": _("What it means"),
    "discount": _("Discount rate (share a year)"),
    "kind": _("Kind"),
    "margin": _("Gross margin (share of sales)"),
    "members": _("Members"),
    "name": _("Name"),
    "order_cost": _("Cost of one order"),
    "owner": _("Owner"),
    "person": _("Colleague"),
    "role": _("Role"),
    "rows": _("Rows"),
    "timezone": _("Time zone"),
    "what": _("What"),
}
