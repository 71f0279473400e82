"""The HTML document around the app."""

from __future__ import annotations

from layouts.theme import hatch_pattern, style_variables

DESCRIPTION = (
    "Which North Carolina counties have Law Enforcement Assisted Diversion on any day, since when, "
    "and what is known of its results."
)


def page_template() -> str:
    """Give the document template that Dash fills: language, description and the colors."""
    hatch = hatch_pattern("var(--perhaps)", "var(--running)")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<meta name="description" content="{DESCRIPTION}">
<title>{{%title%}}</title>
{{%favicon%}}
<style>{style_variables()}</style>
{{%css%}}
</head>
<body>
<svg width="0" height="0" aria-hidden="true" class="defs"><defs>{hatch}</defs></svg>
{{%app_entry%}}
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>
"""
