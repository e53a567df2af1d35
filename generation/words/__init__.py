"""The language of prompts and templates: choices, lists of words and variables, and how they become plain words."""
