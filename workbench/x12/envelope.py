"""The wrapping of every X12 file: interchanges, groups and transaction sets, whoever made it and however it was folded.

Delimiters belong to one ISA, so they are looked up again at each. What a transaction set says is not read here.
Sizes are those of whole files: everything works on long strings and `split`, because a remittance has 200,000 segments.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.kernel.errors import WorkbenchError

# An ISA wherever it may start, even folded at 80 columns in the middle of its own name. The classes are spelled out
# because Python's \s takes in the control characters 1C to 1F, which some senders use as delimiters.
_ISA = re.compile(
    r"I[\r\n]*S[\r\n]*A[\r\n]*(?P<element>[^A-Za-z0-9 \r\n])(?P<body>(?:(?:(?!(?P=element)).){0,40}(?P=element)){15})",
    re.DOTALL,
)
_AFTER_ISA = re.compile(
    r"[ \r\n]*(?P<component>[^A-Za-z0-9 \r\n])(?P<gap>[ \t]*)(?P<feed>[\r\n]*)(?P<next>.?)", re.DOTALL
)
_DATE, _ISA11, _ISA12, _ISA13, _ISA15 = 8, 10, 11, 12, 14


class NotX12(WorkbenchError):
    """The file has no ISA segment that can be read."""


@dataclass(frozen=True)
class Delimiters:
    """The four marks one ISA declares. `segment` is a newline where the sender ends segments with line breaks."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


@dataclass(frozen=True)
class Problem:
    """Something a biller can act on: where (`CLP 3 SVC 1`), what is wrong, and by how many cents (never negative)."""

    where: str
    what: str
    off_by_cents: int = 0


@dataclass(frozen=True)
class Transaction:
    """One ST to SE.

    Attributes:
        type: ST01, such as `835`.
        control: ST02.
        version: ST03, or the group's GS08 where ST03 is left out.
        body: the segments after ST and before SE, each ended by `marks.segment`, joined.
        segments: how many segments there are, ST and SE included where present.
        problems: missing or wrong trailers, in the order found.
    """

    type: str
    control: str
    version: str
    body: str = field(repr=False)
    marks: Delimiters
    segments: int
    problems: tuple[Problem, ...] = ()

    def each(self) -> list[str]:
        """The segments of the body as text, trailing mark removed."""
        return self.body.split(self.marks.segment)[:-1]


@dataclass(frozen=True)
class Interchange:
    """One ISA to IEA. `problems` are those of its own and its groups' trailers; transactions carry theirs."""

    control: str
    sender: str
    receiver: str
    is_test: bool
    marks: Delimiters
    transactions: tuple[Transaction, ...]
    problems: tuple[Problem, ...] = ()


def read_interchanges(data: bytes) -> tuple[Interchange, ...]:
    """Every interchange of a file, in order.

    Survives a byte order mark, line breaks after or before the terminator, folding at 80 columns, an ISA whose
    elements are too short or too long, several interchanges with different delimiters, groups and sets without trailer.

    Raises:
        NotX12: there is no ISA.
    """
    text = _text(data)
    pieces = _pieces(text)
    if not pieces:
        raise NotX12("This is not an X12 file: it has no ISA segment that can be read.")
    return tuple(_interchange(piece, marks, header) for piece, marks, header in pieces)


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _pieces(text: str) -> list[tuple[str, Delimiters, list[str]]]:
    """The text of each interchange after its ISA, unfolded; its delimiters; the elements of its ISA."""
    heads = [(match, marks) for match in _ISA.finditer(text) if (marks := _marks(text, match)) is not None]
    ends = [match.start() for match, _ in heads[1:]]
    pieces = []
    for (match, marks), end in zip(heads, [*ends, len(text)], strict=bool(heads)):
        start = _AFTER_ISA.match(text, match.end())
        assert start is not None  # _marks matched it
        rest = text[start.start("next") : end]
        if marks.segment == "\n":
            rest = re.sub(r"[\r\n]+", "\n", rest.strip("\r\n") + "\n")
        else:
            rest = rest.replace("\r", "").replace("\n", "").removeprefix(marks.segment)
        header = re.sub(r"[\r\n]", "", match["body"]).split(marks.element)[:-1]
        pieces.append((_tidy(rest, marks.segment), marks, [part.strip() for part in header]))
    return pieces


def _tidy(rest: str, mark: str) -> str:
    """Without blanks before a segment, and with the mark after the last one."""
    if mark + " " in rest:
        rest = re.sub(re.escape(mark) + " +", mark, rest)
    rest = rest.strip(" \t\0\x1a")
    return rest if not rest or rest.endswith(mark) else rest + mark


