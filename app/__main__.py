"""`python -m learnchat.app` is `learnchat`."""

from learnchat.app.main import main

main()
