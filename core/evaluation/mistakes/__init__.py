"""The images that were judged, sorted and filtered, and what training has of their like."""
