"""Names nobody bears, streets nobody lives in, insurers nobody pays. Put together from plants, stones and waters."""

from typing import Final

_GIVEN = (
    "Alder Amber Anise Aspen Basil Birch Bracken Briar Bryony Cedar Celandine Clover Coral Cypress Dale Elm Fennel "
    "Fern Flint Garnet Ginger Hazel Heath Heather Hyssop Indigo Iris Ivy Jasper Juniper Larch Laurel Lavender Linden "
    "Lotus Lupin Maple Marjoram Meadow Moss Myrtle Nettle Oakley Olive Onyx Opal Pepper Poppy Quill Reed River "
    "Rosemary Rowan Rue Saffron Sage Sienna Sorrel Tansy Teasel Thistle Thyme Topaz Violet Willow Yarrow Zinnia"
)
GIVEN: Final = tuple(_GIVEN.split())

_STONES_AND_PLANTS = (
    "Amber Ash Beech Birch Briar Chalk Clay Cobble Copper Elder Fern Flint Granite Gravel Hazel Heron Ivy Lark Lichen "
    "Linden Marble Marsh Moss Nettle Pebble Pine Quartz Reed Rowan Sand Shale Slate Sorrel Stone Tarn Thistle Thorn "
    "Willow Wren Yarrow"
)
_FIRST: Final = tuple(_STONES_AND_PLANTS.split())
_WATERS_AND_PLACES = (
    "bank beck bough brook burn creek dell fall field ford garth glade grove heath hollow ledge mere mill moor ridge "
    "rill root run shore spring stream thicket vale wash water weir well wick wold"
)
_LAST: Final = tuple(_WATERS_AND_PLACES.split())
FAMILY: Final = tuple(f"{first}{last}" for first in _FIRST for last in _LAST if not first.lower().endswith(last[:3]))

STREETS: Final = tuple(f"{one} {kind}" for one in _FIRST[:20] for kind in ("Sample Lane", "Sample Row", "Sample Walk"))
CITY, STATE = "Samplebury", "NY"
# The Postal Service has assigned nothing below 00501.
ZIP_CODES: Final = ("00010", "00020", "00030", "00040")

PRACTICE: Final = "Reedwater Sample Practice"

PRONOUNS: Final = ("", "", "", "she/her", "he/him", "they/them")
CREDENTIALS: Final = ("LCSW", "PhD", "LMFT", "LMHC", "PsyD", "LCSW")

# Codes are public; the words for them are in no file of ours.
DIAGNOSES: Final = (
    ("F41.1",), ("F33.1",), ("F43.10",), ("F32.1",), ("F43.23",), ("F41.0",), ("F40.10",), ("F42.2",),
    ("F33.1", "F41.1"), ("F43.12", "F33.0"), ("F90.0",), ("F60.3",), ("F34.1",), ("F50.810",), ("F41.1", "G47.00"),
)  # fmt: skip

SUBJECTIVE: Final = (
    "Client describes a calmer week and slept better on most nights.",
    "Client reports worry about work on four days, with tense shoulders.",
    "Client tells of a quarrel at home and of feeling low for two days after it.",
    "Client practised the breathing exercise daily and found it useful.",
    "Client missed one shift because of a panic attack on the train.",
    "Client feels steadier and has met friends twice.",
    "Client finds mornings hard and stays in bed longer than planned.",
    "Client reports fewer intrusive memories than last time.",
)
OBJECTIVE: Final = (
    "On time, well kept, speech even, affect fits what is told.",
    "Tearful at first, calmer at the end; thought is ordered.",
    "Restless hands, quick speech; oriented and engaged.",
    "Quiet, slow to answer; eye contact improves over the hour.",
)
ASSESSMENT: Final = (
    "Anxiety is lower than at the start of treatment; no danger to self or others.",
    "Mood is low but lifting; no thoughts of death.",
    "Avoidance still keeps the fear alive; exposure is under way.",
    "Progress toward the first goal; the second is still open.",
)
PLAN: Final = (
    "Weekly sessions go on; keep the thought record.",
    "Two more steps of the exposure list before next time.",
    "Plan one pleasant activity a day; review next week.",
    "Same time next session; call the front desk if things get worse.",
)
CANCELLED_BECAUSE: Final = ("Client is ill", "Work came up", "No child care", "Travelling", "Transport failed")
