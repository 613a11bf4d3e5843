"""The command line, the page, and the ladders for Gambit."""

import json
import re
import shlex
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitroom.cli.whatif import app
from sitroom.errors import BadCase, BadInput, UnknownName
from sitroom.strategy.bargain import solve_bargain
from sitroom.strategy.casefile import load_case, read_case
from sitroom.strategy.inverse import effects, option_changes
from sitroom.strategy.ladder import write_efg, write_nfg
from sitroom.strategy.page import render_page
from sitroom.strategy.solve import compare, solve

CASE = Path(__file__).resolve().parents[2] / "samples" / "iran-in-syria" / "case.toml"


def sitroom(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_flagship_has_what_the_docs_say() -> None:
    game = load_case(CASE)
    assert [whatif.id for whatif in game.whatifs] == [
        "russia-stops-tolerating",
        "us-stays",
        "iran-values-quiet",
        "assad-asks",
        "ukraine",
    ]
    assert {decider.name for decider in game.deciders} >= {"Israel", "Russia", "Iran"}
    for line in (*game.options, *game.wants):
        assert line.grounds.evidence or line.grounds.why
        for one in line.grounds.evidence:
            day = game.notes[one].known_by
            assert day is not None
            assert day <= game.as_of  # nothing later leaks into the game
    assert game.bargain is not None
    assert game.bargain.hands == "Iran"


def test_run_prints_the_walk_beside_the_baseline(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    out = sitroom("run", str(CASE), "--draws", "40", "--html", str(page))
    assert "nothing changes" in out
    assert "What if Assad asks Iran to leave" in out
    assert "weighted mean" in out
    assert "own hands" in out
    assert "<script" not in page.read_text()


def test_run_is_repeatable_and_machine_readable() -> None:
    words = ("run", str(CASE), "--draws", "30", "--seed", "5", "--format", "json")
    one, two = json.loads(sitroom(*words)), json.loads(sitroom(*words))
    assert one == two
    solution = one["solution"]
    assert (solution["seed"], solution["draws"], solution["exact"]) == (5, 30, False)
    assert solution["settings"]["credible"] == "SEQ"
    assert "strikes-may" in solution["because"]
    assert len(one["whatifs"]) == 5
    rows = sitroom("run", str(CASE), "--draws", "30", "--format", "csv").splitlines()
    assert rows[0] == "option,,probability,nothing changes"
    assert len(rows) == 10


def test_explain_set_and_score(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Israel" in sitroom("explain", str(CASE), "now")
    monkeypatch.chdir(CASE.parent)
    assert "Israel" in sitroom("explain", "now")  # case.toml of this folder
    assert "no answer is considered" in sitroom("explain", "chicken", "YY", "--concept", "NASH")
    changed = sitroom("set", "withdraw=N", "--draws", "50")
    assert "withdraw" in changed
    assert "-0." in changed
    assert "IRN-quiet above IRN-bases" in sitroom("set", "--lift", "IRN-quiet>IRN-bases", "--draws", "20")
    assert "mean Brier" in sitroom("score", "case.toml", "--draws", "20")


def test_wrong_words_are_refused_with_a_hint() -> None:
    with pytest.raises(BadInput, match="cannot set"):
        sitroom("set", str(CASE), "bomb")
    with pytest.raises(UnknownName, match="option"):
        sitroom("set", str(CASE), "bomb=Y", "--draws", "5")
    with pytest.raises(UnknownName, match="concept"):
        sitroom("explain", "chicken", "YY", "--concept", "SEK")
    with pytest.raises(BadCase, match="no state"):
        sitroom("explain", "chicken", "YYY")
    with pytest.raises(BadCase, match="cannot read"):
        sitroom("run", "nowhere.toml")


def test_turned_round() -> None:
    assert "No single change" in sitroom("wants", str(CASE), "IRN", "leave")
    with pytest.raises(BadInput, match="already be stable"):
        sitroom("wants", "elmira", "MoE", "accept", "--concept", "NASH")
    assert "swing" in sitroom("tornado", str(CASE), "pullback@south", "--draws", "10")
    assert "%" in sitroom("seek", "chicken", "first and second", "--draws", "1")
    assert "chicken" in sitroom("games")


class Reader(HTMLParser):
    """Checks that tags close, and collects ids and links."""

    EMPTY = ("meta", "br", "line", "rect", "circle", "path")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        self.ids |= {given["id"]} if "id" in given else set()
        self.links |= {given["href"]} if "href" in given else set()
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def page_of(game, draws: int = 30) -> str:
    solved = solve(game, draws)
    tornado = (game.options[0].id, effects(solved, game.options[0].id, option_changes(game), 10))
    bargain = solve_bargain(game.bargain, draws) if game.bargain else None
    return render_page(solved, [compare(solved, whatif) for whatif in game.whatifs], bargain, tornado)


@pytest.mark.parametrize("name", [str(CASE), "elmira", "prisoners-dilemma"])
def test_the_page_is_whole_and_self_contained(name: str) -> None:
    html = page_of(load_case(name))
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert {link.removeprefix("#") for link in reader.links} <= reader.ids
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", html)
    assert "baseline: nothing changes" in html
    assert "no forecast" in html
    if name.endswith(".toml"):
        game = load_case(name)
        for want in game.wants:
            assert want.label in html.replace("&#x27;", "'")
        assert "Who has left has nothing to pull back" in html


def test_hostile_words_are_escaped() -> None:
    text = CASE.read_text().replace(
        'label = "Iran leaves all of Syria"', 'label = "<script>alert(1)</script>"'
    )
    assert "<script>alert" not in page_of(read_case(text), 5)


def test_ladders() -> None:
    chicken = solve(load_case("chicken"), 0)
    efg = write_efg(chicken, turns=1)
    assert efg.startswith("EFG 2 R")
    assert efg.count("\nt ") == 4
    assert efg.count("\np ") == 3
    nfg = write_nfg(chicken)
    payoffs = [tuple(map(int, line.split())) for line in nfg.strip().splitlines()[4:]]
    place = {chicken.space.name(s): tuple(int(r[0, s]) for r in chicken.ranks) for s in range(4)}
    # the first player varies fastest, and starts from staying as it is (nobody swerves)
    assert payoffs == [place["NN"], place["YN"], place["NY"], place["YY"]]
    with pytest.raises(BadCase, match="nodes"):
        write_efg(solve(load_case(CASE), 0), turns=3)


DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to-whatif.md"


def test_the_case_in_the_docs_runs_as_it_says() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text(), re.S)
    base = solve(read_case(text, "docs"))
    assert compare(base, base.game.whatifs[0]).after.stays < base.solution.stays


def test_every_command_in_the_docs_is_known() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    used = set(re.findall(r"^\$ sitroom whatif (\S+)", DOCS.read_text(), re.M))
    assert used <= known
    assert {"run", "explain", "set", "score", "draft"} <= used


@pytest.mark.parametrize(
    "line",
    [line for line in re.findall(r"^\$ sitroom whatif (.*)", DOCS.read_text(), re.M) if ".room" not in line],
)
def test_every_line_in_the_docs_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [str(CASE) if word.endswith("case.toml") else word for word in shlex.split(line)]
    monkeypatch.chdir(tmp_path)
    draws = ["--draws", "10"] if words[0] in ("run", "set", "score", "tornado") else []
    assert sitroom(*words, *draws) is not None
