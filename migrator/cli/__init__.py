"""Arguments, printing, exit codes."""


def main() -> None:
    """Run the command line."""
