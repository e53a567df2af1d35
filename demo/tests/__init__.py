"""Tests of the stand-in server and of the painter."""
