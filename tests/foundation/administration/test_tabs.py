"""The tabs over the settings lead nowhere that is closed to the reader."""

import re

import pytest

from guanxi.foundation.accounts.models import User
from tests.world import logged_in


@pytest.mark.parametrize("page", ["/settings/audit/", "/settings/products/"])
def test_every_tab_a_reader_is_offered_opens(page: str, ada: User, sue: User) -> None:
    for reader in (ada, sue):
        client = logged_in(reader)
        answer = client.get(page)
        assert answer.status_code == 200
        tabs = re.findall(r'href="([^"]+)"', answer.text.partition('class="tabs"')[2].partition("</nav>")[0])
        assert page in tabs
        assert {client.get(tab).status_code for tab in tabs} == {200}
