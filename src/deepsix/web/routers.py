"""Every page there is. A new page adds its router here."""

from deepsix.web.api.routes import router as api
from deepsix.web.pages.about_you import router as about_you
from deepsix.web.pages.checkin import router as checkin
from deepsix.web.pages.components import router as components
from deepsix.web.pages.danger import router as danger
from deepsix.web.pages.examine import router as examine
from deepsix.web.pages.hip import router as hip
from deepsix.web.pages.learn import router as learn
from deepsix.web.pages.my_data import router as my_data
from deepsix.web.pages.offline import router as offline
from deepsix.web.pages.plan import router as plan
from deepsix.web.pages.progress import router as progress
from deepsix.web.pages.questions import router as questions
from deepsix.web.pages.report import router as report
from deepsix.web.pages.result import router as result
from deepsix.web.pages.start import router as start
from deepsix.web.pages.stop import router as stop
from deepsix.web.pages.training import router as training
from deepsix.web.pages.where import router as where
from deepsix.web.pages.words import router as words

ROUTERS = (
    start,
    danger,
    about_you,
    where,
    words,
    questions,
    stop,
    result,
    report,
    examine,
    hip,
    plan,
    checkin,
    progress,
    training,
    my_data,
    api,
    learn,
    components,
    offline,
)
