"""Where things lie and how they are written so that they last: paths, projects, files, locks."""
