"""Tests of the screens: a view renders a state, a gesture reaches its presenter."""
