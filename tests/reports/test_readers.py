"""Each format read, and each kind of bad input reported with what, why and what to do."""

import gzip
import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from sitroom.errors import BadInput, UnreadableReport
from sitroom.reports import READERS, FieldNames, Source, infer_published, mark_boilerplate, read_reports
from sitroom.reports.decoding import DOCUMENT_BYTES
from sitroom.vocabulary import Report

BODY = (
    "The army shelled the village on Monday. Nine people were killed, and two were wounded, the mayor said."
)


def read(name: str, data: bytes, fields: FieldNames | None = None) -> list[Report | UnreadableReport]:
    return list(read_reports(Source(name, stream=io.BytesIO(data)), fields or FieldNames()))


def one(name: str, data: bytes) -> Report:
    [report] = read(name, data)
    assert isinstance(report, Report), report
    return report


def problem(name: str, data: bytes) -> UnreadableReport:
    [found] = read(name, data)
    assert isinstance(found, UnreadableReport), found
    assert found.what.startswith(name)
    assert len(found.hint) > 10
    return found


def pdf(text: str = BODY, title: str = "Shelling of a village") -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    if text:
        page.multi_cell(80, 6, text)
    page.set_title(title)
    page.set_creation_date(date_time(2022, 3, 2))
    return bytes(page.output())


def date_time(year: int, month: int, day: int) -> object:
    from datetime import UTC, datetime

    return datetime(year, month, day, 12, tzinfo=UTC)


PAGE = f"""<!doctype html><html><head><title>Village shelled | The Herald</title>
<meta property="og:title" content="Village shelled"><meta property="og:site_name" content="The Herald">
<meta property="article:published_time" content="2022-03-02T08:00:00Z">
<link rel="canonical" href="https://herald.example/2022/village-shelled"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Village shelled</h1><p>{BODY}</p><p>{BODY.replace("Monday", "Tuesday")}</p>
<p>Talks between the two governments are due to go on in the capital next week, officials said.</p></article>
<footer>All rights reserved</footer></body></html>"""


def mail(html: bool = False) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Village shelled: what is known so far"
    message["From"] = "Monitoring Desk <desk@monitor.example>"
    message["Date"] = "Wed, 02 Mar 2022 10:00:00 +0200"
    if html:
        message.set_content(PAGE, subtype="html")
    else:
        message.set_content(BODY)
    return bytes(message)


# formats


def test_plain_text() -> None:
    report = one("a.txt", f"date 2022-03-02 {BODY}".encode())
    assert report.text == BODY
    assert report.published is not None
    assert (report.published.start, report.published.end) == (date(2022, 3, 2), date(2022, 3, 2))
    assert (report.published_basis, report.language) == ("stated", "en")


def test_markdown_loses_its_marks() -> None:
    text = "# Village *shelled*\n\n> The **army** shelled the [village](https://x.example) on Monday.\n\n* nine killed\n\n![map](m.png)\n"
    report = one("a.md", text.encode())
    assert report.title == "Village shelled"
    assert report.text == "Village shelled\n\nThe army shelled the village on Monday.\n\n- nine killed"


def test_markdown_front_matter() -> None:
    report = one(
        "a.md", f"---\ntitle: 'Village shelled'\ndate: 2022-03-02\nsource: Herald\n---\n{BODY}".encode()
    )
    assert (report.title, report.publisher, report.known_by) == (
        "Village shelled",
        "Herald",
        date(2022, 3, 2),
    )
    assert (report.text, report.published_basis) == (BODY, "metadata")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "page"])
def test_web_pages(name: str) -> None:
    report = one(name, PAGE.encode())
    assert BODY in report.text
    assert "rights reserved" not in report.text
    assert (report.title, report.publisher) == ("Village shelled", "The Herald")
    assert (report.url, report.known_by) == ("https://herald.example/2022/village-shelled", date(2022, 3, 2))
    assert report.published_basis == "metadata"


def test_a_web_page_in_the_encoding_it_declares() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("the mayor", "мэр города")
    assert "мэр города" in one("a.html", page.encode("windows-1251")).text


