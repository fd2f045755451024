"""The pages, one module each with a `router`; `routers` lists them."""
