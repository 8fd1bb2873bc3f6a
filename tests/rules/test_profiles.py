"""Whom a clinician can take: what was said rules out, what was never said does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.people.profile_rules import ANYBODY, LANGUAGES, Profile, ProfileUnclear, Sought, checked_profile, suits

ON = date(2026, 3, 9)
FULL = Profile(frozenset({"en", "es"}), {"NY": ON, "NJ": ON - timedelta(days=1)}, frozenset({"pyr_a"}))
profiles = st.builds(
    Profile, st.frozensets(st.sampled_from(sorted(LANGUAGES))),
    st.dictionaries(st.sampled_from(("NY", "NJ", "CT")), st.dates(ON - timedelta(days=9), ON + timedelta(days=9))),
    st.frozensets(st.sampled_from(("pyr_a", "pyr_b"))),
)  # fmt: skip
soughts = st.builds(
    Sought, st.sampled_from(("", *sorted(LANGUAGES))), st.sampled_from(("", "NY", "NJ")),
    st.sampled_from(("", "pyr_a", "pyr_b")),
)  # fmt: skip
by_video = st.sampled_from((True, False, None))


@pytest.mark.parametrize(("sought", "video", "fits"), [
    (ANYBODY, True, True),
    (Sought("es"), False, True), (Sought("fr"), False, False),
    (Sought(state="NY"), True, True), (Sought(state="NJ"), True, False), (Sought(state="CT"), True, False),
    (Sought(state="CT"), False, True), (Sought(state="CT"), None, True),
    (Sought(payer_id="pyr_a"), None, True), (Sought(payer_id="pyr_b"), None, False),
])  # fmt: skip
def test_each_need_by_itself(sought: Sought, video: bool | None, fits: bool) -> None:
    assert suits(FULL, sought, ON, by_video=video) is fits


@given(soughts, by_video)
def test_who_never_said_anything_is_not_ruled_out(sought: Sought, video: bool | None) -> None:
    assert suits(None, sought, ON, by_video=video)
    assert suits(Profile(), sought, ON, by_video=video)


@given(profiles, soughts, by_video, st.dates(ON - timedelta(days=20), ON + timedelta(days=20)))
def test_whoever_asks_for_less_finds_no_fewer(profile: Profile, sought: Sought, video: bool | None, on: date) -> None:
    if suits(profile, sought, on, by_video=video):
        for less in (Sought("", sought.state, sought.payer_id), Sought(sought.language, "", sought.payer_id), ANYBODY):
            assert suits(profile, less, on, by_video=video)
    elif sought.state and video:
        assert suits(profile, sought, on, by_video=True) <= suits(profile, sought, on, by_video=False)


@pytest.mark.parametrize(("profile", "field"), [
    (Profile(frozenset({"elvish"})), "languages"), (Profile(licences={"XX": ON}), "licences"),
])  # fmt: skip
def test_what_there_is_not_is_told_at_its_field(profile: Profile, field: str) -> None:
    with pytest.raises(ProfileUnclear) as told:
        checked_profile(profile)
    assert set(told.value.fields) == {field}
