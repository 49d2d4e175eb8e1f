"""Charts: each module draws one, from a table that core or a pure function has made."""
