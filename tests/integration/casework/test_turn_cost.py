"""What a turn costs the database: a commit is a write that waits for the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

if TYPE_CHECKING:
    from tests.integration.casework.conftest import Town


def test_a_turn_writes_to_the_disk_twice(town: Town) -> None:
    town.say("你好")  # the first makes the conversation
    commits: list[object] = []
    begun: list[object] = []
    statements: list[str] = []
    event.listen(town.store.engine, "begin", begun.append)
    event.listen(town.store.engine, "commit", commits.append)
    event.listen(
        town.store.engine,
        "before_cursor_execute",
        lambda c, cursor, statement, *more: statements.append(statement.split()[0]),
    )
    town.say("公司拖欠我三个月工资怎么办")
    # One to acknowledge the message, one to end the turn with its replies.
    assert len(commits) == 2
    assert len(begun) == 3  # and a look at the draft between them
    assert len(statements) < 30


def test_lists_are_read_in_one_statement_each(town: Town) -> None:
    for sender in "abcdefgh":
        town.say("我要找人工", sender=sender)
    statements: list[str] = []
    event.listen(
        town.store.engine,
        "before_cursor_execute",
        lambda c, cursor, statement, *more: statements.append(statement),
    )
    conversation_id = town.write("你好", sender="a").conversation_id
    statements.clear()
    with town.store.reading() as work:
        work.conversations.waiting()
        work.transcript.since(conversation_id, 0)
        work.matters.for_conversation(conversation_id)
        work.outbox.dead_letters()
        work.matters.ledger()
    selects = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(selects) == 6  # the ledger counts as well
