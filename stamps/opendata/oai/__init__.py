"""OAI-PMH 2.0: libraries and portals harvest the catalogue, and what has changed since they did last."""
