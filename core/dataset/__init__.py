"""Images: taken in from a zip, a folder or a sample, checked one by one, stored under a name made of the content."""
