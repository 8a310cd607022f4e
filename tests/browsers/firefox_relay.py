"""Starts Firefox and stands between it and Playwright.

Playwright sends ``emulation.setMediaFeaturesOverride`` for each new context and gives up where it
fails; Firefox 153, which Debian has, does not know it. The relay answers it, and passes on all
else. It can go when Debian's Firefox knows the command.

    python -m tests.browsers.firefox_relay /usr/bin/firefox-esr --headless …
"""

import asyncio
import contextlib
import json
import re
import sys

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

UNKNOWN_TO_FIREFOX = "emulation.setMediaFeaturesOverride"
ANNOUNCEMENT = "WebDriver BiDi listening on"


async def pass_commands(playwright: ServerConnection, firefox: ClientConnection) -> None:
    async for message in playwright:
        command = json.loads(message)
        if command["method"] == UNKNOWN_TO_FIREFOX:
            answer = {"type": "success", "id": command["id"], "result": {}}
            await playwright.send(json.dumps(answer))
        else:
            await firefox.send(message)


async def pass_answers(playwright: ServerConnection, firefox: ClientConnection) -> None:
    async for message in firefox:
        await playwright.send(message)


async def run(command: list[str]) -> int:
    """Run Firefox until it ends, and announce the relay's address in the place of its own."""
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    address = ""
    while not address:
        line = (await process.stderr.readline()).decode(errors="replace")
        if not line:
            return await process.wait()
        match = re.match(rf"{ANNOUNCEMENT} (ws://\S+)", line)
        address = match[1] if match else ""

    async def relay(playwright: ServerConnection) -> None:
        async with connect(f"{address}/session", max_size=None) as firefox:
            tasks = [
                asyncio.create_task(pass_messages(playwright, firefox))
                for pass_messages in (pass_commands, pass_answers)
            ]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            with contextlib.suppress(ConnectionClosed):
                await next(iter(done))

    async with serve(relay, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"{ANNOUNCEMENT} ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        while line := await process.stderr.readline():
            print(line.decode(errors="replace"), end="", file=sys.stderr, flush=True)
        return await process.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(run(sys.argv[1:])))
