"""A chat-completions server for tests: real HTTP on this machine, answers as the test says, requests written down."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
Reply = tuple[int, str, dict[str, str]]
Answer = Callable[[Body], Reply]


class ChatServer(ThreadingHTTPServer):
    """Answers each request by `answer`, which a test may change; `bodies` and `keys` hold what came."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.bodies: list[Body] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in a test of time limits is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        if self.path != "/v1/chat/completions":
            status, text, headers = 404, "no such path", {}
        else:
            status, text, headers = self.server.answer(body)
        packed = text.encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(packed))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@contextmanager
def serving(answer: Answer) -> Iterator[ChatServer]:
    server = ChatServer(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def completion(
    content: str | None, finish: str = "stop", tokens: tuple[int, int] | None = (900, 60)
) -> Reply:
    """What a server answers when all is well."""
    message = {"role": "assistant", "content": content}
    reply: Body = {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}
    if tokens:
        reply["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    return 200, json.dumps(reply), {}


def fault(status: int, message: str, **headers: str) -> Reply:
    """What a server answers when something is wrong."""
    return status, json.dumps({"error": {"message": message}}), headers


def events(*proposals: Body) -> str:
    return json.dumps({"events": proposals})


def proposal(quote: str, trigger: str, type: str, actors: Sequence[str] = (), recipients: Sequence[str] = (), **more: Any) -> Body:  # fmt: skip
    parts = {
        "mode": None,
        "contexts": [],
        "place": None,
        "when": None,
        "source": None,
        "modality": "asserted",
    }
    named = {"quote": quote, "trigger": trigger, "type": type, "actors": list(actors), "recipients": list(recipients)}  # fmt: skip
    return {**parts, **named, **more}


def telling(told: dict[str, Sequence[Body]]) -> Answer:
    """Answers with the proposals of each key that stands in the text asked about."""

    def answer(body: Body) -> Reply:
        text = body["messages"][-1]["content"]
        return completion(events(*(one for words, found in told.items() if words in text for one in found)))

    return answer
