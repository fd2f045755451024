"""The pages: a thin shell over the core, served on this computer only. `create_app` is the way in.

A page reads the form, calls the core, and places the words. docs/guide/web.md tells how to add one.
"""
