"""Who may hear the news of launches."""

from guanxi.foundation.access.doors import may
from guanxi.foundation.push.topics import open_topic

open_topic("launch", lambda colleague, _launch: may(colleague, "campaign.read"))
