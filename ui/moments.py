"""How long ago something was, as people say it."""

from datetime import datetime

from core.message import Message, say, say_count

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def ago(then: datetime, now: datetime) -> Message:
    """``just now``, ``5 minutes ago``, ``2 hours ago``, ``3 days ago``; after a month, the date."""
    seconds = (now - then).total_seconds()
    if seconds < _MINUTE:
        return say("just now")
    if seconds < _HOUR:
        return say_count("{count} minute ago", "{count} minutes ago", count=int(seconds // _MINUTE))
    if seconds < _DAY:
        return say_count("{count} hour ago", "{count} hours ago", count=int(seconds // _HOUR))
    if seconds < 31 * _DAY:
        return say_count("{count} day ago", "{count} days ago", count=int(seconds // _DAY))
    return say("on {date}", date=f"{then:%Y-%m-%d}")
