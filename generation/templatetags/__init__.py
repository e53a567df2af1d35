"""Tags of the studio's pages."""
