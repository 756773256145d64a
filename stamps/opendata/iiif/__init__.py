"""IIIF: pictures of stamps for viewers of libraries and museums, whole or in parts, and what belongs together."""
