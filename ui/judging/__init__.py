"""What the Evaluate screen shows of a judged run: each module is one view, with one `show`."""
