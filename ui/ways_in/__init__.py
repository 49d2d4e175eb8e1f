"""The ways in which images come into a project, one file each. What all of them do in the end is in `taking_in`."""
