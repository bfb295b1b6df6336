"""Where things are."""
import configparser
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def load(path=None):
    parser = configparser.ConfigParser()
    parser.read(path or os.path.join(HERE, "etc", "hydro.ini"))
    return parser
