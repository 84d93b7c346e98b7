"""How dates are written, where the house differs from Django."""
