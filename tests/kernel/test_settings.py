"""Settings: read from an environment once, and silent about their secrets."""

from pathlib import Path

import pytest

from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.settings import BadSetting, read_settings


def test_an_empty_environment_gives_an_embedded_store_on_this_machine_alone():
    settings = read_settings({})
    assert (settings.database_url, settings.host, settings.port) == ("", "127.0.0.1", 8600)
    assert settings.home.name == "therapy-practice-workbench"


def test_the_command_line_says_where_the_practice_lies_before_the_environment_does():
    assert read_settings({"WORKBENCH_HOME": "from-environment"}).home == Path("from-environment")
    assert read_settings({"WORKBENCH_HOME": "from-environment"}, home=Path("given")).home == Path("given")


def test_each_variable_is_read():
    settings = read_settings(
        {
            "WORKBENCH_DATABASE_URL": "postgresql://db/practice",
            "WORKBENCH_KEY_FILE": "keys/kek.key",
            "WORKBENCH_KEY": "a2V5",
            "WORKBENCH_PASSPHRASE": "a long phrase",
            "WORKBENCH_HOST": "::1",
            "WORKBENCH_PORT": "9000",
            "WORKBENCH_ORIGIN": "https://practice.example.test",
        }
    )
    assert settings.database_url == "postgresql://db/practice"
    assert settings.key_file == Path("keys/kek.key")
    assert (settings.key_base64, settings.passphrase) == ("a2V5", "a long phrase")
    assert (settings.host, settings.port, settings.origin) == ("::1", 9000, "https://practice.example.test")


@pytest.mark.parametrize("port", ["", "http", "-1", "65536", "8600.5", "٨٦٠٠"])
def test_a_port_that_is_none_is_refused_by_the_name_of_its_variable(port):
    with pytest.raises(BadSetting, match="WORKBENCH_PORT"):
        read_settings({"WORKBENCH_PORT": port})


def test_what_is_printed_of_settings_holds_no_secret():
    secrets = {
        "WORKBENCH_DATABASE_URL": "postgresql://admin:canary-one@db/practice",
        "WORKBENCH_KEY": "canary-two",
        "WORKBENCH_PASSPHRASE": "canary-three",
    }
    settings = read_settings(secrets, home=Path("practice"))
    assert "canary" not in repr(settings) + str(settings) + f"{settings}"


def test_a_refusal_without_words_still_says_something():
    assert sentence(WorkbenchError()) == "This is not possible now."
    assert sentence(WorkbenchError("The slot is taken.")) == "The slot is taken."
