"""`--coder llm` on the command line: never unless asked, what it took at the end, wrong use."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chat_server import ChatServer, fault, proposal, serving, telling
from sitroom.cli.commands import cli
from sitroom.errors import BadInput, EndpointFault

RAID = proposal("Israel attacked Syria in Damascus.", "attacked", "ASSAULT", ["Israel"], ["Syria"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ChatServer]:
    monkeypatch.setenv("SITROOM_API_KEY", "sk-secret")
    monkeypatch.chdir(tmp_path)
    with serving(telling({"in Damascus": [RAID]})) as running:
        yield running


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _llm(server: ChatServer) -> list[str]:
    return ["--coder", "llm", "--endpoint", server.url, "--model", "tiny", "--answers", "answers"]


def test_code_prints_events_and_what_it_took(server: ChatServer, reports: Path) -> None:
    result = _run("code", reports, *_llm(server), "--price", "0.1,0.2")
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["rule"] for line in result.stdout.splitlines()] == ["llm:tiny@events-1"]
    assert "language model tiny: 3 requests" in result.stderr
    assert "cost 0.3060" in result.stderr
    assert set(server.keys) == {"Bearer sk-secret"}
    assert "sk-secret" not in result.output
    again = _run("code", reports, "--coder", "llm", "--model", "tiny", "--answers", "answers")
    assert again.stdout == result.stdout
    assert "0 requests, 3 answers kept from before" in again.stderr


def test_read_fills_a_room(server: ChatServer, reports: Path) -> None:
    result = _run("read", "a.room", reports, *_llm(server), "--timeout", "20")
    assert result.exit_code == 0, result.output
    assert "proposals that made an event: 1; dropped: none" in result.stderr
    (row,) = json.loads(_run("events", "a.room", "--format", "json").stdout)
    assert "llm:tiny@events-1" in _run("why", "a.room", row["id"]).stdout


def test_the_endpoint_may_come_from_the_environment(
    server: ChatServer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITROOM_ENDPOINT", server.url)
    rules = _run("code", reports)
    assert rules.exit_code == 0
    assert "language model" not in rules.output
    assert server.bodies == []
    result = _run("code", reports, "--coder", "llm", "--model", "tiny", "--answers", "answers")
    assert result.exit_code == 0
    assert len(server.bodies) == 3


def test_a_key_that_is_refused_ends_the_run(server: ChatServer, reports: Path) -> None:
    server.answer = lambda body: fault(401, "bad key sk-secret")
    result = _run("code", reports, *_llm(server))
    assert isinstance(result.exception, EndpointFault)
    assert "sk-secret" not in result.exception.what


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--model", "tiny"], "are for a language model"),
        (["--coder", "llm"], "needs the name of a model"),
        (["--coder", "llm", "--model", "tiny", "--price", "cheap"], "no pair of prices"),
        (["--coder", "llm", "--model", "tiny", "--explain"], "the rules' reasons"),
        (["--coder", "llm", "--model", "tiny", "--endpoint", "nowhere"], "must be a plain web address"),
    ],
)
def test_wrong_use_is_told(reports: Path, arguments: list[str], what: str) -> None:
    result = _run("code", reports, *arguments)
    assert isinstance(result.exception, BadInput)
    assert what in result.exception.what
