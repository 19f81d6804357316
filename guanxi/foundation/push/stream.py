"""The ASGI application of the push process: ``GET /notices`` is a stream of Server-Sent Events."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from guanxi.foundation.push.address import PATH
from guanxi.foundation.push.hub import Hub, Subscriber, audible, in_thread, last_number, notices_after
from guanxi.foundation.push.models import Notice
from guanxi.foundation.push.visitor import Headers, colleague, is_addressed_to_us, is_from_our_page

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT = 20.0  # seconds between signs of life, so that proxies keep the connection and dead ones are noticed
RECHECK = 60.0  # seconds until the log-in is looked at again


def application(hub: Hub, web_port: int) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application over this hub, for pages served on `web_port`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(hub, receive, send)
        elif scope["type"] == "http":
            await _answer(hub, web_port, scope, receive, send)

    return app


async def _live(hub: Hub, receive: Receive, send: Send) -> None:
    """Run the hub from start-up to shut-down."""
    await receive()
    running = asyncio.create_task(hub.run())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(hub: Hub, web_port: int, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["path"] != PATH or scope["method"] != "GET":
        return await _refuse(send, 404)
    if not is_addressed_to_us(headers) or not is_from_our_page(headers, web_port):
        return await _refuse(send, 403)
    user = await in_thread(lambda: colleague(headers))
    if user is None:
        return await _refuse(send, 204)  # tells an EventSource to stop asking
    await send({"type": "http.response.start", "status": 200, "headers": _stream_headers(headers)})
    return await _stream(hub, Subscriber(user), headers, receive, send)


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _stream_headers(headers: Headers) -> list[tuple[bytes, bytes]]:
    answer = {"content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no"}
    if "origin" in headers:
        shared = {"access-control-allow-origin": headers["origin"], "access-control-allow-credentials": "true"}
        answer |= {**shared, "vary": "Origin"}
    return [(name.encode(), value.encode("latin-1")) for name, value in answer.items()]


async def _stream(hub: Hub, subscriber: Subscriber, headers: Headers, receive: Receive, send: Send) -> None:
    """Send until the page leaves, the log-in ends or the process stops."""
    gone = asyncio.create_task(_wait_until_gone(receive))
    gone.add_done_callback(lambda _: subscriber.hand(None))
    try:
        async for text in _texts(hub, subscriber, headers, gone):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})
    finally:
        hub.subscribers.discard(subscriber)
        gone.cancel()


async def _texts(hub: Hub, subscriber: Subscriber, headers: Headers, gone: "asyncio.Task[None]") -> AsyncIterator[str]:
    """What the page missed, then what comes, then None; between them signs of life."""
    hub.subscribers.add(subscriber)
    sent = _last_event_id(headers)
    if sent is None:
        sent = hub.seen or await in_thread(last_number)
        yield f"retry: 2000\nid: {sent}\n\n"
    else:
        missed = await in_thread(lambda: audible(subscriber.user, notices_after(sent or 0)))
        yield "retry: 2000\n\n" + "".join(map(as_event, missed))
        sent = max([sent, *(notice.number or 0 for notice in missed)])
    checked = asyncio.get_running_loop().time()
    while not gone.done():
        try:
            notice = await asyncio.wait_for(subscriber.waiting.get(), HEARTBEAT)
        except TimeoutError:
            yield ": alive\n\n"
        else:
            if notice is None:
                return
            if (notice.number or 0) > sent:
                yield as_event(notice)
        if asyncio.get_running_loop().time() - checked > RECHECK:
            checked = asyncio.get_running_loop().time()
            user = await in_thread(lambda: colleague(headers))
            if user is None:
                return
            subscriber.user = user


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def as_event(notice: Notice) -> str:
    """The notice as a Server-Sent Event: named by its topic, numbered for resuming."""
    data = json.dumps({"kind": notice.kind, "at": notice.at.isoformat(), "payload": notice.payload})
    return f"id: {notice.number}\nevent: {notice.topic}\ndata: {data}\n\n"


def _last_event_id(headers: Headers) -> int | None:
    given = headers.get("last-event-id", "")
    return int(given) if given.isdecimal() and given.isascii() else None
