"""The models InvokeAI has, kept in step with it."""
