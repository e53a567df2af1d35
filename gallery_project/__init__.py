"""Wiring: settings, addresses, the web entry point and the launcher. Nothing imports it."""
