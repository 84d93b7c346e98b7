"""Writes of registrations: `registering` and `changing` by guests and office, `seats` behind both, `invoicing`,
`offering` by the office, and `forgetting`."""
