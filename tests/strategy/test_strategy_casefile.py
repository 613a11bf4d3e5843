"""Case files: what is read, and that every bad input names file, line and mend."""

import pytest

from sitroom.errors import BadCase
from sitroom.strategy.casefile import known_games, load_case, read_case
from sitroom.strategy.conditions import parse_condition
from sitroom.strategy.exchange import write_case
from sitroom.strategy.gmcr_files import read_gmcr, write_gmcr
from sitroom.strategy.moves import build_graph
from sitroom.strategy.preferences import rank_states
from sitroom.strategy.solve import solve
from sitroom.strategy.stability import CONCEPTS, Play, judge_all
from sitroom.strategy.states import list_states
from sitroom.strategy.tables import read_csv, write_csv

GOOD = """\
[case]
id = "small"
as_of = 2018-12-31

[define]
clear = "leave@any"

[[decider]]
id = "A"

[[decider]]
id = "B"

[[option]]
id = "strike"
owner = "A"

[[option]]
id = "leave"
owner = "B"
regions = ["south", "east"]
now = ["east"]

[[never]]
that = "strike and leave"

[[want]]
id = "A1"
of = "A"
that = "clear"

[[want]]
id = "B1"
of = "B"
that = "if strike then leave@south"

[bargaining]
issue = "x"
scale = [0, 100]
[bargaining.capability]
weight = "w"
[[bargaining.actor]]
name = "P"
position = 10
salience = [0.2, 0.4]
capability = { weight = 1 }
[[bargaining.actor]]
name = "Q"
position = [60, 80, 90]
salience = 0.5
capability = { weight = 2 }
"""


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_good_case_is_read_whole() -> None:
    game = read_case(GOOD)
    assert [option.id for option in game.options] == ["strike", "leave@south", "leave@east"]
    assert [option.now for option in game.options] == [False, False, True]
    space = list_states(game)
    assert space.size == 7  # 8 less the one where A strikes and B has left everywhere
    assert space.name(space.status_quo) == "NNY"
    assert space.truth("clear").sum() == space.truth("leave@south or leave@east").sum()
    assert game.bargain is not None
    assert game.bargain.bargainers[0].salience == pytest.approx((0.2, 0.3, 0.4))


BAD = {
    "nobody owns it": ('owner = "A"\n', "", "strike", "[[option]]", "nobody owns"),
    "owner is no decider": ('owner = "A"', 'owner = "Z"', "Z", 'owner = "Z"', "no decider"),
    "unknown option": ("leave@south", "flee", "flee", "flee", "unknown option 'flee'"),
    "unknown option in never": (
        '"strike and leave"',
        '"strike and run"',
        "run",
        "strike and run",
        "unknown option 'run'",
    ),
    "salience above 1": ("salience = 0.5", "salience = 1.5", "1.5", "salience = 1.5", "salience"),
    "position outside": ("position = 10", "position = 110", "110", "position = 110", "outside the scale"),
    "range falls": ("[60, 80, 90]", "[60, 50, 90]", "", "[60, 50, 90]", "low to high"),
    "unknown key": ('of = "A"', 'of = "A"\nprio = 1', "prio", "prio", "prio"),
    "want of nobody": ('of = "B"', 'of = "C"', "C", 'of = "C"', "no decider"),
    "bad condition": ('"clear"', '"clear and"', "", '"clear and"', "condition"),
    "two of one id": ('id = "B1"', 'id = "A1"', "A1", 'id = "A1"\nof = "B"', "two wants"),
    "no such day": ("2018-12-31", '"soon"', "", "as_of", "as_of"),
    "not toml": ('id = "A1"', "id = A1", "", "id = A1", "not TOML"),
    "missing capability": ("{ weight = 2 }", "{ force = 2 }", "force", "force", "capability"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_names_file_line_and_mend(kind: str) -> None:
    old, new, named, where, says = BAD[kind]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(BadCase) as fault:
        read_case(text, "bad.toml")
    assert says in fault.value.what
    assert named in fault.value.what
    assert fault.value.hint
    if kind == "not toml":
        assert f"line {line_with(text, where)}" in fault.value.what
        return
    assert fault.value.what.startswith("bad.toml:")
    line = int(fault.value.what.split(":")[1])
    lines = [number for number, content in enumerate(text.splitlines(), 1) if where.split("\n")[0] in content]
    assert line in lines


def test_contradictory_patterns() -> None:
    text = GOOD + '\n[[never]]\nthat = "strike"\n[[never]]\nthat = "not strike"\n'
    with pytest.raises(BadCase, match="leave no state") as fault:
        read_case(text, "bad.toml")
    line = int(fault.value.what.split(":")[1])
    assert text.splitlines()[line - 1].startswith("that =")


def test_impossible_status_quo() -> None:
    with pytest.raises(BadCase, match="status quo"):
        read_case(GOOD + '\n[[never]]\nthat = "leave@east"\n')


def test_cyclic_ifs_are_refused_with_the_circle() -> None:
    text = GOOD.replace('that = "clear"', 'that = "if B1 then strike"').replace(
        'that = "if strike then leave@south"', 'that = "if A1 then strike"'
    )
    with pytest.raises(BadCase, match="circle: A1 -> B1 -> A1") as fault:
        read_case(text, "bad.toml")
    assert fault.value.what.startswith(f"bad.toml:{line_with(text, 'if B1')}:")
    # a want may refer to another one as long as that leads somewhere
    game = read_case(GOOD.replace('"if strike then leave@south"', '"if A1 then strike"'))
    space = list_states(game)
    assert (space.truth("B1") == space.truth("not leave@any or strike")).all()


def test_too_large_a_game_is_refused_before_memory_is_taken() -> None:
    options = "".join(f'[[option]]\nid = "o{i}"\nowner = "A"\n' for i in range(40))
    with pytest.raises(BadCase, match="more than 262,144 states"):
        read_case(f'[case]\nid = "big"\n[[decider]]\nid = "A"\n{options}')
    options = "".join(f'[[option]]\nid = "o{i}"\nowner = "A"\n' for i in range(14))
    game = read_case(f'[case]\nid = "big"\n[[decider]]\nid = "A"\n{options}')
    with pytest.raises(BadCase, match="moves"):
        build_graph(game)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a and b or not c", "(a and b) or not c"),
        ("if a then b", "a -> b"),
        ("b if a", "a -> b"),
        ("a iff b or c", "a iff (b or c)"),
        ("a=Y & !(b | c=N)", "a and not (b or not c)"),
        ("a <-> b -> c", "a iff (b -> c)"),
        ("x@south-west and y.2", "x@south-west and y.2"),
    ],
)
def test_conditions(text: str, printed: str) -> None:
    assert str(parse_condition(text)) == printed
    assert parse_condition(printed) == parse_condition(text)


