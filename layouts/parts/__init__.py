"""The parts that pages are made of: one ``create_*`` function a part."""
