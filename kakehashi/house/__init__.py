"""The house: data directory, database server, roles, processes and the command line."""
