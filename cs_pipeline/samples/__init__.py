"""Synthetic Korean call-centre exports for demos and checks."""
