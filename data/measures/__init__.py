"""Measures made of loaded series: on the map, over time, and what followed LEAD."""
