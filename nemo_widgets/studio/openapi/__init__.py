"""The studio's description of itself (OpenAPI 3.1), made from its routes."""

from . import schemas, shapes
from .document import document
from .operation import Operation

__all__ = ["Operation", "document", "schemas", "shapes"]
