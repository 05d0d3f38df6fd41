"""The limits on what is taken in, in one table; messages name them from here."""

MB = 1024 * 1024

FILE_BYTES = 50 * MB  # a file opened
FETCHED_BYTES = 20 * MB  # a page from the web, packed and unpacked
FETCH_REDIRECTS = 5
FETCH_CONNECT_SECONDS = 10.0
FETCH_SECONDS = 30.0  # from the first connection to the last byte
ARTICLE_CHARACTERS = 5 * MB  # text of an article, without asking
ARTICLE_CHARACTERS_ASKED = 20 * MB  # text of an article after the user's yes
UNPACKED_BYTES = 200 * MB  # all entries of an archive together
ENTRY_BYTES = 50 * MB  # one entry of an archive, unpacked
UNPACKED_RATIO = 200  # unpacked bytes for each packed one
ENTRIES = 5_000  # entries of an archive
MARKUP_DEPTH = 200  # nesting of elements in markup
ELEMENT_ATTRIBUTES = 1_000  # attributes of one element of a page
TABLE_CELLS = 10_000  # cells of one table
CELL_SPAN = 50  # colspan and rowspan of one cell
CHILD_SECONDS = 30.0  # wall time of one foreign file in the child process
CHILD_BYTES = 1024 * MB  # address space of the child process
CHILD_ANSWER_BYTES = 256 * MB  # what the child may answer
CODEBOOK_BYTES = 4 * MB  # a codebook: 2,000 tags with long definitions stay below
CODEBOOK_DEPTH = 20  # nesting of lists and objects in it; one needs 5
FRONT_MATTER_BYTES = 64 * 1024  # what a Markdown file says of itself
MAIL_PARTS = 1_000  # parts of one message
PDF_PAGES = 1_000  # pages of one document
NOTE_RENDER_SECONDS = 1.0  # a note takes no longer to render; then it shows as plain text
NOTE_CHARACTERS = MB  # one note
TAG_NAME_CHARACTERS = 200  # one tag's name
COLLECTION_NAME_CHARACTERS = 200  # one name of a collection
MARKS_PER_FILE = 100_000  # marks taken from one file
LOCK_SECONDS = 0.1  # how long a gesture waits for a locked library
HISTORY_STEPS = 1_000  # undo steps kept
HISTORY_DAYS = 90  # age of undo steps kept
BACKUP_BYTES = 2048 * MB  # all backups of a library together
BACKUPS = 200  # backups of a library
BACKUP_MINUTES = 30  # of change, after which there is a new one
