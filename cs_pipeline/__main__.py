"""`python -m cs_pipeline`: the same as `cs-pipeline`."""

from cs_pipeline.cli import main

if __name__ == "__main__":
    main()
