"""Reports to read in the tests of the command line."""

from pathlib import Path

import pytest

TEXTS = {
    "one.txt": "date 2018-05-10\n\nIsrael attacked Syria in Damascus. Witnesses saw smoke over the city for hours. Iran is an ally of Syria.",
    "two.txt": "date 2018-05-11\n\nIsrael attacked Syria in Homs. Officials confirmed nothing. Syria denied that its air defences were hit.",
    "three.txt": "date 2018-06-02\n\nGunmen attacked Iran in Kuneitra. Russia will stay out of it, the ministry added on the day.",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder
