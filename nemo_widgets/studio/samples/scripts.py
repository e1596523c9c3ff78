"""What is said in the made samples, by whom, and how long nobody speaks after each sentence."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["SCRIPTS", "VOICES", "Line"]


class Line(NamedTuple):
    """A sentence, and the ms without speech after it: more than half a second is a pause."""

    text: str
    after: int = 300


VOICES = {
    "interview": ("-v", "en-us+f2", "-s", "154", "-p", "46", "-a", "90"),
    "recording": ("-v", "en-us+m3", "-s", "152", "-p", "38", "-a", "90"),
    "footage": ("-v", "en-gb+f4", "-s", "160", "-p", "55", "-a", "90"),
}
"""How each of them is spoken: voice, words a minute, pitch, loudness."""

_INTERVIEW = (
    Line("Thank you for having me."),
    Line("My name is Amara, and I build small wooden boats."),
    Line("I began when I was nine years old.", 250),
    Line("My grandfather had a workshop by the river, and I swept the floor."),
    Line("One day he gave me a plane and a piece of oak.", 350),
    Line("I have never really stopped since then.", 2400),
    Line("The river is still there, and the workshop too.", 250),
    Line("Only the roof is new, and the stove."),
    Line("In winter the glue does not dry without it."),
    Line("So I light the fire at six, and I have my tea.", 350),
    Line("Then I look at what I did the day before."),
    Line("Some mornings I like it.", 800),
    Line("People always ask how long one boat takes.", 350),
    Line("A rowing boat takes about four months."),
    Line("The first month is only looking for the right tree.", 250),
    Line("You walk through the forest and you look up."),
    Line("A good trunk has a curve in it that is already a boat."),
    Line("Then the wood has to rest, and so do I.", 400),
    Line("After that everything goes quickly.", 250),
    Line("I cut the keel, the ribs, and then the planks."),
    Line("Every plank is bent in steam while it is hot.", 3000),
    Line("The hardest part is not what you would think."),
    Line("It is not the cutting, and it is not the bending.", 350),
    Line("It is to know when to put the tool down."),
    Line("You can always take a little more away.", 250),
    Line("You can never put it back."),
    Line("I ruined my second boat like that, on the very last day.", 400),
    Line("It hangs in my kitchen now, as a shelf for plates.", 4000),
    Line("My neighbours ask me what is wrong with plastic."),
    Line("Nothing is wrong with it, it floats.", 350),
    Line("But you can't mend it with your own two hands."),
    Line("A wooden boat tells you early when something is not right."),
    Line("It creaks, it smells, it lets in a little water.", 250),
    Line("You only have to listen to it.", 600),
    Line("Do I use machines?", 350),
    Line("Of course I do, I am not in love with sore hands."),
    Line("The saw does in an hour what took him a week.", 250),
    Line("But the last millimetre is always done by hand."),
    Line("You feel it with your fingers before you can see it."),
    Line("A machine does not know how the water will touch it.", 350),
    Line("I think I do, by now.", 1200),
    Line("Last summer a family came from the other end of the country."),
    Line("They wanted a boat for their daughter, who was nine.", 300),
    Line("I told them that this was exactly the right age."),
    Line("She came every day and swept the floor.", 250),
    Line("At the end she planed the last plank herself.", 700),
    Line("We put it in the water on a Sunday morning."),
    Line("Nobody said a word until it floated.", 350),
    Line("That is the moment I work for.", 1500),
    Line("What comes next, I do not know."),
    Line("There is a large oak behind the church.", 250),
    Line("It has exactly the curve of a sailing boat."),
    Line("But it is not ready to fall, and I can wait.", 350),
    Line("Perhaps my daughter will build that one."),
    Line("She is four, and she already has her own broom.", 1800),
)

_RECORDING = (
    Line("Hello, and welcome.", 900),
    Line("In this lesson we write a tiny program together."),
    Line("First I open a new file in the editor.", 1800),
    Line("We begin with a function that greets somebody by name.", 2600),
    Line("It takes one argument, and it gives a sentence back.", 2200),
    Line("Below it we call the function with a name.", 3200),
    Line("That is all we need, so I save the file.", 1500),
    Line("Now let us go to the terminal.", 1200),
    Line("I type python, and the name of the file.", 2800),
    Line("And there it is, our first greeting."),
    Line("Let us try it with another name.", 2400),
    Line("It works for everybody.", 1600),
    Line("Next I want to know how to make the text upper case."),
    Line("I look it up in the browser.", 2900),
    Line("The second answer is what we need.", 350),
    Line("Every string has a method called upper.", 1900),
    Line("It does not change the text, it gives a new one back."),
    Line("Remember that, it is a common mistake.", 3100),
    Line("Back in the editor I add it to the last line.", 2700),
    Line("I save, and I run it once more.", 2500),
    Line("Now the greeting is as loud as it can be.", 1300),
    Line("Of course nobody likes to be shouted at.", 2700),
    Line("So I take the change back, and all is well.", 3300),
    Line("Here is a task for you.", 350),
    Line("Let the program ask for the name by itself.", 2900),
    Line("To sum up, we wrote a function, called it, and changed it.", 300),
    Line("That is how every program begins."),
    Line("Thank you for watching, and see you next time.", 1200),
)

_FOOTAGE = (
    Line("Here we are at the harbour, it is early in the morning."),
    Line("The boats are just coming back."),
    Line("Every one of them has a name."),
    Line("Listen to the gulls."),
    Line("They want their breakfast."),
    Line("Hello, I am Mira, and today I show you my favourite places."),
    Line("We have one day, and we go from the sea up to the mountains."),
    Line("I hope you brought good shoes."),
    Line("Now let us go, the sun is up."),
    Line("One more step, and close your eyes."),
    Line("Now this is the view I promised you."),
    Line("On a clear day you can see three countries from here."),
    Line("Down there is the river that we came from."),
    Line("My brother says that he knows a shortcut."),
    Line("Wait for me, I can't walk that fast!"),
    Line("He has known a shortcut since he was five."),
    Line("This is the harbour again, from the other side."),
    Line("I am sorry, the camera was stuck."),
    Line("This bridge was built a hundred years ago."),
    Line("My grandmother was the first to cross it on a bicycle."),
    Line("She had no brakes, and she never needed them."),
    Line("And this is the street where I live, I am afraid."),
    Line("You get used to the noise after a year or two."),
    Line("There goes the number nine."),
    Line("And that was our day."),
    Line("If you ever come here, say hello to the boats from me."),
    Line("And come soon."),
)

SCRIPTS: dict[str, tuple[Line, ...]] = {
    "interview": _INTERVIEW,
    "recording": _RECORDING,
    "footage": _FOOTAGE,
}
"""The sentences of each, in order. In the footage they are said where its scenes are filmed."""
