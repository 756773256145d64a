"""`python -m website …` is `temthu …`."""

from website.commands import main

main()
