"""Matroska: what an MP4 holds. It keeps no times of decoding, so that nothing can be copied into it."""

from dataclasses import replace

from .form import Form
from .h264_aac import AAC, H264

FORM = Form("matroska", {}, replace(H264, copies=False), AAC)
