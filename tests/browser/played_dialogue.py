"""A dialogue that leads through the real intake by fixed rules, in place of the dialogue server."""

from __future__ import annotations

import time

from casework.domain.draft import Stage
from casework.domain.matter import MatterKind
from casework.domain.messages import Button, Reply
from casework.ports import DialogueTurn
from tests.fakes.law_texts import CUTS, PAY
from tests.fakes.office import Office

BEGIN = {"/consultation": MatterKind.CONSULTATION, "/petition": MatterKind.PETITION}
ANSWER = (
    "公司拖欠工资，可以先收好考勤和工资流水，再向劳动保障监察投诉，电话 12333，也可以申请劳动仲裁。\n"
    "依据：《劳动合同法》第三十条"
)


class PlayedDialogue:
    """Answers as the actions would: one use case, then its replies."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.pause_seconds = 0.0

    def __call__(self, turn: DialogueTurn) -> list[Reply]:
        time.sleep(self.pause_seconds)
        office, where = self._office, (turn.conversation_id, turn.message_id)
        if turn.text == "/person" or "转人工" in turn.text:
            return office.handover.request(*where)
        kind = BEGIN.get(turn.text)
        if kind:
            return office.intake.begin(*where, kind).replies
        with office.store.reading() as work:
            draft = work.drafts.open_for(turn.conversation_id)
        if draft is None:
            return self._free(turn)
        intent = turn.text[1:] if turn.trusted else "inform"
        step = office.intake.answer(*where, intent)
        if step.stage is Stage.CONFIRMED:
            return [*step.ack, office.intake.submit(*where).reply]
        return step.replies

    def _free(self, turn: DialogueTurn) -> list[Reply]:
        if "工资" in turn.text:
            office = self._office
            office.given_answers.record(turn.conversation_id, turn.message_id, "wages", [PAY, CUTS])
            offer = (Button("我要反映问题", "/petition"), Button("转人工", "/person"))
            return [Reply(ANSWER), Reply("要我帮您整理成材料吗？", offer)]
        return [Reply(f"收到：{turn.text}")]
