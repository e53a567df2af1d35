"""Sessions and steps, templates, and what is known of servers: a module for each subject."""

from generation.models.servers import AdoptedBoard, AdoptedImage, Adoption, OtherName, SourceUpload
from generation.models.sessions import GenerationSession, GenerationStep, StepAlternative
from generation.models.templates import PromptTemplate, WordList

__all__ = [
    "AdoptedBoard",
    "AdoptedImage",
    "Adoption",
    "GenerationSession",
    "GenerationStep",
    "OtherName",
    "PromptTemplate",
    "SourceUpload",
    "StepAlternative",
    "WordList",
]
