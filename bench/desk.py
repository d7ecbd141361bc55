"""The desk as agents use it: its pages over HTTP, beside an empty page with one SELECT and SQL by hand."""

import random
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from .country import COVERED, FIRST, Agent, agents
from .figures import Timing, middle_and_95
from .ground import Database
from .web import PORT, READY_SECONDS, web
from .work import prepare_django

SLUG = f"gemeente-{FIRST}"
TIMES, FEW_TIMES = 40, 12
CLICKING = 50
# Who reads and types clicks so often.
PAUSE_SECONDS = 6.0
PAGE_AIM, SEARCH_AIM = 50.0, 150.0
VIEW = {
    "all": [
        {"field": "status", "operator": "one_of", "values": ["open", "waiting_resident"]},
        {"field": "channel", "operator": "is", "values": ["email"]},
        {"field": "last_message_at", "operator": "within_last", "values": ["30d"]},
    ]
}
PLAIN = "/leeg/rij/"

# What somebody would write who knew only this page. <ids>: the organisations that are covered.
UNFINISHED = "status IN ('open', 'waiting_resident', 'waiting_department', 'snoozed')"
COUNTS = (
    "SELECT organisation_id, status, assignee_id IS NULL, count(*) FROM conversations_conversation"
    f" WHERE organisation_id = ANY ('<ids>') AND {UNFINISHED} GROUP BY 1, 2, 3"
)
LIST = (
    "SELECT talk.*, contact.name, topic.label FROM conversations_conversation AS talk"
    " JOIN conversations_contact AS contact ON contact.id = talk.contact_id"
    " LEFT JOIN reference_topic AS topic ON topic.slug = talk.topic_id"
    " WHERE talk.organisation_id = ANY ('<ids>') AND status = 'open' AND assignee_id IS NULL"
    " ORDER BY waiting_since, talk.id LIMIT 50"
)
THREAD = (
    "SELECT said.*, delivery.state, person.name FROM conversations_message AS said"
    " LEFT JOIN conversations_delivery AS delivery ON delivery.message_id = said.id"
    " LEFT JOIN organisations_member AS member ON member.id = said.author_id"
    " LEFT JOIN organisations_person AS person ON person.id = member.person_id"
    f" WHERE said.organisation_id = {FIRST} AND said.conversation_id = '<long>' ORDER BY said.id"
)
FOUND = (
    "SELECT said.*, talk.subject, contact.name FROM conversations_searchentry AS entry"
    " JOIN conversations_message AS said ON said.id = entry.message_id"
    " JOIN conversations_conversation AS talk ON talk.id = entry.conversation_id"
    " JOIN conversations_contact AS contact ON contact.id = talk.contact_id"
    " WHERE entry.words @@ '<word>' AND entry.organisation_id = ANY ('<ids>')"
    " ORDER BY entry.id DESC LIMIT 20"
)


@dataclass(frozen=True)
class Case:
    """One thing an agent does, and what it is held against."""

    what: str
    #: Does it once with this visitor; returns the seconds that counted.
    do: "Callable[[Visitor], float]"
    aim: float
    by_hand: str = ""


class Visitor:
    """A browser of somebody signed in."""

    def __init__(self, agent: Agent, cookies: Mapping[str, str]) -> None:
        self.agent = agent
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.line = HTTPConnection("127.0.0.1", PORT, timeout=READY_SECONDS)
        self.turn = 0

    def get(self, path: str) -> tuple[float, str]:
        """Seconds until the last byte, and the page."""
        return self._ask("GET", path, None, 200)

    def post(self, path: str, form: Mapping[str, str]) -> float:
        """Seconds until the answer that it was done."""
        body = urlencode({"csrfmiddlewaretoken": "c" * 32, **form})
        return self._ask("POST", path, body, 303)[0]

    def _ask(self, method: str, path: str, body: str | None, expected: int) -> tuple[float, str]:
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Proto": "http"}
        # The server hangs up on who keeps it waiting.
        self.line.close()
        begun = time.perf_counter()
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        content = answer.read().decode()
        seconds = time.perf_counter() - begun
        if answer.status != expected:
            raise AssertionError(f"{method} {path}: {answer.status}")
        return seconds, content


def measure(database: Database, home: Path, *, small: bool) -> list[Timing]:
    """Each case alone for who covers one, thirty and all; then with fifty agents at once."""
    prepare_django(database)
    staff = agents()
    places, view = places_of(), _view_of(staff)
    cases = cases_of(places, view)
    times = FEW_TIMES if small else TIMES
    with web(database, home), psycopg.connect(database.superuser_url, autocommit=True) as connection:
        visitors = [Visitor(agent, cookies_of(agent)) for agent in staff]
        alone = [
            _timing(case, visitor, times, connection, places[0]) for case in cases for visitor in visitors
        ]
        return alone + _together(cases, staff, 15.0 if small else 60.0)


def cookies_of(agent: Agent) -> dict[str, str]:
    """A new session of this agent."""
    from chaos.load import signed_in
    from mijngemeente.organisations.models import Member

    return signed_in(Member.objects.select_related("person").get(id=agent.member_id))


def places_of() -> list[str]:
    """Open conversations of the first municipality, the long ones first; then those that wait.

    What was measured before may have answered every one that was open.
    """
    from mijngemeente.conversations.models import Conversation
    from mijngemeente.platform.tenancy import acting_for

    with acting_for(FIRST):
        rows = Conversation.objects.filter(organisation_id=FIRST).order_by("-number")
        groups = [
            rows.filter(status=each)
            for each in (Conversation.Status.OPEN, Conversation.Status.WAITING_RESIDENT)
        ]
        return [str(each) for group in groups for each in group.values_list("id", flat=True)]


