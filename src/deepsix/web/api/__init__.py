"""The API under /api/v1: JSON in, JSON out, nothing kept. `routes` has the addresses, `sent` what may be sent.

It takes no cookies and knows no visits. A page from elsewhere cannot use it: the content type it insists on makes a
browser ask first, and nothing here says yes.
"""
