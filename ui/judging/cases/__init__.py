"""What the views of single images are made of: choice, gallery, one image in detail, and what is done about it."""
