"""The lessons. A new one is a folder with a recipe, a space and an answer, and an entry here."""

from collections.abc import Mapping
from typing import Final

from core.lessons.batch_size import answer as batch_size
from core.lessons.capacity import answer as capacity
from core.lessons.capacity.answer import BETTER, BY_HEART, WORSE
from core.lessons.learning_rate import answer as learning_rate
from core.lessons.lesson import Lesson
from core.lessons.positions import HIGHEST, LOWEST, MIDDLE, SAME
from core.message import mark

LESSONS: Final[Mapping[str, Lesson]] = {
    lesson.name: lesson
    for lesson in (
        Lesson(
            name="learning_rate",
            sample="digits",
            title=mark("Learning rate"),
            question=mark(
                "The learning rate is how far the weights move at each step downhill. Four times the same net learns "
                "the same digits, each time with another rate. Which rate gets furthest?"
            ),
            guesses={
                LOWEST: mark("The lowest: small steps are careful steps"),
                MIDDLE: mark("One in the middle"),
                HIGHEST: mark("The highest: large steps are fast steps"),
                SAME: mark("All about the same: they reach the same goal"),
            },
            note=mark(
                "Not clearly more than guessing: the 95 % interval of the validation accuracy reaches the share of the "
                "most common class. About the same: within the 95 % interval of the best."
            ),
            hint=mark(
                "Now you: give the rate that learned too slowly more epochs. Or let the learning-rate finder look for "
                "a good rate."
            ),
            answer=learning_rate.answer,
        ),
        Lesson(
            name="batch_size",
            sample="digits",
            title=mark("Batch size"),
            question=mark(
                "The net looks at one batch of images, then its weights are changed once. Four times it goes through "
                "all training images equally often, in small or in large batches. Which batches get it furthest?"
            ),
            guesses={
                LOWEST: mark("The smallest: the weights are changed most often"),
                MIDDLE: mark("Some in the middle"),
                HIGHEST: mark("The largest: each step is the most exact"),
                SAME: mark("All about the same: they see the same images"),
            },
            note=mark(
                "Noise: the standard deviation of the training loss about its running median of three updates, in the "
                "second half of the updates. Time: the quickest epoch, which other work on the computer disturbs least."
            ),
            hint=mark(
                "Now you: take the largest batches with a learning rate that is three times as high, and see how much "
                "of the difference is left."
            ),
            answer=batch_size.answer,
        ),
        Lesson(
            name="capacity",
            sample="animals",
            title=mark("Capacity: filters and depth"),
            question=mark(
                "More filters and more layers make a net that can learn more. Four nets, from tiny to large, learn "
                "from only 300 images of animals. What does the size do?"
            ),
            guesses={
                BETTER: mark("The larger, the better, on the training images and on new ones"),
                BY_HEART: mark(
                    "The largest learns the training images by heart; a smaller one has the lower loss on new ones"
                ),
                WORSE: mark("The largest is worse, even on the training images: too many weights"),
            },
            note=mark("All figures are those after the last epoch. Gap: training accuracy minus validation accuracy."),
            hint=mark(
                "Now you: give the largest net a dropout layer, or more training images on the screen Split, and watch "
                "the gap."
            ),
            answer=capacity.answer,
        ),
    )
}
