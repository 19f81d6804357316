"""The invented colleagues of the demo company. Everybody's password is the same, and printed when the demo starts."""

from guanxi.foundation.access.models import Team
from guanxi.foundation.accounts.models import User
from guanxi.site.roles import ensure_starting_roles

PASSWORD = "guanxi-demo"  # noqa: S105 (a demonstration has no secrets, and says so on its log-in page)

# mailbox, name, role, team, language, zone
COLLEAGUES = (
    ("manager", "Hannah Cole", "manager", None, "en", "Europe/London"),
    ("lin", "林悦", "manager", None, "zh-hans", "Asia/Shanghai"),
    ("marketer", "Tom Ashe", "marketer", None, "en", "Europe/London"),
    ("analyst", "陈薇", "analyst", None, "zh-hans", "Asia/Shanghai"),
    ("rep", "Olu Adeyemi", "representative", "North", "en", "Europe/London"),
    ("rep2", "Isabel Moreau", "representative", "North", "en", "Europe/London"),
    ("rep3", "赵敏", "representative", "South", "zh-hans", "Europe/London"),
    ("rep4", "Priya Nair", "representative", "South", "en", "Europe/London"),
    ("rep5", "Jan Peeters", "representative", "Abroad", "en", "Europe/Brussels"),
    ("agent", "Mei Jones", "agent", "North", "en", "Europe/London"),
    ("admin", "Ada Kerr", "administrator", None, "en", "Europe/London"),
)
SHOWN_LOGINS = ("manager", "lin", "rep", "marketer", "admin")


def address(mailbox: str) -> str:
    return f"{mailbox}@northgate.example"


def hire() -> dict[str, User]:
    """Create the colleagues that are missing; answer all of them by mailbox."""
    roles = ensure_starting_roles()
    people = {}
    for mailbox, name, role, team, language, zone in COLLEAGUES:
        people[mailbox] = User.objects.filter(email=address(mailbox)).first() or User.objects.create_user(
            email=address(mailbox),
            password=PASSWORD,
            name=name,
            role=roles[role],
            team=Team.objects.get_or_create(name=team)[0] if team else None,
            language=language,
            timezone=zone,
        )
    return people
