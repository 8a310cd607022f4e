"""Requests that leave us: checked addresses, one total deadline, one user agent, bounded size."""
