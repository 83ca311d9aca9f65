"""What the tests of the screens share."""
