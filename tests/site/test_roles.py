"""What a role may do has a name that an administrator can read."""

from guanxi.foundation.access.verbs import declared
from guanxi.site.roles import STARTING_ROLES


def test_every_verb_of_the_starting_roles_can_be_granted_on_the_settings_page() -> None:
    granted = {verb for _name, grants in STARTING_ROLES.values() for verb in grants}
    assert granted <= {verb for verb, _label in declared()}


def test_the_administrator_can_do_everything_that_can_be_granted() -> None:
    _name, grants = STARTING_ROLES["administrator"]
    assert {verb for verb, _label in declared()} == set(grants)
