"""Forms in spreadsheets (XLSForm), as people have them for ODK and Kobo: read into guides and written from them.

What is supported is listed in ``docs/guide/forms.md``. Nothing is kept while a form is read: the report comes first.
"""
