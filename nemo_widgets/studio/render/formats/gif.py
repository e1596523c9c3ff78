"""GIF: 256 colours that are chosen for all of the film, hundredths of a second, and no sound."""

from fractions import Fraction

from .form import Form, VideoEncoder

FORM = Form(
    "gif",
    {"loop": "0"},
    VideoEncoder("gif", ("gif",), lambda _, __: {}, pixels="pal8", tick=Fraction(1, 100), fastest=50),
)
