"""The register of information requests: what is asked, of whom, until when."""
