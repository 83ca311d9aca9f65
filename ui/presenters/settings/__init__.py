"""The pages of Settings (ux S14), one presenter each."""
