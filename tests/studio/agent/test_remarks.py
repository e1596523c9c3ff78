"""What people remark on beside a wish is not in its way, and says what 'it' is."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

import copy

import pytest
from studio.agent.instructions.worlds import WORLDS

from nemo_widgets.studio.agent import Agent, AgentSettings

SAME = [
    ("pictures", "brighten the cake, the dog gets darker", "brighten the cake, darken the dog"),
    ("trip", "get rid of 0:05 to 0:09, it's boring", "remove 0:05 to 0:09"),
    ("trip", "cut 0:05-0:09 because nothing happens there", "remove 0:05 to 0:09"),
    ("trip", "the bit from 0:05 to 0:09 drags, double its speed", "speed up 0:05 to 0:09 2x"),
    ("trip", "ok so the part from 0:05 to 0:09 drags, speed it up like 2x", "speed up 0:05 to 0:09 2x"),
    ("trip", "the night clip is way too dark, brighten it", "brighten the night clip"),
    ("trip", "the market clip looks kind of dull so give it more colour", "make the market clip more saturated"),
    ("trip", "between 5 and 9 seconds the camera shakes like crazy, just remove that", "remove 0:05 to 0:09"),
    ("trip", "from 0:05 to 0:09 you only see my feet. chop it out", "remove 0:05 to 0:09"),
    ("trip", "the last 4 seconds are useless, lose them", "remove the last 4 seconds"),
    ("trip", "the first 3 seconds are just me fumbling with the camera, please take them out", "remove the first 3 seconds"),
    ("trip", "i don't like the first clip, remove it", "remove the first clip"),
    ("trip", "make everything 20% faster, my audience gets bored", "make everything 20% faster"),
    ("trip", "the market clip is too long, cut it to 8 seconds", "cut the market clip to 8 seconds"),
    ("trip", "please put the market before the harbour, that's the order we actually visited in", "put the market before the harbour"),
    ("trip", "it's a bit shaky at 0:12-0:14, cut that", "remove 0:12 to 0:14"),
    ("trip", "there's someone talking in the background from 0:03 to 0:06, mute that part", "mute 0:03 to 0:06"),
    ("trip", "i sneeze at 0:07 to 0:08, take it out", "remove 0:07 to 0:08"),
    ("trip", "nothing happens in the first 6 seconds so cut them", "remove the first 6 seconds"),
    ("trip", "The harbour video is upside down, can you rotate it?", "rotate the harbour by 180 degrees"),
    ("trip", "I want to post this on tiktok so make it vertical", "make it vertical"),
    ("interview", "could you please take out the bit between 0:45 and 1:10, he's just coughing", "remove 0:45 to 1:10"),
    ("interview", "mute from 0:10 to 0:15 pls, a truck passes", "mute 0:10 to 0:15"),
    ("edited", "get rid of the crossfade, a hard cut is fine", "get rid of the crossfade"),
    ("edited", "throw out the second clip, I'm repeating myself there", "remove the second clip"),
    ("edited", "swap clips 2 and 3, the joke lands better that way round", "swap clips 2 and 3"),
    ("edited", "the music is a bit loud, bring it down to 15%", "set the music to 15%"),
    ("film", "cut out the kiss, my kids will watch this", "remove the kiss"),
    ("游记", "第二个片段太暗了，调亮一点", "把第二个片段调亮一点"),
    ("游记", "前面12秒都是废话，帮我去掉", "删掉前12秒"),
    ("游记", "0:05到0:09很无聊，删掉吧", "删掉0:05到0:09"),
    ("游记", "删掉0:05到0:09，太无聊了", "删掉0:05到0:09"),
    ("游记", "把城市夜景那段调亮一点，黑乎乎的啥也看不清", "把城市夜景调亮一点"),
    ("游记", "森林漫步倒着放，好玩", "森林漫步倒着放"),
    ("trip", "market那段晃得不行，从0:15到0:22剪掉吧", "删掉0:15到0:22"),
    ("edited", "把音乐调小点，都盖住人说话了", "把音乐调小点"),
    ("film", "亲嘴那段给我剪了，要给小朋友看的", "删掉吻戏"),
]  # fmt: skip
NOTHING = [
    ("trip", "mute the music, the voice too"),
    ("trip", "remove the first clip, the night one as well"),
    ("trip", "brighten the harbour, the market gets a title"),
    ("trip", "the first clip is great, keep it"),
    ("trip", "in the first clip a dog barks, cut it out"),
    ("trip", "i don't like the dog in the first clip, remove it"),
    ("trip", "the title says remove it, and i agree"),
    ("trip", "remove 0:05-0:09, the rest stays black and white"),
    ("trip", "cut the first 3 seconds, the second clip needs a fade"),
    ("trip", "if the first clip is boring, remove it"),
    ("trip", "the second clip is boring, isn't it"),
    ("trip", "my mum loves the first clip, so don't remove it"),
    ("trip", "the market clip was boring when my sister said remove it"),
    ("trip", "the voice is quiet and the music is loud, turn it down"),
    ("trip", "cut it at 0:15, the rest is junk"),
    ("trip", "the clip drags on and on where the dog barks, silence that"),
    ("trip", "the market clip is too loud when he shouts, turn it down to 50%"),
    ("trip", "people like the first clip, they hate the second, delete it"),
    ("trip", "the last 5 seconds are great, everything else is boring, remove it"),
    ("游记", "删掉第一段，其他都没意思"),
    ("pictures", "remove the cake, the dog as well"),
    ("游记", "第二个片段太暗了，别删"),
    ("游记", "要是第二个片段太暗了，就调亮一点"),
]


def _after(name, said):
    """The draft after a message, and whether it changed; ids and the like are the world's own."""
    world = WORLDS[name]()
    before = copy.deepcopy(world.draft.data)
    *_, done = Agent(AgentSettings(heartbeat_s=0.05)).turn(said, world)
    return (done.draft.data if done.draft is not None else before), before


@pytest.mark.parametrize(("world", "said", "plain"), SAME)
def test_a_wish_with_a_remark_is_done_as_the_plain_wish(world, said, plain):
    """What somebody says of a place before 'it', or as a reason behind, leads to the edit that is meant."""
    (after, before), (expected, _) = _after(world, said), _after(world, plain)
    assert expected != before
    assert after == expected


@pytest.mark.parametrize(("world", "said"), NOTHING)
def test_what_may_be_a_second_wish_is_no_remark(world, said):
    """Words that wish, suppose, forbid or report are never left away: nothing is done before it is asked."""
    after, before = _after(world, said)
    assert after == before
