"""Reading what developers write: prose, statements, words, verb forms, the names of things."""
