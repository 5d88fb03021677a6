"""Where inputs come from: files and folders now; archives, feeds and object stores later.

:func:`read` walks over the sources lazily. A new kind of file is one entry in
:data:`flows.readers.formats.FORMATS`; a new kind of place (an archive's members, a feed's items,
a bucket's objects) is one function in :mod:`flows.readers.places` that yields the same records.
"""
