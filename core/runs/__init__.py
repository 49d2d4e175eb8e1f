"""Projects, datasets and runs in the database; the queue and the engine that works it off."""
