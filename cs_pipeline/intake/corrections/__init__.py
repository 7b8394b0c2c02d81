"""Refused rows that come back corrected."""
