"""Poems and notices: exact copies, and beginnings that tell them apart."""

from collections import Counter


def test_copies_counted_in_the_texts(corpus, texts):
    found = Counter(texts["documents"])
    assert found == {row.text: row.copies for row in corpus.ledger.documents}
    assert Counter(found.values()) == {1: 20, 4: 20, 16: 20, 64: 20, 256: 8, 1024: 8}


def test_no_other_section_quotes_a_document(corpus):
    for row in corpus.ledger.documents:
        first_line_of_body = row.text.split("\n")[1]
        assert corpus.search(first_line_of_body).total == row.copies


def test_no_two_documents_share_a_line(corpus):
    lines = [line for row in corpus.ledger.documents for line in row.text.split("\n")]
    assert len(set(lines)) == len(lines)


def test_beginnings_tell_documents_apart(corpus):
    texts = [row.text for row in corpus.ledger.documents]
    # Twelve tokens of a 1,024-piece vocabulary hold at least 16 letters of English.
    assert len({text[:16] for text in texts}) == len(texts)
    assert all(160 <= len(text) <= 240 for text in texts)
