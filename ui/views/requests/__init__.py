"""The register of information requests on the screen."""
