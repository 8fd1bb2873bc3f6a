"""The small pieces of a FHIR R4 bundle: names of resources, references, codes, attachments. Pure.

Sources: HL7 FHIR R4 (4.0.1); US Core 6.1 where a profile is named.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Resource = dict[str, Any]
_NAMESPACE: Final = UUID("5b0b7a0e-5f0e-5f4e-9f52-6d6f0a6e8d11")
US_CORE: Final = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
OURS: Final = "urn:therapy-practice-workbench:"
ICD_10: Final = "http://hl7.org/fhir/sid/icd-10-cm"
NPI: Final = "http://hl7.org/fhir/sid/us-npi"
_TERMS: Final = "http://terminology.hl7.org/CodeSystem/"
_PART_2: Final = {"system": f"{_TERMS}v3-ActCode", "code": "42CFRPart2"}
_GENDERS: Final = {"F": "female", "M": "male"}


def address_of(kind: str, row_id: str) -> str:
    """What others refer to a resource by within the bundle: the same for the same row in every copy."""
    return f"urn:uuid:{uuid5(_NAMESPACE, f'{kind}/{row_id}')}"


def reference(kind: str, row_id: str, shown: str = "") -> Resource:
    """A reference to a resource of this bundle."""
    return {"reference": address_of(kind, row_id), "type": kind, **({"display": shown} if shown else {})}


def resource(kind: str, row_id: str, *, profile: str = "", is_part_2: bool = False, **fields: Any) -> Resource:
    """A resource; what is empty is left out. profile: of US Core, by the end of its name. is_part_2: labelled so."""
    meta: Resource = {}
    if profile:
        meta["profile"] = [f"{US_CORE}{profile}"]
    if is_part_2:
        meta["security"] = [_PART_2]
    told = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return {"resourceType": kind, "id": row_id.replace("_", "-"), **({"meta": meta} if meta else {}), **told}


def entry(row_id: str, one: Resource) -> Resource:
    """A resource in its place. row_id: ours."""
    return {"fullUrl": address_of(one["resourceType"], row_id), "resource": one}


def concept(text: str, *codes: tuple[str, str]) -> Resource:
    """Words with the codes they stand for, each with its system."""
    coding = [{"system": system, "code": code} for system, code in codes]
    return {**({"coding": coding} if coding else {}), "text": text}


def term(system: str, code: str) -> Resource:
    """A code of HL7's own terminology."""
    return {"coding": [{"system": f"{_TERMS}{system}", "code": code}]}


def attachment(content: bytes, media_type: str, title: str) -> Resource:
    """The bytes themselves, with their SHA-1 as FHIR R4 asks."""
    return {
        "contentType": media_type, "data": base64.b64encode(content).decode(), "size": len(content), "title": title,
        "hash": base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode(),
    }  # fmt: skip


def instant(at: datetime, zone: ZoneInfo) -> str:
    """A time with the practice's offset."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def day(on: date | None) -> str:
    """A day; empty for none."""
    return on.isoformat() if on else ""


def gender(sex: str) -> str:
    """The administrative one."""
    return _GENDERS.get(sex, "unknown")


def contacts(**ways: str) -> list[Resource]:
    """How somebody is reached: `phone=`, `email=`."""
    return [{"system": system, "value": value} for system, value in ways.items() if value]


def postal(street: str, city: str, state: str, zip_code: str) -> list[Resource]:
    """One address, or none."""
    told: Mapping[str, Any] = {"line": [street] if street else [], "city": city, "state": state, "postalCode": zip_code}
    kept = {name: value for name, value in told.items() if value}
    return [{**kept, "country": "US"}] if kept else []


def bundle(row_id: str, at: str, entries: Iterable[Resource]) -> Resource:
    """All of them, as a collection."""
    return {"resourceType": "Bundle", "id": row_id.replace("_", "-"), "type": "collection", "timestamp": at,
            "entry": list(entries)}  # fmt: skip
