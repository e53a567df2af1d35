"""What is needed to try the gallery without a GPU: sample pictures and a stand-in InvokeAI server."""
