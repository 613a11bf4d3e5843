"""Ask an OpenAI-compatible chat-completions server: retries, fall-backs for what it does not take, answers kept on disk."""

import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from pydantic import SecretStr

from sitroom.errors import AnswerFault, AnswerTooLong, BadInput, EndpointFault

Body = dict[str, Any]

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be gone the next time."""
LONGEST_WAIT = 60.0
IN_A_ROW = 3
"""After so many reports in a row without any answer the server is taken to be down."""
OPTIONAL = ("seed", "temperature", "max_tokens")
"""What a request does without where the server refuses it."""
FORM = re.compile(r"response_format|schema|grammar|json_object", re.I)
TOO_LONG = re.compile(r"context|too long|too large|maximum.{0,40}tokens|exceed", re.I)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


FOLLOWS = "try a model that follows a schema, or a server that enforces one"
SHORTER = "sent in smaller parts it may fit; a sentence cannot be cut"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Which language model to ask, and how.

    Without an `endpoint` only answers kept in `answers` are used. `price` is for 1,000 tokens in and 1,000 out, in any
    currency. `length` is the most characters of a report sent together, `most_tokens` the most an answer may have,
    `timeout` in seconds.
    """

    name: str
    answers: Path
    endpoint: str | None = None
    price: tuple[float, float] | None = None
    seed: int = 0
    length: int = 6000
    most_tokens: int = 8000
    timeout: float = 300
    tries: int = 5


@dataclass(slots=True)
class Usage:
    """What asking took: requests answered by the server and from disk; tokens, None once a server does not say; seconds."""

    asked: int = 0
    kept: int = 0
    tokens_in: int | None = 0
    tokens_out: int | None = 0
    seconds: float = 0
    notes: dict[str, None] = field(default_factory=dict)


Form = Callable[[Mapping[str, Any]], Body]
"""How an answer is bound to a schema: the part of a request that says so."""


