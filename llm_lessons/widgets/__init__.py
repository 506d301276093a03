"""Live controls: each a Python class, an ES module and a stylesheet (anywidget).

A widget keeps its whole state in traits, so that it stays alive in a saved page: what
needs only arithmetic happens in the browser, and the kernel is asked for scores alone.
A new one has its line here; `llm_lessons` offers all that this room does.
"""

from llm_lessons.widgets.branch_tree import BranchTree
from llm_lessons.widgets.chat_box import ChatBox
from llm_lessons.widgets.continuations import Continuations
from llm_lessons.widgets.effort import Effort
from llm_lessons.widgets.exercise_box import ExerciseBox, exercise
from llm_lessons.widgets.growing_vocabulary import GrowingVocabulary
from llm_lessons.widgets.guess import Guess
from llm_lessons.widgets.knob import Knob
from llm_lessons.widgets.machine import Machine
from llm_lessons.widgets.measure_anew import MeasureAnew, measured
from llm_lessons.widgets.memory_explorer import MemoryExplorer
from llm_lessons.widgets.model_picker import ModelPicker
from llm_lessons.widgets.next_token import NextToken
from llm_lessons.widgets.open_book import OpenBook
from llm_lessons.widgets.predict import Predict, predict
from llm_lessons.widgets.price_lanes import PriceLanes
from llm_lessons.widgets.progress import ProgressPage, progress
from llm_lessons.widgets.race import Race
from llm_lessons.widgets.reward_lanes import RewardLanes
from llm_lessons.widgets.setup_check import check_setup
from llm_lessons.widgets.six_questions import SixQuestions
from llm_lessons.widgets.speak_if_sure import SpeakIfSure
from llm_lessons.widgets.token_strip import TokenStrip
from llm_lessons.widgets.train_your_own import TrainYourOwn
from llm_lessons.widgets.two_knobs import TwoKnobs
from llm_lessons.widgets.two_runs import TwoRuns
