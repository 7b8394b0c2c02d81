"""Telling people what they must know: one sentence, one link, in their language.

`messages` and `wording` say what, `channels` carries it, `told` remembers what was told when, and
`announcer` puts them together and never fails what it tells of.
"""

from cs_pipeline.notify.announcer import Announcer, Delivery
from cs_pipeline.notify.messages import Message
from cs_pipeline.notify.told import ChannelState, Told, ToldState

__all__ = ["Announcer", "ChannelState", "Delivery", "Message", "Told", "ToldState"]
