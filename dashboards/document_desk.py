"""The page of the files in one client's record, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.documents import DocumentCalls, DocumentsPage
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.documents.refile_document import refile_document
from workbench.actions.documents.upload_document import upload_document
from workbench.gate.permissions import Permission
from workbench.screens.patient_documents import document_file, patient_documents


def add_documents(desk: Desk) -> None:
    """For who files documents; it is reached from a client's file and stands in no rail."""
    if desk.person.may(Permission.FILE_DOCUMENT):
        desk.page("/documents/{patient_id}", partial(_page, desk))


def _page(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = DocumentCalls(
        bound(patient_documents), bound(document_file), bound(upload_document), bound(refile_document)
    )
    return DocumentsPage(visit, calls=calls, zone=desk.person.zone, base=desk.base)
