"""Read e-mail messages (.eml): subject, date, sender, and the plain text or else the HTML part."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from typing import BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.days import read_published
from sitroom.reports.decoding import decode, read_document, refuse_binary
from sitroom.reports.drafts import Draft
from sitroom.reports.fields import FieldNames
from sitroom.reports.pages import read_page


def read_mail(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read one message as one report: the subject is its title, the sender its publisher."""
    data = read_document(stream, name)
    refuse_binary(data, name)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        kind, body = _body(message, name)
        subject, sender, sent = (_header(message, key) for key in ("subject", "from", "date"))
    except UnreadableReport:
        raise
    except Exception as error:
        raise UnreadableReport(
            f"{name}: is not a readable message ({type(error).__name__})",
            hint="export it again as .eml or as text",
        ) from None
    if not body.strip():
        raise UnreadableReport(
            f"{name}: this message has no text", hint="save its attachments and read those"
        )
    person, address = parseaddr(sender)
    draft = read_page(body, name) if kind == "html" else Draft(name, body)
    yield Draft(
        name=name,
        text=draft.text,
        title=subject or draft.title,
        publisher=person or address.rpartition("@")[2] or draft.publisher,
        url=draft.url,
        published=read_published(sent) if sent else draft.published,
    )


def _header(message: EmailMessage, key: str) -> str:
    try:
        return str(message[key] or "")
    except Exception:  # the header parser of the standard library fails on some broken headers
        return ""


def _body(message: EmailMessage, name: str) -> tuple[str, str]:
    """The kind (plain or html) and the text of the best part."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        data = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(data, bytes) or not data.strip():
            continue
        charset = part.get_content_charset()
        try:
            text = data.decode(charset) if charset else decode(data, name)
        except (LookupError, ValueError):
            text = decode(data, name)
        if text.strip():
            return kind, text
    return "plain", ""
