"""Conversations to search and to export: seeded, with words as common and as rare as in speech."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bench.rows import Writer
from interviewrelay.analysis import search_terms
from interviewrelay.models.search import Words, first_place

ANSWERS: Final = 20
"""Answers of each session, a question before each."""
VOCABULARY: Final = 4_000
BEGIN: Final = datetime(2024, 1, 1, tzinfo=UTC)
APART: Final = timedelta(minutes=7)
_ASKED: Final = "Could you tell me a little more about that?"
_COMMON: Final = (  # noqa: SIM905 - to be read as a text
    "the and i to a of it was that in we they you my had but so for on with not have at this is be "
    "me when were as there he she one all or them what just about if then out up from like would "
    "because no could time do very which get been did your an who go their really some her more "
    "only can now our know day after into by well us how people two than also first over got went "
    "where said"
).split()


def vocabulary() -> list[str]:
    """The most common words of English, then made-up ones."""
    parts = ("ba", "co", "di", "fe", "gu", "la", "mo", "ne", "pi", "ru", "sa", "to", "ve", "zi")
    made = [a + b + c for a in parts for b in parts for c in ("", *parts)]
    return [*_COMMON, *(w for w in made if w not in _COMMON and len(w) > 3)][:VOCABULARY]


def texts(seed: int) -> Iterator[list[str]]:
    """The words of answers, without end: a word's rank tells how often it is said (Zipf)."""
    draw = random.Random(seed)
    known = vocabulary()
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    while True:
        words = draw.choices(known, weights, k=100_000)
        at = 0
        while at + 40 < len(words):
            length = draw.randrange(4, 32)
            yield words[at : at + length]
            at += length


class Sessions:
    """So many finished sessions, copies of one of each organization.

    Of a thousand, one is of the second organization; one of twenty was abandoned.
    """

    def __init__(self, writer: Writer, models: Sequence[str], count: int) -> None:
        """`models` are sessions: what is copied, for each organization one."""
        self._writer, self._count = writer, count
        self._models = [self._model(session_id) for session_id in models]

    def write(self, seed: int = 1, *, searched: bool = True) -> None:
        """Into the tables, and into the search as the product would, unless nobody searches."""
        put = self._writer.put
        for table in ("consent", "invite", "interview"):
            names = list(self._models[0][table])
            put(table, names, (self._row(table, i) for i in range(self._count)))
        names = list(self._models[0]["ai"])
        put("turn", names, self._turns(seed))
        if searched:
            self._index(seed)
        self._count_anew()

    def _index(self, seed: int) -> None:
        if not self._writer.lite:
            self._writer.run("DROP INDEX said_words")
        self._writer.put("said", ("id", "interview_id", "words"), self._said(seed))
        if not self._writer.lite:
            self._writer.run("CREATE INDEX said_words ON said USING gin (words)")

    def _model(self, session_id: str) -> dict[str, dict[str, Any]]:
        interview = self._writer.copy_of("interview", session_id)
        spoken = self._writer.run(
            f"SELECT id FROM turn WHERE interview_id = '{session_id}' ORDER BY number LIMIT 2"
        )
        question, answer = (self._writer.copy_of("turn", turn_id) for (turn_id,) in spoken)
        return {
            "interview": interview,
            "invite": self._writer.copy_of("invite", interview["invite_id"]),
            "consent": self._writer.copy_of("consent", interview["consent_id"]),
            "ai": question,
            "participant": answer,
        }

    def _of(self, number: int) -> dict[str, dict[str, Any]]:
        small = len(self._models) > 1 and number % 1000 == 500
        return self._models[int(small)]

    def _row(self, table: str, number: int) -> list[Any]:
        row = {**self._of(number)[table], "id": an_id(_KINDS[table], number)}
        if table == "invite":
            row |= {"mark": row["id"], "email": f"p{number}@load.example"}
        if table == "interview":
            status = "abandoned" if number % 20 == 7 else "completed"
            row |= {
                "invite_id": an_id(_KINDS["invite"], number),
                "consent_id": an_id(_KINDS["consent"], number),
                "participant_email": f"p{number}@load.example",
                "status": status,
                "started_at": f"{moment_of(number):%Y-%m-%dT%H:%M:%S.%f}Z",
            }
        return list(row.values())

    def _turns(self, seed: int) -> Iterator[list[Any]]:
        said = texts(seed)
        for number in range(self._count):
            for n in range(2 * ANSWERS):
                speaker = "participant" if n % 2 else "ai"
                yield list(
                    {
                        **self._of(number)[speaker],
                        "id": an_id(_KINDS["turn"], number * 2 * ANSWERS + n),
                        "interview_id": an_id(_KINDS["interview"], number),
                        "number": n + 1,
                        "text": " ".join(next(said)) if n % 2 else _ASKED,
                        "elapsed": 15.5 * n,
                        "client_turn_id": None,
                    }.values()
                )

    def _said(self, seed: int) -> Iterator[tuple[Any, ...]]:
        said, kind = texts(seed), Words()
        dialect: Any = _Named("sqlite" if self._writer.lite else "postgresql")
        for number in range(self._count):
            model = self._of(number)["interview"]
            key, place = an_id(_KINDS["interview"], number), first_place(moment_of(number))
            for n in range(ANSWERS):
                text = " ".join(next(said))
                words = search_terms.kept(model["org_id"], model["campaign_id"], text)
                yield place + n, key, kind.process_bind_param(words, dialect)

    def _count_anew(self) -> None:
        """The campaigns' counters, with what they count."""
        for name, table, status in (
            ("invites_sent", "invite", "'pending', 'started', 'completed', 'cancelled'"),
            ("started", "interview", "'in_progress', 'completed', 'abandoned'"),
            ("completed", "interview", "'completed'"),
            ("abandoned", "interview", "'abandoned'"),
        ):
            self._writer.run(
                f"UPDATE campaign SET {name} = (SELECT count(*) FROM {table} t WHERE"
                f" t.campaign_id = campaign.id AND NOT t.test AND t.status IN ({status}))"
            )
        self._writer.run(
            "UPDATE campaign SET completed_seconds = (SELECT coalesce(sum(duration_seconds), 0)"
            " FROM interview t WHERE t.campaign_id = campaign.id AND NOT t.test"
            " AND t.status = 'completed')"
        )
        self._writer.run("ANALYZE")


class _Named:
    def __init__(self, name: str) -> None:
        self.name = name


_KINDS: Final = {"consent": 2, "invite": 3, "interview": 4, "turn": 5}


def an_id(kind: int, number: int) -> str:
    """The id of a copy."""
    return f"0189000{kind}-0000-7000-8000-{number:012x}"


def moment_of(number: int) -> datetime:
    """When a session began."""
    return BEGIN + APART * number
