"""What somebody hears who asks for a person: their place in the queue, or when duty begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.domain.bureau import CHINA, Bureau
from casework.domain.messages import Button, Reply
from casework.texts import Texts


class QueueWords:
    """The replies of the queue. Every one names a telephone number or a way on."""

    def __init__(self, texts: Texts, bureau: Bureau) -> None:
        self._texts = texts
        self._bureau = bureau

    def queued(self, new: bool, ahead: int, now: datetime) -> Reply:
        """For somebody who has just joined the queue (``new``) or waits already."""
        leave = Button(self._texts.say("handover.button.leave_queue"), "/leave_queue")
        if self._bureau.on_duty(now):
            key = "handover.on_duty" if new else "handover.already_waiting"
            words = self._texts.say(f"{key}_next" if ahead == 0 else key, ahead=ahead)
            return Reply(words, (leave,))
        key = "handover.off_duty" if new else "handover.already_waiting_off_duty"
        opening = self._bureau.next_opening(now)
        if opening is None:
            return Reply(self._texts.say(f"{key}_unknown"), (leave,))
        return Reply(self._texts.say(key, when=self.moment(opening, now)), (leave,))

    def left(self) -> Reply:
        menu = Button(self._texts.say("handover.button.menu"), "/menu")
        return Reply(self._texts.say("handover.left_queue"), (menu,))

    def moment(self, then: datetime, now: datetime) -> str:
        """``今天14:30``, ``明天（周二）09:00``, ``11月30日（周一）09:00``"""
        today = now.astimezone(CHINA).date()
        local = then.astimezone(CHINA)
        day = {today: "today", today + timedelta(days=1): "tomorrow"}.get(local.date(), "day")
        return self._texts.say(
            f"handover.when.{day}",
            time=f"{local:%H:%M}",
            weekday=self._texts.lines("handover.weekdays")[local.weekday()],
            month=local.month,
            day=local.day,
        )
