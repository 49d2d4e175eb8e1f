"""Numbers as people read them. Those with words are messages, for `ui.text.translate` or inside other messages."""

from collections.abc import Callable
from math import floor, log10
from typing import Final

from core.message import Message, say, say_count

_FILE_UNITS: Final = ("KB", "MB", "GB", "TB")


def number(value: int) -> str:
    """``12345`` is ``12,345`` in every language here."""
    return f"{value:,}"


def percent(ratio: float, digits: int = 1) -> str:
    """``0.9625`` is ``96.3%``."""
    return f"{ratio:.{digits}%}"


def quantity(value: float) -> str:
    """A number in the units of the data, in at least four digits that count: ``23.46``, ``1,234,568``, ``0.01235``."""
    if value and not 1e-4 <= abs(value) < 1e12:
        return f"{value:.4g}"
    decimals = max(0, 3 - floor(log10(abs(value)))) if value else 0
    written = f"{value:,.{decimals}f}"
    return written.rstrip("0").rstrip(".") if decimals else written


def rate(value: float) -> str:
    """A learning rate in at most three digits that count: ``0.001``, ``4e-05``."""
    return f"{value:.3g}"


def file_size(size: int) -> Message:
    """``size`` in bytes, in the largest unit that leaves at least 1: ``2,400,000`` is ``2.4 MB``."""
    if size < 1000:
        return say_count("{count} byte", "{count} bytes", count=size)
    amount = size / 1000
    unit = 0
    while amount >= 999.95 and unit < len(_FILE_UNITS) - 1:
        amount /= 1000
        unit += 1
    return say("{amount:.1f} {unit}", amount=amount, unit=_FILE_UNITS[unit])


def duration(seconds: float) -> Message:
    """A time as people say it, to the second within an hour and to the minute beyond: ``1 minute 35 seconds``."""
    if seconds < 1:
        return say("under a second")
    if seconds >= 3600 - 0.5:
        return _two_units(_hours, _minutes, round(seconds / 60))
    if seconds >= 60 - 0.5:
        return _two_units(_minutes, _seconds, round(seconds))
    return _seconds(round(seconds))


def short_duration(seconds: float) -> Message:
    """A time in few letters: ``0.8 s``, ``42 s``, ``1 min 56 s``, ``2 h 5 min``."""
    if seconds < 9.95:
        return say("{seconds:.1f} s", seconds=seconds)
    if seconds < 59.5:
        return say("{seconds:.0f} s", seconds=seconds)
    if seconds < 3600 - 0.5:
        minutes, rest = divmod(round(seconds), 60)
        return say("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    hours, rest = divmod(round(seconds / 60), 60)
    return say("{hours:,} h {minutes} min", hours=hours, minutes=rest)


def _two_units(large: Callable[[int], Message], small: Callable[[int], Message], smalls: int) -> Message:
    count, rest = divmod(smalls, 60)
    if rest == 0:
        return large(count)
    return say("{large} {small}", large=large(count), small=small(rest))


def _hours(count: int) -> Message:
    return say_count("{count} hour", "{count:,} hours", count=count)


def _minutes(count: int) -> Message:
    return say_count("{count} minute", "{count} minutes", count=count)


def _seconds(count: int) -> Message:
    return say_count("{count} second", "{count} seconds", count=count)
