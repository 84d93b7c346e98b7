"""Writes of a whole installation: the demo."""

from mitwerk.operations.actions.sign_ins import DOMAIN, SignIn, make_demo_sign_ins

__all__ = ["DOMAIN", "SignIn", "make_demo_sign_ins"]
