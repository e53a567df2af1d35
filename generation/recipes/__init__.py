"""What is asked of InvokeAI, with everything resolved, and what each family of models allows."""
