"""Kakehashi: the system an advertising agency's account service department runs on."""
