"""What may be sent to the API: strict models, and a dependency that reads one from the body of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from deepsix.case import OLDEST_AGE_YEARS, Answer, Case, Origin, State
from deepsix.errors import did_you_mean
from deepsix.intake.story import Story, read_story
from deepsix.knowledge.model import Knowledge
from deepsix.study.cases import printable
from deepsix.web.security import TooMuchSentError

CONTENT_TYPE = "application/json"
_SEE_FINDINGS = "GET /api/v1/findings lists all of them."
_SEE_CONDITIONS = "GET /api/v1/conditions lists all of them."
_SENT = TypeVar("_SENT", bound="SentCase")


class SentCase(BaseModel):
    """A case, as in a case file, and the setting to weigh it in."""

    model_config = ConfigDict(strict=True, extra="forbid")

    age: Annotated[int, Field(ge=0, le=OLDEST_AGE_YEARS)] | None = None
    sex: Literal["female", "male"] | None = None
    narrative: str = ""
    answers: dict[str, Literal["yes", "no", "unsure"]] = {}
    setting: Literal["community", "clinic", "published"] = "community"


class SentForExplanation(SentCase):
    """A case, and the condition to explain; the first of the ranking unless said."""

    condition: str | None = None


class SentForQuestion(SentCase):
    """A case, the ids of the questions put so far, and whether a clinician is asking."""

    asked: list[str] = []
    examiner: bool = False


class SentForPlan(SentCase):
    """A case, the things at hand (everything unless said), the first day (today) and the stage."""

    kit: list[str] | None = None
    day: date | None = None
    stage: str | None = None


def refused(field: str, message: str) -> RequestValidationError:
    """Return the error of one field, to be raised; the app gives it the API's shape."""
    return RequestValidationError([{"loc": ("body", *field.split(".")), "msg": message}])


def told(knowledge: Knowledge, sent: SentCase) -> tuple[Case, Story | None]:
    """Return the case that was sent, with what its narrative says, just as the terminal reads a case file.

    Raises:
        RequestValidationError: It names findings that do not exist; each is listed with the nearest names.
    """
    unknown = [name for name in sent.answers if name not in knowledge.findings]
    if unknown:
        raise RequestValidationError(
            [
                {
                    "loc": ("body", "answers", name),
                    "msg": f"There is no finding {name!r}. {did_you_mean(name, knowledge.findings, _SEE_FINDINGS)}",
                }
                for name in unknown
            ]
        )
    answers = {name: Answer(name, State(state), Origin.GIVEN) for name, state in sent.answers.items()}
    words = printable(sent.narrative)
    case = Case(sent.age, sent.sex, answers, words)
    if not words:
        return case, None
    story = read_story(knowledge, words)
    return story.add_to(case), story


def known_condition(knowledge: Knowledge, name: str) -> str:
    """Return the id of a condition that exists.

    Raises:
        RequestValidationError: There is none of that name; the message offers the nearest.
    """
    if name not in knowledge.conditions:
        hint = did_you_mean(name, knowledge.conditions, _SEE_CONDITIONS)
        raise refused("condition", f"There is no condition {name!r}. {hint}")
    return name


def sent_as(model: type[_SENT]) -> Any:
    """Return a dependency that gives the JSON of a request as this model.

    Read here and not by the framework, so that the content type and the length are looked at before the body, and
    pydantic's own reader of JSON may take a day as text while everything else is strict.
    """

    async def read(request: Request) -> _SENT:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
            raise HTTPException(415, f"Send JSON, with the header Content-Type: {CONTENT_TYPE}.")
        if request.state.too_much:
            raise TooMuchSentError
        try:
            return model.model_validate_json(await request.body())
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise RequestValidationError([{**entry, "loc": ("body", *entry["loc"])} for entry in found]) from None

    dependency: Callable[[Request], Awaitable[_SENT]] = read
    return Depends(dependency)
