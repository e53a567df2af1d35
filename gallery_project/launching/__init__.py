"""Starting everything the gallery is made of, keeping it running, and stopping it without leaving a process."""
