"""The push process itself. Run as many as wanted; each listens to the database once."""

from types import FrameType

import uvicorn

from guanxi.foundation.push.hub import Hub
from guanxi.foundation.push.stream import application


class PushServer(uvicorn.Server):
    """Ends the open streams before it waits for its connections to close."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.hub.close()
        super().handle_exit(sig, frame)


def serve(conninfo: str, host: str, port: int, web_port: int) -> None:
    """Stream notices until SIGTERM or SIGINT."""
    hub = Hub(conninfo)
    config = uvicorn.Config(
        application(hub, web_port), host=host, port=port, log_level="warning", timeout_graceful_shutdown=3
    )
    PushServer(config, hub).run()
