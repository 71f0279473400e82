"""What is published on LEAD: results, people reached, context, and what the figures cannot tell."""
