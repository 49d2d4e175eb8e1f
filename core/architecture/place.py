"""Where a layer stands: ``(3,)`` is the fourth of the list, ``(3, 0)`` the first inside the Residual there."""

Place = tuple[int, ...]


def behind(place: Place) -> Place:
    """The place right after ``place``, in the same list."""
    return (*place[:-1], place[-1] + 1)


def is_within(place: Place, outer: Place) -> bool:
    """Whether ``place`` is ``outer`` itself or lies inside it."""
    return place[: len(outer)] == outer


def without(place: Place, removed: Place) -> Place:
    """What ``place`` is called once the layer at ``removed`` is gone from before it; not for places within it."""
    *parents, position = removed
    level = len(parents)
    if place[:level] != tuple(parents) or len(place) <= level or place[level] <= position:
        return place
    return (*place[:level], place[level] - 1, *place[level + 1 :])
