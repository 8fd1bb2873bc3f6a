"""Places for tests of places."""

from workbench.people.place_rules import PlaceDetails
from workbench.x12.identifiers import npi

ANNEXE = PlaceDetails(
    "Annexe", "office", "11", npi=npi("200000002"), zone="America/Chicago", street="2 Sample Lane", city="Samplebury",
    state="IL", zip_code="00010",
)  # fmt: skip
