"""What went wrong, in one sentence a user can act on."""


class HouseError(Exception):
    """Told to the user as it stands, without a traceback."""
