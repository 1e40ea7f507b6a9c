"""Plugins that come in the main wheel; each is also a distribution of its own in `plugins/`."""
