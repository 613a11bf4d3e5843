"""One error family: every error a user can meet says what is wrong and what to do next."""

from collections.abc import Iterable


class SitroomError(Exception):
    """What is wrong (the message, with the value) and what to do next (`hint`)."""

    def __init__(self, what: str, *, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes."""
        return _rebuild, (type(self), self.what, self.hint)


def _rebuild(kind: type[SitroomError], what: str, hint: str) -> SitroomError:
    error = kind.__new__(kind)
    SitroomError.__init__(error, what, hint=hint)
    return error


class UnreadableReport(SitroomError):
    """A file or record that gives no report: empty, binary, broken, without text. The run goes on without it."""


class CatalogueFault(SitroomError):
    """An entry of a catalogue is wrong; the message names file and entry."""


class UnknownName(SitroomError):
    """A name that should be one of a known set is not."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {kind} {name!r}", hint=f"known: {', '.join(sorted(known))}")


class NotFound(SitroomError):
    """Nothing has this id."""


class StoreFault(SitroomError):
    """A room cannot be opened, read or written."""


class StoreBusy(StoreFault):
    """Another process has the room open for writing."""


class StoreTooNew(StoreFault):
    """The room was written by a newer sitroom."""


class BadCase(SitroomError):
    """A strategy case file is wrong; the message names file and line."""


class BadQuestion(SitroomError):
    """A forecast question or an imported event table is wrong."""


class BadInput(SitroomError):
    """An option or argument has an unusable value."""


class EndpointFault(SitroomError):
    """The endpoint of a language model cannot be used: not reachable, key or name refused. The run stops."""


class AnswerFault(SitroomError):
    """A language model gives no usable answer about one report. The run goes on without that report."""


class AnswerTooLong(AnswerFault):
    """Text or answer is longer than the language model allows; the text is sent again in smaller parts."""
