"""A stand-in for an InvokeAI 6.14 server: same addresses, answers and quirks, but it paints with Pillow."""
