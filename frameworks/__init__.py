"""The bundled frameworks: data only. This file makes the folder a package, so that every kind of install carries it."""
