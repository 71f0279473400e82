"""Other services, county by county, and what a county might do next."""
