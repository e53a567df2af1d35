"""A stand-in for RunPod: its API, its bill, its proxy with an InvokeAI behind it, and what goes wrong there."""
