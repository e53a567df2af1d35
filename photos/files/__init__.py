"""The files of photos: written whole, named by size, and answered to browsers."""
