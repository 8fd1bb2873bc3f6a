"""A file is looked at before anything keeps it: clean ones pass, harmful ones are refused, an absent scanner too."""

import base64
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dashboards.inspecting import inspecting
from dashboards.parts.message import PIECE, Message
from dashboards.parts.uploads import Uploads
from dashboards.person import Person
from tests.factories.small_practice import events, people
from tests.web.clamd import EICAR, Daemon, running
from workbench.gate.action import Gate
from workbench.kernel.settings import BadSetting, read_settings
from workbench.web.scanning import Clamd, HarmfulFile, ScannerAway


@pytest.fixture
def at() -> Iterator[Path]:
    """Where the daemon listens: a short path, for a socket's name has at most 107 letters."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "clamd.ctl"


@pytest.fixture
def daemon(at: Path) -> Iterator[Daemon]:
    with running(at) as one:
        yield one


def test_a_clean_file_passes_whole(daemon: Daemon, at: Path) -> None:
    for content in (b"", b"a card", bytes(range(256)) * 1_000):
        Clamd.of(str(at)).look_at(content)
    assert daemon.seen == [b"", b"a card", bytes(range(256)) * 1_000]


def test_a_harmful_one_is_refused_by_its_name(daemon: Daemon, at: Path) -> None:
    with pytest.raises(HarmfulFile, match="nothing of it was kept") as refused:
        Clamd.of(str(at)).look_at(b"before " + EICAR)
    assert refused.value.signature == "Eicar-Signature"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \xff ERROR\0", b"x" * 9000]
)
def test_what_is_no_verdict_lets_nothing_pass(daemon: Daemon, at: Path, answer: bytes) -> None:
    daemon.answer = answer
    with pytest.raises(ScannerAway, match="does not answer"):
        Clamd.of(str(at)).look_at(b"a card")


def test_without_a_daemon_nothing_passes(at: Path) -> None:
    with pytest.raises(ScannerAway):
        Clamd.of(str(at)).look_at(b"a card")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(ScannerAway):
            Clamd(host="127.0.0.1", port=port, seconds=0.05).look_at(b"a card")


@pytest.mark.parametrize("setting", ["scanner.example.com:3310", "10.0.0.5:3310", "127.0.0.1", "localhost:x", ":1"])
def test_files_are_looked_at_on_this_machine_only(setting: str) -> None:
    with pytest.raises(BadSetting, match="on this machine"):
        Clamd.of(setting)


def test_the_setting_names_a_socket_or_a_port() -> None:
    assert read_settings({"WORKBENCH_CLAMD": "/run/clamav/clamd.ctl"}).clamd == "/run/clamav/clamd.ctl"
    assert Clamd.of("[::1]:3310") == Clamd(host="::1", port=3310)
    assert Clamd.of("127.0.0.1:3310") == Clamd(host="127.0.0.1", port=3310)


def sent(uploads: Uploads, content: bytes) -> bytes:
    """What a page gets of a file."""
    data = base64.b64encode(content).decode()
    values = {"upload": "up_000001", "filename": "card", "media_type": "image/png", "at": "0", "data": data}
    uploads.take_piece(Message(PIECE, {name: (value,) for name, value in values.items()}))
    (file,) = uploads.with_files(Message("save", {"file:card": ("up_000001",)})).files["card"]
    return file.content


@pytest.mark.engines("sqlcipher")
def test_no_page_gets_a_harmful_file_and_the_log_says_who_sent_it(
    gate: Gate, now: datetime, daemon: Daemon, at: Path
) -> None:
    person = Person(gate, lambda: people().desk, lambda: now)
    uploads = Uploads(inspecting(person, Clamd.of(str(at))))
    assert sent(uploads, b"a card") == b"a card"
    assert events(gate.store) == []
    with pytest.raises(HarmfulFile):
        sent(uploads, EICAR)
    assert events(gate.store) == [("file.refused", "refused")]
    assert sent(Uploads(inspecting(person, None)), EICAR) == EICAR