def test_pdf_with_wrapped_lines_put_together() -> None:
    report = one("a.pdf", pdf())
    assert report.text == BODY
    assert (report.title, report.known_by) == ("Shelling of a village", date(2022, 3, 2))
    assert report.published_basis == "metadata"


def test_a_pdf_is_known_by_its_content() -> None:
    assert one("report.txt", pdf()).text == BODY


@pytest.mark.parametrize("html", [False, True])
def test_mail(html: bool) -> None:
    report = one("a.eml", mail(html))
    assert BODY in report.text
    assert (report.title, report.publisher) == ("Village shelled: what is known so far", "Monitoring Desk")
    assert report.known_by == date(2022, 3, 2)


def test_mail_is_known_by_its_headers() -> None:
    assert one("message", mail()).publisher == "Monitoring Desk"


ARTICLE = {
    "id": "a7",
    "headline": "Shelled",
    "body": BODY,
    "date": "2022-03-02",
    "link": "https://x.example",
    "source": "Herald",
}


def check_article(report: Report | UnreadableReport, name: str) -> None:
    assert isinstance(report, Report), report
    assert (report.name, report.text, report.title) == (name, BODY, "Shelled")
    assert (report.publisher, report.url, report.known_by) == (
        "Herald",
        "https://x.example",
        date(2022, 3, 2),
    )


def test_json_lines_keep_the_good_ones() -> None:
    lines = [
        json.dumps(ARTICLE),
        '{"text": "cut',
        "",
        "[1]",
        '{"title": "no text"}',
        json.dumps({**ARTICLE, "id": ""}),
    ]
    first, broken, no_article, no_text, last = read("b.jsonl", "\n".join(lines).encode())
    check_article(first, "b.jsonl#a7")
    check_article(last, "b.jsonl#6")
    for found, number in ((broken, 2), (no_article, 4), (no_text, 5)):
        assert isinstance(found, UnreadableReport)
        assert f"b.jsonl: line {number} " in found.what


def test_json_list_and_nested_publisher() -> None:
    articles = [{**ARTICLE, "source": {"id": None, "name": "Herald"}}, 7]
    first, second = read("b.json", json.dumps({"status": "ok", "articles": articles}).encode())
    check_article(first, "b.json#a7")
    assert isinstance(second, UnreadableReport)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables(separator: str) -> None:
    quoted = [f'"{value}"' for value in ARTICLE.values()]
    rows = [
        separator.join(ARTICLE),
        separator.join(quoted),
        "lonely",
        separator.join(quoted).replace("a7", "a8"),
    ]
    first, broken, last = read("b.csv", "\r\n".join(rows).encode("utf-8-sig"))
    check_article(first, "b.csv#a7")
    check_article(last, "b.csv#a8")
    assert isinstance(broken, UnreadableReport)
    assert "line 3 has 1 fields, not 6" in broken.what


def test_a_table_with_line_breaks_in_its_text() -> None:
    [report] = read("b.csv", b'title,text\n"A title","One line.\nAnother line."\n')
    assert isinstance(report, Report)
    assert (report.name, report.text) == ("b.csv#2", "One line.\nAnother line.")


def test_fields_can_be_named() -> None:
    fields = FieldNames.of(text="Inhalt", published="Datum")
    [report] = read("b.jsonl", json.dumps({"Inhalt": BODY, "Datum": "02.03.2022"}).encode(), fields)
    assert isinstance(report, Report)
    assert report.known_by == date(2022, 3, 2)
    with pytest.raises(BadInput, match="author"):
        FieldNames.of(author="by")


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt.gz", BODY.encode()), ("a.pdf.gz", pdf()), ("a.html.gz", PAGE.encode())]
)
def test_gzip_of_any(name: str, data: bytes) -> None:
    assert BODY in one(name, gzip.compress(data)).text


def test_gzip_without_its_ending() -> None:
    [report] = read("b.jsonl", gzip.compress(json.dumps(ARTICLE).encode()))
    check_article(report, "b.jsonl#a7")


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def test_zip_reads_what_is_in_it() -> None:
    data = zipped(
        a__txt=BODY.encode(), b__jsonl=json.dumps(ARTICLE).encode(), c__txt=b"", **{"__hidden": b"x"}
    )
    first, second, third = read("c.zip", data)
    assert isinstance(first, Report)
    assert first.name == "c.zip#a.txt"
    check_article(second, "c.zip#b.jsonl#a7")
    assert isinstance(third, UnreadableReport)


