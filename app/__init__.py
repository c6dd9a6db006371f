"""The program: command line, Textual app and screens, chat loop, chat models, configuration."""
