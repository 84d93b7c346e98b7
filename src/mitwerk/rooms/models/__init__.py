"""What lies in the room of a network."""