def _by_schema(schema: Mapping[str, Any]) -> Body:
    named = {"name": "events", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": named}}


def _as_json(schema: Mapping[str, Any]) -> Body:
    return {"response_format": {"type": "json_object"}}


def _as_text(schema: Mapping[str, Any]) -> Body:
    return {}


FORMS: tuple[Form, ...] = (_by_schema, _as_json, _as_text)
"""The strictest first; a server that refuses one is asked with the next."""


class Chat:
    """A chat-completions server with one model. `pause` waits so many seconds before the next try."""

    def __init__(
        self,
        model: LanguageModel,
        key: SecretStr | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = model
        self.usage = Usage()
        self._key, self._pause = _clean_key(key), pause
        self._url = _completions_url(model.endpoint) if model.endpoint else None
        self._forms: Sequence[Form] = FORMS
        self._refused: set[str] = set()
        self._failed = 0

    def ask(self, instruction: str, text: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The JSON object that the model answers; from disk if the same was asked before.

        Raises EndpointFault, AnswerFault, AnswerTooLong.
        """
        model = self.model
        question: Body = {
            "model": model.name,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
            "temperature": 0,
            "seed": model.seed,
            "max_tokens": model.most_tokens,
        }
        kept = _Kept(model.answers, {**question, "schema": schema})
        found = kept.read()
        if found is None:
            found = self._answer(question, schema)
            kept.write(found)
        else:
            self.usage.kept += 1
        if "too_long" in found:
            raise AnswerTooLong(found["too_long"], hint=SHORTER)
        answer: Mapping[str, Any] = found["answer"]
        return answer

    def _answer(self, question: Body, schema: Mapping[str, Any]) -> Body:
        """What is to be kept of the server's answer: the object, or that it was too long."""
        try:
            answer = read_object(self._complete(question, schema))
        except AnswerTooLong as error:
            return {"too_long": error.what}
        missing = [name for name in schema.get("required", ()) if name not in answer]
        if missing:
            raise AnswerFault(f"the language model's answer lacks {', '.join(missing)}", hint=FOLLOWS)
        return {"answer": answer}

    def _complete(self, question: Body, schema: Mapping[str, Any]) -> str:
        """The text of the answer, asked for in the strictest form that the server takes."""
        forms = self._forms
        while True:
            body = {name: value for name, value in question.items() if name not in self._refused}
            status, reply = self._post(body | forms[0](schema))
            if status == 200:
                if forms is not self._forms:
                    self._forms = forms
                    self.usage.notes["the server enforces no schema: answers are only checked here"] = None
                return self._content(reply)
            if self._must_step_down(status, _message(reply, self._key), body, last=len(forms) == 1):
                forms = forms[1:]

    def _must_step_down(self, status: int, why: str, body: Body, *, last: bool) -> bool:
        """True where a less strict form may be taken, False where a field is left out from now on; else raises."""
        if status in {401, 403}:
            raise EndpointFault(
                f"{self._shown} refuses the key ({status}): {why}",
                hint="put a valid key into the environment variable SITROOM_API_KEY",
            )
        if status == 404:
            raise EndpointFault(
                f"{self._shown} does not know the model {self.model.name!r} or the path (404): {why}",
                hint="the address ends before /chat/completions, often in /v1; its /models lists the models",
            )
        unclear = status in {400, 422, 501} and not last
        if unclear and FORM.search(why):
            return True
        refused = next((name for name in OPTIONAL if name in body and name in why), None)
        if refused and status in {400, 422}:
            self._refused.add(refused)
            self.usage.notes[f"the server does not take {refused}: asked without it"] = None
            return False
        if status == 413 or (status in {400, 422} and TOO_LONG.search(why)):
            raise AnswerTooLong(f"the text is too long for the language model: {why}", hint=SHORTER)
        if not unclear:
            raise AnswerFault(
                f"the server answers {status}: {why}", hint="see the server's own log; the run goes on"
            )
        return True

    def _content(self, reply: str) -> str:
        """The words of a completion; counts its tokens."""
        try:
            completion = json.loads(reply)
            choice = completion["choices"][0]
            content, finish = choice["message"].get("content"), choice.get("finish_reason")
            spent = completion.get("usage") or {}
            tokens = spent.get("prompt_tokens"), spent.get("completion_tokens")
        except (ValueError, LookupError, TypeError, AttributeError):
            raise AnswerFault(
                f"{self._shown} gives no chat completion: {_message(reply, self._key)}",
                hint="check that the address is that of an OpenAI-compatible server",
            ) from None
        self.usage.asked += 1
        self.usage.tokens_in = _plus(self.usage.tokens_in, tokens[0])
        self.usage.tokens_out = _plus(self.usage.tokens_out, tokens[1])
        if finish == "length":
            raise AnswerTooLong("the answer was cut off for its length", hint=SHORTER)
        if not isinstance(content, str) or not content.strip():
            raise AnswerFault(
                f"the language model gave no answer ({finish})", hint="try another model; the run goes on"
            )
        return content

    def _post(self, body: Body) -> tuple[int, str]:
        """Status and text of the reply, after as many tries as it takes; the time counts."""
        if self._url is None:
            raise EndpointFault(
                f"this was never asked of {self.model.name!r}, and no endpoint is given",
                hint="give --endpoint, or the folder of answers, model and settings of the run to repeat",
            )
        began = time.monotonic()
        try:
            return self._tried(body, self._url)
        finally:
            self.usage.seconds += time.monotonic() - began

    def _tried(self, body: Body, url: str) -> tuple[int, str]:
        why, wait = "", 1.0
        for again in range(self.model.tries):
            if again:
                self._pause(min(wait, LONGEST_WAIT))
                wait *= 2
            try:
                status, reply, after = self._send(body, url)
            except (OSError, HTTPException) as error:
                why = self._interrupted(error)
                continue
            if status not in PASSING:
                self._failed = 0
                return status, reply
            why, wait = f"{status} {_message(reply, self._key)}", max(wait, after)
        self._failed += 1
        what = f"{self._shown} gave no answer in {self.model.tries} tries: {why}"
        if self._failed < IN_A_ROW:
            raise AnswerFault(what, hint="read the same reports again later; answers received are kept")
        raise EndpointFault(
            what, hint="wait, or see the server's log; then run the same command again: nothing is lost"
        )

    def _interrupted(self, error: Exception) -> str:
        """Why a try gave nothing; raises for what the next try would meet as well."""
        reason = getattr(error, "reason", error)
        if isinstance(reason, (ConnectionRefusedError, gaierror, SSLError)):
            raise EndpointFault(
                f"{self._shown} cannot be reached: {reason}", hint="start the server or correct --endpoint"
            ) from None
        return str(reason) or type(reason).__name__

    def _send(self, body: Body, url: str) -> tuple[int, str, float]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        request = Request(url, json.dumps(body).encode(), headers, method="POST")
        try:
            with _opener(url).open(request, timeout=self.model.timeout) as reply:
                return reply.status, reply.read().decode("utf-8", "replace"), 0
        except HTTPError as error:
            after = error.headers.get("Retry-After", "")
            text = error.read().decode("utf-8", "replace")
            return error.code, text, float(after) if after.replace(".", "", 1).isdigit() else 0

    @property
    def _shown(self) -> str:
        """The address without what may be secret in it."""
        parts = urlsplit(self._url or "")
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"


def read_object(content: str) -> Mapping[str, Any]:
    """The JSON object in the words of an answer, thoughts before it and fences around it left out.

    Raises AnswerTooLong for one that is cut off, AnswerFault for anything else.
    """
    words = re.sub(r"^.*</think>", "", content, flags=re.S).strip()
    fenced = re.search(r"```(?:json)?\s*(.*?)\s*(?:```|\Z)", words, re.S)
    words = fenced[1] if fenced else words
    try:
        found = json.loads(words)
    except ValueError:
        if words.startswith("{") and not words.endswith("}"):
            raise AnswerTooLong("the answer breaks off", hint=SHORTER) from None
        found = None
    if not isinstance(found, dict):
        raise AnswerFault(
            f"the language model's answer is no JSON object: {words[:60]!r}",
            hint=FOLLOWS,
        )
    return found


class _Kept:
    """One answer on disk, named by the hash of what was asked."""

    def __init__(self, folder: Path, question: Body) -> None:
        packed = json.dumps(question, ensure_ascii=False, sort_keys=True)
        name = hashlib.sha256(packed.encode()).hexdigest()
        self.path = folder / name[:2] / f"{name}.json"

    def read(self) -> Body | None:
        """What was kept; None for nothing, or for a file that no longer holds an answer."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        whole = isinstance(found, dict) and (isinstance(found.get("answer"), dict) or "too_long" in found)
        return found if whole else None

    def write(self, answer: Body) -> None:
        """Keep an answer, whole or not at all. Raises BadInput."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.path.parent, delete=False
            ) as file:
                json.dump(answer, file, ensure_ascii=False, indent=1)
            os.replace(file.name, self.path)  # noqa: PTH105
        except OSError as error:
            raise BadInput(
                f"answers cannot be kept in {self.path.parent}: {error.strerror}",
                hint="name a folder that can be written with --answers",
            ) from error


def _completions_url(endpoint: str) -> str:
    """The address of chat completions. Raises BadInput for what is no plain web address."""
    try:
        parts = urlsplit(endpoint)
        plain = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
        plain = plain and parts.port != 0 and endpoint.isascii() and not re.search(r"\s", endpoint)
    except ValueError:
        plain = False
    if not plain:
        raise BadInput(
            "the endpoint must be a plain web address, without a name or password in it",
            hint="write it like https://HOST/v1 and put the key into SITROOM_API_KEY",
        )
    path = parts.path.rstrip("/")
    return parts._replace(path=f"{path.removesuffix('/chat/completions')}/chat/completions").geturl()


def _clean_key(key: SecretStr | None) -> SecretStr | None:
    """The key as it may stand in a header; None for an empty one. Raises BadInput, without the key."""
    words = key.get_secret_value().strip() if key is not None else ""
    if not (words.isascii() and words.isprintable()):
        raise BadInput(
            "the key in SITROOM_API_KEY has characters that no key has", hint="copy it again, on one line"
        )
    return SecretStr(words) if words else None


class _NoRedirect(HTTPRedirectHandler):
    """A key must not follow a redirect to somebody else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Let the redirect stand as the answer."""
        return


def _opener(url: str) -> OpenerDirector:
    """Through the proxy of the environment, but never for a server on this machine."""
    proxies = [ProxyHandler({})] if urlsplit(url).hostname in LOOPBACK else []
    return build_opener(_NoRedirect, *proxies)


def _message(reply: str, key: SecretStr | None) -> str:
    """What a server says is wrong, in one short line without the key."""
    try:
        found = json.loads(reply)
    except ValueError:
        found = reply
    if isinstance(found, dict):
        error = found.get("error", found)
        found = error.get("message", error) if isinstance(error, dict) else error
        found = found.get("message", found) if isinstance(found, dict) else found
    words = " ".join(str(found).split())[:200]
    secret = key.get_secret_value() if key is not None else ""
    return words.replace(secret, "...") if secret else words


def _plus(total: int | None, more: Any) -> int | None:
    return total + more if total is not None and isinstance(more, int) else None
