"""A step on its way: submitted, followed, recorded, retrieved."""
