"""The timeline's sound as a stream of blocks: every piece at its sample, faded, ducked."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.mix import MixReader

from .dynamics import BLOCK, Ducker
from .errors import RenderError
from .streams import generated, played

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.studio.media.sound import Samples

    from .model import AudioClip, Plan

__all__ = ["Sound"]

_IDLE = 4
"""Readers that are kept for the next piece of the same clip."""


class Sound:
    """The sound of a plan. A context manager; `mix` can be gone through once.

    Memory does not depend on the length: pieces are opened when they begin and closed when they end.
    """

    def __init__(self, plan: Plan) -> None:
        self._samples = plan.samples
        fades = plan.fades
        self._enter = plan.sample(fades.enter)
        self._leave = plan.samples - plan.sample(plan.frames - fades.leave)
        self._waiting = deque(plan.pieces)
        self._playing: list[_Player] = []
        self._idle: list[MixReader] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for player in self._playing:
            player.close()
        for reader in self._idle:
            reader.close()

    def mix(self) -> Iterator[Samples]:
        """Float32 blocks of BLOCK samples (n, 2) at 48 kHz, as many as the plan needs, too loud or not.

        Raises:
            RenderError: a source can't be read.
        """
        ducker = Ducker()
        held: deque[tuple[Samples, Samples]] = deque()
        for at in range(0, self._samples + ducker.delay * BLOCK, BLOCK):
            plain, music, voice = self._block(at)
            ducker.push(voice)
            held.append((plain, music))
            if len(held) > ducker.delay:
                plain, music = held.popleft()
                plain += music * ducker.pull()
                yield self._faded(plain, at - ducker.delay * BLOCK)

    def _faded(self, block: Samples, at: int) -> Samples:
        """The block that begins at a sample, as the whole comes out of silence and goes into it."""
        if at >= self._enter and at + len(block) <= self._samples - self._leave:
            return block
        middle = np.arange(at, at + len(block)) + 0.5
        come = middle / self._enter if self._enter else np.ones(len(block))
        go = (self._samples - middle) / self._leave if self._leave else np.ones(len(block))
        return block * np.clip(np.minimum(come, go), 0, 1).astype(np.float32)[:, None]

    def _block(self, at: int) -> tuple[Samples, Samples, Samples]:
        """(all that keeps its level, all that makes room, the voice it makes room for)."""
        plain, music, voice = (np.zeros((BLOCK, 2), np.float32) for _ in range(3))
        while self._waiting and self._waiting[0].at < at + BLOCK:
            piece = self._waiting.popleft()
            self._playing.append(_Player(piece, self._reader(piece)))
        for player in self._playing:
            piece = player.piece
            first, last = max(at, piece.at), min(at + BLOCK, piece.end)
            if last > first:
                heard = player.read(last - first)
                (music if piece.duck else plain)[first - at : last - at] += heard
                if piece.voice:
                    voice[first - at : last - at] += heard
        for player in [p for p in self._playing if p.piece.end <= at + BLOCK]:
            self._playing.remove(player)
            if player.reader is not None:
                self._idle.append(player.reader)
        while len(self._idle) > _IDLE:
            self._idle.pop(0).close()
        return plain, music, voice

    def _reader(self, piece: AudioClip) -> MixReader | None:
        if not isinstance(piece.source, Path):
            return None
        try:
            mine = [r for r in self._idle if (r.path, r.tracks) == (piece.source, piece.tracks)]
            best = max(mine, key=lambda r: (r.position <= piece.begin, r.position), default=None)
            if best is not None:
                self._idle.remove(best)
            reader = best or MixReader(piece.source, piece.name, piece.tracks)
            reader.seek(0 if piece.reverse else piece.begin)
        except MediaError as error:
            raise RenderError(str(error)) from error
        return reader


class _Player:
    """One piece being played: its samples with its gain and its fades."""

    def __init__(self, piece: AudioClip, reader: MixReader | None) -> None:
        self.piece, self.reader = piece, reader
        self._done = 0
        self._ready: Samples = np.zeros((0, 2), np.float32)
        self._source = generated(piece) if reader is None else played(reader, piece)

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()

    def read(self, samples: int) -> Samples:
        while len(self._ready) < samples:
            more = next(self._source, None)
            if more is None:  # the clip's sound ends before its picture: silence
                more = np.zeros((samples - len(self._ready), 2), np.float32)
            self._ready = np.concatenate([self._ready, more]) if len(self._ready) else more
        heard, self._ready = self._ready[:samples], self._ready[samples:]
        heard = heard * self._gain(samples)
        self._done += samples
        return heard

    def _gain(self, samples: int) -> Samples | np.float32:
        piece, first = self.piece, self._done
        if first >= piece.fade_in and first + samples <= piece.length - piece.fade_out:
            return np.float32(piece.gain)
        at = np.arange(first, first + samples) + 0.5
        gain = np.full(samples, piece.gain)
        if piece.fade_in:
            gain *= np.minimum(1.0, at / piece.fade_in)
        if piece.fade_out:
            gain *= np.clip((piece.length - at) / piece.fade_out, 0.0, 1.0)
        return gain.astype(np.float32)[:, None]
