"""The library: importing, files, thumbnails, metadata, timeline, search and trash."""
