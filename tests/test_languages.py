"""Which language somebody speaks."""

import pytest

from nemo_widgets.languages import language_code, system_language, written_in


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_HK"}, "zh-HK"),
        ({"LANG": "zh"}, "zh-CN"),
        ({"LANG": "zh_Hant"}, "zh-TW"),
        ({"LANG": "pt_BR.UTF-8"}, "pt-BR"),
        ({"LANG": "sr_RS@latin"}, "sr"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANG": "en_US", "LC_MESSAGES": "fr_FR", "LC_ALL": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({"LANG": "de_DE", "LC_CTYPE": "zh_CN.UTF-8"}, "de"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": ":zh_TW"}, "zh-TW"),
        ({"LANGUAGE": "de"}, "de"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "nonsense"}, "en"),
        ({}, "en"),
    ],
)
def test_language_of_the_system(environment, language):
    """The system's language is found in POSIX's order, LANGUAGE above it, as an ISO code."""
    assert system_language(environment) == language


def test_language_of_this_system(monkeypatch):
    """The environment of the process is what counts."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert system_language() == "zh-TW"
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert system_language() == "de"


@pytest.mark.parametrize(
    ("platform", "language"),
    [
        (("de_DE", "UTF-8"), "de"),
        (("German_Germany", "1252"), "de"),
        (("Chinese (Simplified)_China", "936"), "zh-CN"),
        (("Chinese (Traditional)_Taiwan", "950"), "zh-TW"),
        ((None, None), "en"),
        (("C", "UTF-8"), "en"),
    ],
)
def test_language_where_no_variable_is_set(monkeypatch, platform, language):
    """Where no variable is set the platform's locale counts, also under its Windows name."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: platform)
    assert system_language() == language


@pytest.mark.parametrize("name", ["", "C", "english", "de_", "../etc", "x"])
def test_no_code(name):
    """What is no name of a locale has no code."""
    assert language_code(name) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("删掉前两秒", "zh"),
        ("cut 前两秒", "zh"),
        ("最初の2秒を削除", "ja"),
        ("처음 2초 삭제", "ko"),
        ("cut the first two seconds", ""),
        ("schneide die ersten zwei Sekunden weg", ""),
        ("0:10-0:20", ""),
    ],
)
def test_language_of_a_script(text, language):
    """A script that one language alone is written in tells the language; Latin letters tell none."""
    assert written_in(text) == language
