"""What a user may do with memory, over all profiles that hold in one place."""
