"""What the demo agency is made of, as tables: one module a noun, one row a thing."""
