"""Pictures that look alike: told by a fingerprint of what they show, offered side by side, decided by the owner."""
