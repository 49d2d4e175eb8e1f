"""Notes in image files: what a camera, a phone or a program writes beside the pixels, such as where a photo was taken.

For each format one function that gives the file without them, every byte of the pixels as it was.
"""