def _marks(text: str, match: re.Match[str]) -> Delimiters | None:
    """The delimiters this ISA declares, or None where `ISA` was only somebody's first name."""
    element = match["element"]
    after = _AFTER_ISA.match(text, match.end())
    header = re.sub(r"[\r\n]", "", match["body"]).split(element)
    if after is None or not header[_DATE].strip().isdigit() or not header[_ISA12].strip().isdigit():
        return None
    component, feed, follows = after["component"], after["feed"], after["next"]
    if (
        follows.isalnum() or not follows
    ):  # straight on to GS: either the line break ends segments, or ISA16 was left out
        segment, component = ("\n", component) if feed else (component, ":")
    else:
        segment = follows
    repetition = header[_ISA11].strip()
    return Delimiters(element, component, repetition if repetition != "U" else "", segment)


@dataclass
class _Walk:
    """What has been seen of the envelope so far, while the segments outside ST..SE go by."""

    marks: Delimiters
    version: str = ""
    group: str | None = None
    in_group: int = 0
    groups: int = 0
    is_closed: bool = False
    problems: list[Problem] = field(default_factory=list)


def _interchange(text: str, marks: Delimiters, header: list[str]) -> Interchange:
    mark, element = marks.segment, marks.element
    first, *bodies = (mark + text).split(f"{mark}ST{element}")
    walk = _Walk(marks)
    control = header[_ISA13]
    _outside(walk, first.split(mark), control)
    transactions = []
    for body in bodies:
        transaction, rest = _transaction(body, walk.version, marks)
        transactions.append(transaction)
        walk.in_group += 1
        _outside(walk, rest, control)
    if walk.group is not None:
        walk.problems.append(Problem("GE", "The group has no GE segment: the file is cut short."))
    if not walk.is_closed:
        walk.problems.append(Problem("IEA", "The interchange has no IEA segment: the file is cut short."))
    return Interchange(
        control, header[5], header[7], header[_ISA15] == "T", marks, tuple(transactions), tuple(walk.problems)
    )


def _transaction(text: str, version: str, marks: Delimiters) -> tuple[Transaction, list[str]]:
    """One transaction from the text after `ST*`, and the segments that follow its SE."""
    mark, element = marks.segment, marks.element
    head, _, rest = text.partition(mark)
    body, found, tail = rest.rpartition(f"{mark}SE{element}")
    if not found and rest.startswith(f"SE{element}"):
        body, found, tail = "", mark, rest.removeprefix(f"SE{element}")
    after: list[str] = []
    problems: list[Problem] = []
    kind, control, own_version = (*head.split(element), "", "")[:3]
    if found:
        body = body + mark if body else ""
        trailer, *after = tail.split(mark)
        segments = body.count(mark) + 2
        said = (*trailer.split(element), "")[:2]
        if said[0].strip().lstrip("0") != str(segments):
            problems.append(Problem("SE", f"SE counts {said[0] or 'no'} segments, the file holds {segments}."))
        if said[1].strip() != control.strip():
            problems.append(Problem("SE", "The control number in SE is not the one in ST."))
    else:
        body, after = _without_envelope(rest, marks)
        segments = body.count(mark) + 1
        problems.append(Problem("SE", "The transaction has no SE segment: the file is cut short."))
    return Transaction(kind, control, own_version or version, body, marks, segments, tuple(problems)), after


def _without_envelope(text: str, marks: Delimiters) -> tuple[str, list[str]]:
    """A body that has no SE, parted from the GE, GS and IEA that may follow it."""
    segments = text.split(marks.segment)[:-1]
    names = ("GE", "GS", "IEA")
    end = next((at for at, one in enumerate(segments) if one.partition(marks.element)[0] in names), len(segments))
    return "".join(one + marks.segment for one in segments[:end]), segments[end:]


def _outside(walk: _Walk, segments: list[str], control: str) -> None:
    """Segments between transactions: groups open and close, the interchange ends; anything else is named."""
    for segment in segments:
        parts = segment.split(walk.marks.element)
        match parts[0].strip():
            case "":
                continue
            case "GS":
                walk.groups += 1
                walk.group, walk.version, walk.in_group = _at(parts, 6), _at(parts, 8), 0
            case "GE":
                _trailer(walk, "GE", parts, walk.in_group, walk.group)
                walk.group = None
            case "IEA":
                _trailer(walk, "IEA", parts, walk.groups, control)
                walk.is_closed = True
            case "TA1":
                continue  # an interchange acknowledgement stands outside every group
            case name:
                walk.problems.append(Problem(name[:3], "This segment stands outside every transaction."))


def _trailer(walk: _Walk, name: str, parts: list[str], count: int, control: str | None) -> None:
    said = _at(parts, 1)
    if not said.isdigit() or int(said) != count:
        walk.problems.append(Problem(name, f"{name} counts {said or 'nothing'}, the file holds {count}."))
    if _at(parts, 2).lstrip("0") != (control or "").lstrip("0"):
        walk.problems.append(Problem(name, f"The control number in {name} does not match the one that opened it."))


def _at(parts: list[str], index: int) -> str:
    return parts[index].strip() if len(parts) > index else ""


def repeated_controls(interchanges: tuple[Interchange, ...]) -> tuple[str, ...]:
    """Interchange control numbers that occur more than once in one file, sorted."""
    numbers = sorted(one.control for one in interchanges)
    return tuple(sorted({first for first, second in pairwise(numbers) if first == second}))
