"""Who may hear the news of messages."""

from guanxi.foundation.access.doors import may
from guanxi.foundation.push.topics import open_topic

open_topic("outbox", lambda colleague, _programme: may(colleague, "outbox.read"))
