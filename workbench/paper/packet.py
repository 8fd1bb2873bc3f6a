"""Several sheets as one PDF behind a cover that counts their pages."""

from dataclasses import asdict, dataclass

from workbench.paper.sheet import Part, Sheet, set_in_type


@dataclass(frozen=True)
class Packet:
    """cover, closing: what stands before and behind the list of contents. notice: on the cover's pages; or empty."""

    title: str
    about: str
    practice: str
    foot: str
    cover: tuple[Part, ...]
    sheets: tuple[Sheet, ...]
    closing: tuple[Part, ...] = ()
    notice: str = ""


def packet_pdf(packet: Packet) -> bytes:
    """The packet, its pages counted through.

    Raises:
        CannotBeSet: no font of this machine has its letters.
    """
    return set_in_type("packet.typ", {**asdict(packet), "is_large": False})
