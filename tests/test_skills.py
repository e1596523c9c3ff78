"""The skills."""

import pytest

from nemo_widgets import skills
from nemo_widgets.errors import UsageError


def test_the_four_skills_are_there():
    """Each of the four documents has its data file, complete; what is said of it is said in Chinese, too."""
    known = skills.every()
    names = {
        "ai-video-editor-kiss-free",
        "ai-video-editor-gpt",
        "video-trimmer-in-between",
        "video-making-ai",
    }
    assert set(known) >= names
    assert all(
        s.version and s.title and s.summary and s.usual and s.tip and s.prompts for s in known.values()
    )
    for skill in (known[name] for name in names):
        chinese = skill.said("zh-CN")
        assert skill.said("de") == skill
        assert len(chinese.prompts) == len(skill.prompts)
        assert not {chinese.usual, chinese.tip, *chinese.prompts} & {skill.usual, skill.tip, *skill.prompts}


def test_a_wrong_name_is_answered_with_the_nearest():
    """A skill that is not there is refused with a suggestion."""
    with pytest.raises(UsageError, match="video-making-ai"):
        skills.get("video-making")


def test_skills_can_be_registered(tmp_path):
    """A user's own skill is a small file, or an object."""
    (tmp_path / "mine.toml").write_text('name = "mine"\nversion = "2.1.0"\nprompts = ["do it"]\n')
    try:
        assert skills.register(tmp_path / "mine.toml") == skills.get("mine")
        assert skills.get("mine").prompts == ("do it",)
    finally:
        skills._known().pop("mine")


@pytest.mark.parametrize("text", ["nonsense =", 'version = "1"', 'name = "x"\ncolour = "red"'])
def test_a_file_that_is_no_skill_is_refused(tmp_path, text):
    """What is not a skill is named, and nothing is registered."""
    (tmp_path / "bad.toml").write_text(text)
    before = skills.every()
    with pytest.raises(UsageError, match=r"bad\.toml"):
        skills.register(tmp_path / "bad.toml")
    assert skills.every() == before
