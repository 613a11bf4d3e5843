"""`python -m sitroom.cli` is the same as `sitroom`."""

from sitroom.cli import main

if __name__ == "__main__":
    main()