@pytest.mark.parametrize("text", ["", "a b", "a and", "(a", "a)", "a = maybe", "iff a", "a $ b", "if a b"])
def test_bad_conditions(text: str) -> None:
    with pytest.raises(BadCase, match="condition"):
        parse_condition(text)


def verdicts(game) -> dict:
    graph = build_graph(game)
    return {
        concept: mask[:, 0].tolist()
        for concept, mask in judge_all(Play(graph, rank_states(game, graph.space)), CONCEPTS).items()
    }


@pytest.mark.parametrize("name", sorted(known_games()))
def test_textbook_games_load_and_survive_every_format(name: str) -> None:
    game = load_case(name)
    assert game.source
    wanted = verdicts(game)
    again = read_case(write_case(game), "again.toml")
    assert again == game
    assert verdicts(read_gmcr(write_gmcr(game), "again.gmcr")) == wanted
    graph = build_graph(game)
    table = write_csv(graph, rank_states(game, graph.space))
    reread = read_csv(table, "again.csv")
    assert list_states(reread).name(list_states(reread).status_quo) == graph.name(graph.space.status_quo)
    if not any(option.moves != "both" for option in game.options):
        assert verdicts(reread) == wanted


def test_statements_survive_the_gmcr_format() -> None:
    text = GOOD.replace('"if strike then leave@south"', '"strike iff (leave@any and not leave@south)"')
    game = read_case(text)
    assert verdicts(read_gmcr(write_gmcr(game), "again")) == verdicts(game)


def test_unreadable_files(tmp_path) -> None:
    with pytest.raises(BadCase, match="cannot read") as fault:
        load_case(tmp_path / "none.toml")
    assert "chicken" in fault.value.hint
    (tmp_path / "bad.gmcr").write_text("{")
    with pytest.raises(BadCase, match=r"bad.gmcr:1"):
        load_case(tmp_path / "bad.gmcr")
    (tmp_path / "bad.csv").write_text("state,A:x,rank:A\n1,Q,2\n")
    with pytest.raises(BadCase, match=r"bad.csv:2"):
        load_case(tmp_path / "bad.csv")


def test_a_written_case_reads_back_the_same() -> None:
    game = read_case(GOOD)
    assert read_case(write_case(game), "again.toml") == game
    assert solve(game, 10).solution == solve(read_case(write_case(game)), 10).solution


def test_a_bargain_as_csv() -> None:
    text = "Actor,Capability,Position,Salience\nP,0.5,4,0.8\nQ,0.2,10,0.4\n"
    game = read_csv(text, "b.csv")
    assert game.bargain is not None
    assert game.bargain.scale == (4, 10)
    with pytest.raises(BadCase, match=r"b.csv:3: salience 1.4"):
        read_csv(text.replace("0.4", "1.4"), "b.csv")
    with pytest.raises(BadCase, match=r"b.csv:2: bad row"):
        read_csv(text.replace("0.5", "much"), "b.csv")
