"""A damaged `insights.json` made again: from what of it can be read, from the Markdown, from the journal."""

from __future__ import annotations

from datetime import datetime

from learnchat.learning.profile.documents import Document, resolve
from learnchat.learning.profile.folder import ProfileFolder
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.rendered import Rendered


def recovered(folder: ProfileFolder, journal: Journal, now: datetime) -> list[Document]:
    """The documents of a profile whose `insights.json` can't be read in full, in the order of truth.

    A whole Markdown file names all that stood there: then the journal only adds to these what it has in a higher
    revision, and what of it never reached the files. What else it has is not of this branch, and is offered in the
    review. Without such a file all of the journal is taken.
    """
    try:
        documents, whole = folder.rebuilt(now), folder.markdown_is_whole()
    except OSError:
        documents, whole = [], False
    known = {document["id"]: document["revision"] for document in documents}
    unwritten = {event.id for event in journal.unwritten()}
    for event in journal.events():
        for document in event.documents:
            # An event that is not written yet is about this branch, whatever the Markdown says.
            of_here = document["id"] in known or not whole
            if event.id in unwritten or (of_here and document["revision"] > known.get(document["id"], 0)):
                documents.append(document)
    return resolve(documents)


def rebuild(folder: ProfileFolder, journal: Journal, rendered: Rendered, now: datetime) -> str:
    """Write a damaged `insights.json` anew, under the folder's lock; the damaged one is kept aside.

    Returns:
        What people read.

    Raises:
        OSError: it can't be written.
    """
    content = folder.content()
    readable = {document["id"] for document in content.documents}
    from_markdown = {document["id"] for document in folder.rebuilt(now)} - readable
    documents = recovered(folder, journal, now)
    kept = folder.aside.keep_damaged(now) if folder.insights.exists() else None
    folder.write(documents, [], now, rendered)
    more = len({document["id"] for document in documents} - readable - from_markdown)
    sentence = (
        f"{folder.insights} {content.damage}. It was rebuilt: {len(readable)} of its lines could be read, "
        f"{len(from_markdown)} came from {folder.markdown.name}, {more} came from your journal."
    )
    if kept is None:
        return sentence
    return (
        f"{sentence} The damaged file is kept as {kept.name}; what others wrote in lines that can't be read may be "
        "only there."
    )
