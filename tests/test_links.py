"""Links as they may be shown."""

import time

import pytest

from nemo_widgets.links import link_name, plain_links, veiled, without_query


@pytest.mark.parametrize(
    ("link", "shown", "name"),
    [
        ("https://h/x.mp4?X-Amz-Signature=abc", "https://h/x.mp4", "x.mp4"),
        ("https://u:pw@h:8080/a/b%20c.mp4#t=1", "https://h:8080/a/b%20c.mp4", "b c.mp4"),
        ("https://h?token=abc", "https://h", "h"),
        ("https://h/?token=abc", "https://h/", "h"),
        ("HTTPS://h/a?b?c#d?e", "HTTPS://h/a", "a"),
        ("https://[::1", "https://[::1", "link"),
        ("x.mp4?sig=1", "x.mp4", "x.mp4"),
        ("https://h/x.mp4;jsessionid=abc?b=1", "https://h/x.mp4", "x.mp4"),
        ("https://h/a;sid=abc/x.mp4", "https://h/a/x.mp4", "x.mp4"),
        ("https://h/x.mp4%3Fsig%3Dabc", "https://h/x.mp4", "x.mp4"),
        ("https://h/x.mp4&token=abc", "https://h/x.mp4", "x.mp4"),
        ("https://h/what%3F.mp4", "https://h/what%3F.mp4", "what?.mp4"),
        ("https://h/a&b=c.mp4", "https://h/a&b=c.mp4", "a&b=c.mp4"),
        ("https：／／u:pw@h／x.mp4？sig=abc", "https：／／h／x.mp4", "https：／／h／x.mp4"),
    ],
)
def test_a_link_without_its_secrets(link, shown, name):
    """A link is shown without user, password, query and fragment, and named after its path, else its host."""
    assert (without_query(link), link_name(link)) == (shown, name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("use https://h/a.mp3?sig=abcdef as music", "use https://h/a.mp3 as music"),
        ("use https://h/a.mp3?sig=abcdef, then cut", "use https://h/a.mp3, then cut"),
        ("(see https://h/a.mp3?sig=abc).", "(see https://h/a.mp3)."),
        ("用https://h/a.mp3?sig=abc。", "用https://h/a.mp3。"),
        ('say "why? because=x"', 'say "why? because=x"'),
        ("x.mp4?X-Amz-Signature=abc, y.mp4", "x.mp4, y.mp4"),
        ("what is at 0:30?", "what is at 0:30?"),
        ("is a.mp4 there?", "is a.mp4 there?"),
        ("http://u:pw@h/a", "http://h/a"),
        ("see www.h.org/a?sig=abcdef now", "see www.h.org/a now"),
        ("用www.h.org/a?sig=abcdef，再剪", "用www.h.org/a，再剪"),
        ("//h/a?token=abcdef", "//h/a"),
        (r'{"url":"https:\/\/h\/a?X-Amz-Signature=abc"}', r'{"url":"https:\/\/h\/a"}'),
        ("is it ok?yes=1", "is it ok?yes=1"),
        ("see https：//h/a？sig=abcdef now", "see https：//h/a now"),
        ("see https://h/a.mp4;jsessionid=abcdef.", "see https://h/a.mp4."),
        ("//h/a.mp4;token=abcdef", "//h/a.mp4"),
        ("cut a; b=1; then go", "cut a; b=1; then go"),
    ],
)
def test_links_in_a_text(text, shown):
    """A text that is listed has its links without their secrets, and all else as it was."""
    assert plain_links(text) == shown


def test_what_a_server_repeats():
    """Parts of a link that a server repeats are taken out; what is short or stands in the path stays."""
    link = "https://u:password1@h/x.mp4?sig=abc%2Fdefgh&n=1"
    assert veiled(f"no {link}", link) == "no https://h/x.mp4"
    assert veiled("bad signature abc/defgh of x.mp4, n=1", link) == "bad signature ••• of x.mp4, n=1"
    assert veiled("GET /x.mp4?sig=abc%2Fdefgh&n=1", link) == "GET /x.mp4"
    assert veiled("password1", link) == "•••"
    assert veiled("no session C0FFEE99", "https://h/x.mp4;jsessionid=C0FFEE99") == "no session •••"


@pytest.mark.parametrize("piece", ["a", "a.", "a.mp4?", "http://", ".", "a.mp4?=", "a="])
def test_a_text_is_looked_through_once(piece):
    """A server's text of any length, such as an error, is made fit to be listed in no time."""
    begun = time.process_time()
    plain_links(f"{piece * 20_000}? ://")
    assert time.process_time() - begun < 1
