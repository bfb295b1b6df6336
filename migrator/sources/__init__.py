"""Files to entries: one module per format, a shared grammar one layer below, and the tree that the files lie in."""

from migrator.sources.discovery import Discovery, SourceError, discover, narrowed
from migrator.sources.file_tree import FileTree
from migrator.sources.hosts import HostPlace
from migrator.sources.items import Format
from migrator.sources.live import LiveTree, discover_live, own_tab, tree_of
from migrator.sources.manifest_schema import manifest_json_schema
from migrator.sources.mapping_hints import mapping_hints
from migrator.sources.registry import SOURCES, beside, read_file
from migrator.sources.surroundings import Source, Surroundings
from migrator.sources.tree import Located, Tree

__all__ = [
    "SOURCES",
    "Discovery",
    "FileTree",
    "Format",
    "HostPlace",
    "LiveTree",
    "Located",
    "Source",
    "SourceError",
    "Surroundings",
    "Tree",
    "beside",
    "discover",
    "discover_live",
    "manifest_json_schema",
    "mapping_hints",
    "narrowed",
    "own_tab",
    "read_file",
    "tree_of",
]
