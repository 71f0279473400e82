"""The same frames as files: pictures, slides and packages. No Dash here."""