# bad input


@pytest.mark.parametrize("name", [f"a{suffix}" for suffix in READERS])
def test_an_empty_file(name: str) -> None:
    assert "is empty" in problem(name, b"").what


def test_a_file_of_white_space() -> None:
    assert "is empty" in problem("a.txt", b" \n\t\r\n").what
    assert "no text" in problem("a.txt", "\u00a0\u200b -".encode()).what


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"abc" * 99, b"\x7fELF\x02\x01\x01" + bytes(400)]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv", "picture"])
def test_a_binary_file(name: str, data: bytes) -> None:
    assert "binary" in problem(name, data).what


def test_nuls_in_a_text_are_dropped() -> None:
    assert one("a.txt", BODY.replace(" ", " \x00", 3).encode()).text == BODY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    text = f"“{BODY}” Žižek naïve façade — Дамаск"
    assert one("a.txt", text.encode(encoding)).text == text


RUSSIAN = (
    "Российские войска обстреляли деревню в понедельник, сообщил мэр города. Погибли девять человек. " * 3
)


def test_older_encodings_are_detected() -> None:
    assert one("a.txt", RUSSIAN.encode("windows-1251")).text == RUSSIAN.strip()
    assert one("a.txt", (BODY + " Café in Besançon, “Übung”.").encode("windows-1252")).text.endswith(
        "“Übung”."
    )


def test_a_stray_byte_does_not_cost_the_report() -> None:
    assert one("a.txt", (BODY * 900).encode() + b"\xff" + b" The end of it all.").text.endswith(
        "The end of it all."
    )


def test_a_line_of_another_encoding_in_json_lines() -> None:
    good = json.dumps({"text": BODY + " Besançon"}, ensure_ascii=False).encode()
    lines = [good] * 900 + [good.decode().encode("latin-1"), good]
    found = read("b.jsonl", b"\n".join(lines))
    bad = [each for each in found if isinstance(each, UnreadableReport)]
    assert len(found) == 902
    assert [each.what for each in bad] == ["b.jsonl: line 901 is not UTF-8 as the lines before it"]


def test_fifty_megabytes_on_one_line() -> None:
    long = b"word " * (10 * 2**20)
    assert f"more than {DOCUMENT_BYTES // 2**20} MB" in problem("a.txt", long).what
    data = b'{"text": "' + long + b'"}\n' + json.dumps(ARTICLE).encode()
    too_long, report = read("a.jsonl", data)
    assert isinstance(too_long, UnreadableReport)
    assert "line 1 is longer" in too_long.what
    check_article(report, "a.jsonl#a7")


def test_a_report_longer_than_the_parser_takes() -> None:
    assert "1,000,000" in problem("a.txt", b"All quiet. " * 100_000).what


def test_a_page_without_text() -> None:
    assert (
        "no text"
        in problem("a.html", b"<html><body><div id='app'></div><script>go()</script></body></html>").what
    )


def test_a_pdf_without_text_layer() -> None:
    assert "no text layer" in problem("a.pdf", pdf(text="")).what


def test_a_broken_pdf() -> None:
    assert "broken" in problem("a.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 9 0 R>>").what
    assert "PDF" in problem("a.pdf", pdf()[:700]).what


def test_a_locked_pdf() -> None:
    page = FPDF()
    page.set_encryption(owner_password="owner", user_password="user")
    page.add_page()
    page.set_font("Helvetica", size=12)
    page.cell(text=BODY)
    assert "password" in problem("a.pdf", bytes(page.output())).what


def test_a_mail_without_text() -> None:
    message = EmailMessage()
    message["Subject"] = "Pictures"
    message["From"] = "desk@monitor.example"
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert "no text" in problem("a.eml", bytes(message)).what


def test_broken_archives() -> None:
    assert "broken" in problem("a.txt.gz", gzip.compress(BODY.encode() * 99)[:80]).what
    assert "broken" in problem("a.zip", zipped(a__txt=BODY.encode())[:60]).what


