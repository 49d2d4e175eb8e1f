"""What several screens share: widgets, charts, text, the project in the session."""