def _view_of(staff: list[Agent]) -> dict[int, str]:
    """How many are covered → the id of a saved view with three conditions."""
    from mijngemeente.desk.models import SavedView
    from mijngemeente.desk.rules import Audience
    from mijngemeente.organisations.models import Member
    from mijngemeente.platform.tenancy import acting_for

    found = {}
    for agent in staff:
        number = Member.objects.get(id=agent.member_id).organisation_id
        with acting_for(number):
            view, _ = SavedView.objects.get_or_create(
                organisation_id=number,
                owner_id=UUID(agent.member_id),
                name="Meting",
                defaults={"audience": Audience.PERSONAL, "condition": VIEW, "sorted_by": "latest"},
            )
        found[agent.covered] = str(view.id)
    return found


def cases_of(places: list[str], view: dict[int, str]) -> list[Case]:
    """What is measured; `places` and `view` as `places_of` and `_view_of` have them."""
    talk = f"/{SLUG}/werkplek/gesprekken/{places[0]}/"

    def page(path: str) -> Callable[[Visitor], float]:
        return lambda visitor: visitor.get(path)[0]

    def search(typed: str) -> Callable[[Visitor], float]:
        def ask(visitor: Visitor) -> float:
            visitor.turn += 1
            return page(f"/werkplek/zoeken/?{urlencode({'zoek': typed.format(visitor.turn * 37)})}")(visitor)

        return ask

    def assign(visitor: Visitor) -> float:
        visitor.turn += 1
        member = visitor.agent.member_id if visitor.turn % 2 else ""
        return visitor.post(f"{talk}toewijzing/", {"member": member})

    def reply(visitor: Visitor) -> float:
        visitor.turn += 1
        path = f"/{SLUG}/werkplek/gesprekken/{places[visitor.turn % len(places)]}/"
        hidden = _hidden(visitor.get(path)[1])
        return visitor.post(f"{path}antwoord/", hidden | {"body": "Wij komen morgen kijken.", "then": "stay"})

    return [
        Case("list", page("/werkplek/?rij=vrij"), PAGE_AIM, f"{LIST}; {COUNTS}"),
        Case("counts", page("/werkplek/nieuws/?rij=vrij"), PAGE_AIM, COUNTS),
        Case("saved view", lambda each: page(f"/werkplek/?rij={view[each.agent.covered]}")(each), PAGE_AIM),
        Case("conversation", page(talk), PAGE_AIM, THREAD),
        Case("rare word", search("wilgenlaan{}"), SEARCH_AIM, FOUND.replace("<word>", "wilgenlaan37")),
        Case("common word", search("gemeente"), SEARCH_AIM, FOUND.replace("<word>", "gemeente")),
        Case("sentence", search('"grijze container"'), SEARCH_AIM),
        Case("beginning", search("lantaa"), SEARCH_AIM),
        Case("wrong spelling", search("contianer "), SEARCH_AIM),
        Case("assign", assign, PAGE_AIM),
        Case("reply", reply, PAGE_AIM),
    ]


def _hidden(page: str) -> dict[str, str]:
    """What the form to answer carries along."""
    form = page[page.index('id="reply-form"') :]
    found = re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', form)
    return dict(found[:2])


def _timing(case: Case, visitor: Visitor, times: int, connection: psycopg.Connection, long: str) -> Timing:
    """The case and the plain page by turns, so that a neighbour's noise falls on both."""
    case.do(visitor)
    seconds, plain = [], []
    for _ in range(times):
        seconds.append(case.do(visitor))
        plain.append(visitor.get(PLAIN)[0])
    half, most = middle_and_95(seconds)
    by_hand = _by_hand(case, visitor.agent.covered, connection, long, times)
    return Timing(case.what, visitor.agent.covered, 1, half, most, median(plain) * 1000, case.aim, by_hand)


def _by_hand(case: Case, covered: int, connection: psycopg.Connection, long: str, times: int) -> float:
    if not case.by_hand:
        return 0.0
    ids = ",".join(map(str, range(FIRST, FIRST + covered)))
    query = case.by_hand.replace("<ids>", f"{{{ids}}}").replace("<long>", long).encode()
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        cursor = connection.execute(query)
        while True:
            cursor.fetchall()
            if not cursor.nextset():
                break
        seconds.append(time.perf_counter() - begun)
    return median(seconds) * 1000


def _together(cases: list[Case], staff: list[Agent], seconds: float) -> list[Timing]:
    """What each of CLICKING agents sees while all of them read, answer and search."""
    until = time.monotonic() + seconds
    visitors = [Visitor(staff[n % len(staff)], cookies_of(staff[n % len(staff)])) for n in range(CLICKING)]

    def click(number: int) -> list[tuple[str, int, float]]:
        chance, visitor, seen = random.Random(number), visitors[number], []
        time.sleep(chance.uniform(0, PAUSE_SECONDS))
        while time.monotonic() < until:
            case = chance.choice(readable)
            seen.append((case.what, visitor.agent.covered, case.do(visitor)))
            seen.append(("plain", 0, visitor.get(PLAIN)[0]))
            time.sleep(chance.uniform(0, 2 * PAUSE_SECONDS))
        return seen

    readable = [case for case in cases if case.what not in ("assign", "reply", "wrong spelling")]
    with ThreadPoolExecutor(CLICKING) as pool:
        found = [each for seen in pool.map(click, range(CLICKING)) for each in seen]
    plain = median(taken for what, _, taken in found if what == "plain") * 1000
    measured = []
    for case in readable:
        for covered in COVERED:
            taken = [each for what, who, each in found if (what, who) == (case.what, covered)]
            if taken:
                measured.append(Timing(case.what, covered, CLICKING, *middle_and_95(taken), plain, case.aim))
    return measured