def test_archives_in_archives_end() -> None:
    assert "nested" in problem("a.gz", gzip.compress(gzip.compress(gzip.compress(BODY.encode())))).what


def test_a_table_without_text() -> None:
    assert "no column" in problem("a.csv", b"who,when\nhe,now\n").what


def test_an_office_document() -> None:
    assert ".docx" in problem("a.docx", zipped(word__xml=b"<w/>")).what


def test_a_broken_json_file() -> None:
    assert "line 2" in problem("a.json", b'[{"text": "x"},\n}').what
    assert "no articles" in problem("a.json", b'{"articles": []}').what


def test_lone_surrogates_and_huge_numbers_in_json() -> None:
    surrogate, number = read(
        "a.jsonl", b'{"text": "' + BODY.encode() + b' \\ud800"}\n{"text": ' + b"9" * 5000 + b"}"
    )
    assert isinstance(surrogate, Report)
    assert surrogate.text.endswith("\ufffd")
    assert isinstance(number, UnreadableReport)


def test_deep_nesting_costs_one_line_only() -> None:
    deep = b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}"
    nested, report = read("a.jsonl", deep + b"\n" + json.dumps(ARTICLE).encode())
    assert isinstance(nested, UnreadableReport)
    check_article(report, "a.jsonl#a7")


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a.csv"])
@pytest.mark.parametrize(
    "piece", ["[", "<!-- ", "**a ", "date 2022-03-02\n", "__a *b ", "A-", "Read more: ", '"', "<p>"]
)
def test_repeated_marks_do_not_take_for_ever(name: str, piece: str) -> None:
    data = (piece * (60_000 // len(piece))).encode()
    start = time.process_time()
    for found in read(name, data):
        if isinstance(found, Report):
            mark_boilerplate(found.text)
            infer_published(found.text)
    assert time.process_time() - start < 20


# promises


def test_the_id_is_that_of_the_content_not_of_the_file() -> None:
    assert one("a.txt", BODY.encode()).id == one("b.md", BODY.encode()).id
    assert one("a.txt", BODY.encode()).id != one("a.txt", f"date 2022-03-02 {BODY}".encode()).id


@pytest.mark.parametrize("name", [*(f"a{suffix}" for suffix in READERS), "a.gz", "a.zip", "unknown"])
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@settings(max_examples=25, deadline=None)
def test_no_bytes_raise(name: str, data: bytes) -> None:
    for found in read(name, data):
        assert isinstance(found, Report | UnreadableReport)


WHOLE = {
    "a.pdf": pdf(),
    "a.eml": mail(),
    "a.html": PAGE.encode(),
    "a.zip": zipped(a__txt=BODY.encode()),
    "a.gz": gzip.compress(BODY.encode()),
}


@pytest.mark.parametrize("name", WHOLE)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_no_damage_raises(name: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for found in read(name, bytes(whole[: data.draw(st.integers(0, len(whole)))])):
        assert isinstance(found, Report | UnreadableReport)


class Endless(io.RawIOBase):
    """A stream that makes its lines as they are asked for."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines = lines
        self.left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self.left) < len(buffer) and (line := next(self.lines, None)):
            self.left += line
        chunk, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def peak(count: int) -> int:
    lines = (json.dumps({"text": f"{BODY} Number {i}."}).encode() + b"\n" for i in range(count))
    source = Source("big.jsonl", stream=io.BufferedReader(Endless(lines)))
    tracemalloc.start()
    assert sum(isinstance(report, Report) for report in read_reports(source)) == count
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_collection_is_streamed() -> None:
    peak(10)
    assert peak(3000) < peak(300) + 500_000


def test_standard_input_is_read_without_seeking() -> None:
    stream = io.BufferedReader(Endless(iter([zipped(a__txt=BODY.encode())])))
    [report] = list(read_reports(Source("stdin", stream=stream)))
    assert isinstance(report, Report)


def test_a_path_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    [report] = list(read_reports(path))
    assert isinstance(report, Report)
    assert report.name == "a.txt"
