"""QuickTime, which cutting programs on a Mac expect."""

from .form import Form
from .h264_aac import AAC, H264

FORM = Form("mov", {"movflags": "+faststart"}, H264, AAC)
