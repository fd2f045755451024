"""`deepsix serve`: the pages on this computer, opened in the browser."""

from __future__ import annotations

import socket
import threading
import webbrowser

import uvicorn

from deepsix.errors import DeepsixError
from deepsix.knowledge import load_knowledge
from deepsix.records import open_records
from deepsix.web.app import create_app
from deepsix.web.warming import warm

HOST = "127.0.0.1"  # this computer only


class PortTakenError(DeepsixError):
    """Another program has the port."""

    exit_code = 7


def run(port: int, open_browser: bool) -> None:
    """Serve the pages until the person stops it.

    Raises:
        PortTakenError: Another program has the port.
        PagesNotBuiltError: The scripts and styles are not built.
    """
    with open_records() as records:
        app = create_app(load_knowledge(), records)
        listening = _listen(port)
        address = f"http://{HOST}:{listening.getsockname()[1]}/"
        print(f"deepsix is at {address}  Press Ctrl and C to stop.")
        threading.Thread(target=warm, args=(app.state.site,), daemon=True).start()
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        # No access log: addresses are kept nowhere.
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise PortTakenError(
            f"Port {port} is taken; perhaps deepsix runs already. Open http://{HOST}:{port}/ or give another: "
            f"deepsix serve --port {port + 1}"
        ) from None
    return listening
