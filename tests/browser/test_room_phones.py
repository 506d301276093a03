"""The phones of a room: they join, are lost, come back, and keep what is theirs."""

from pathlib import Path

from playwright.sync_api import BrowserContext, WebSocketRoute, expect

from tests.browser.made_page import button
from tests.browser.room_looks import PHONE, fits_a_thumb

SEAT = 'localStorage.getItem("llm-lessons-room-seat")'


class Wire:
    """The way of a context's pages to the room, which can be cut."""

    def __init__(self, context: BrowserContext):
        self.is_cut = False
        self._ends: list[WebSocketRoute] = []
        context.route_web_socket("**/socket", self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        if self.is_cut:
            line.close()
        else:
            self._ends += [line, line.connect_to_server()]

    def cut(self) -> None:
        """End all connections, and let none come."""
        self.is_cut = True
        for end in self._ends:
            end.close()


def test_a_phone_joins_with_one_tap_and_keeps_its_seat(room, room_page):
    room.go("question")
    page, asked = room_page("/", **PHONE), []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    join = button(page, "Join the room")
    expect(join).to_be_visible()
    fits_a_thumb(page)
    page.wait_for_timeout(300)
    assert asked == [page.url], "all of the page is in one file"
    assert not room.said["phone"], "nobody takes a seat by looking"
    join.tap()
    seat = page.get_by_text("Phone 1")
    expect(page.get_by_role("heading", name=room.step.title)).to_be_visible()
    expect(seat).to_be_visible()
    assert room.said["phone"] == [{"type": "join", "seat": None, "language": None}]
    page.reload()
    expect(seat).to_be_visible()
    assert room.said["phone"][1]["seat"] in room.evening.seats.numbers
    assert len(room.evening.seats) == 1
    before = page.evaluate(SEAT)
    room.act(do="anew")
    page.wait_for_function(f"before => {SEAT} !== before", arg=before)
    page.reload()
    expect(seat).to_be_visible()
    assert len(room.evening.seats) == 1


def test_a_lost_connection_is_said_and_comes_back(room, new_page):
    room.go("guess-08")
    page = new_page(**PHONE)
    wire = Wire(page.context)
    page.goto(room.address)
    button(page, "Join the room").tap()
    choices = page.get_by_role("group").get_by_role("button")
    expect(choices).to_have_count(3)
    wire.cut()
    expect(page.get_by_text("Not connected")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("tries again by itself")
    choices.nth(1).click()
    status = page.locator(".room-sent")
    expect(status).to_have_text("Not sent yet: there is no connection.")
    fits_a_thumb(page)
    wire.is_cut = False
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(status).to_have_text("Your answer has arrived.")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert room.answers() == {1: 1}
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    assert len(room.evening.seats) == 1, "the same seat"


def test_a_dead_connection_is_noticed_when_the_phone_is_taken_up(room, phone):
    room.go("question")
    page = phone()
    page.wait_for_timeout(300)  # in which its first ping is answered
    page.evaluate(  # as after a locked screen: open, and nothing gets through
        """() => {
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (data) {
            window.dead ??= this;
            if (this !== window.dead) send.call(this, data);
          };
          dispatchEvent(new Event("pageshow"));
        }"""
    )
    for _ in range(250):  # at once, or on a slow machine with the next ping
        if len(room.said["phone"]) > 1:
            break
        page.wait_for_timeout(100)
    [token] = room.evening.seats.numbers
    assert [one["seat"] for one in room.said["phone"]] == [None, token]


def test_a_connection_that_was_closed_in_silence_is_made_anew(room, room_page):
    room.go("question")
    page = room_page("/", **PHONE)
    page.evaluate(  # the first one never hears of its end
        """() => WebSocket.prototype.addEventListener = function (event, act) {
          window.first ??= this;
          if (this === window.first && event === "close") return;
          EventTarget.prototype.addEventListener.call(this, event, act);
        }"""
    )
    button(page, "Join the room").tap()
    page.get_by_text("Connected").wait_for()
    with page.expect_websocket():
        page.evaluate("window.first.close(); dispatchEvent(new Event('pageshow'))")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    [token] = room.evening.seats.numbers
    assert [one["seat"] for one in room.said["phone"]] == [None, token]


def test_of_two_windows_of_a_phone_the_one_in_use_counts(room, phone):
    """They share a seat; what is chosen in either is what stands there at last."""
    room.go("guess-08")
    first = phone()
    second = first.context.new_page()
    room.listen(second)
    second.goto(first.url)
    second.get_by_text("Connected").wait_for()
    for page, place in ((second, 1), (first, 2), (first, 0), (second, 2)):
        page.get_by_role("group").get_by_role("button").nth(place).click()
        expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
        page.wait_for_timeout(400)
        assert room.answers() == {1: place}
    assert len(room.evening.seats) == 1
    again = [one["type"] for one in room.said["phone"]].count("here")
    assert again == 2  # only where the window is another one than before


def test_a_phone_keeps_a_story_and_a_score_and_opens_pages(room, phone, tmp_path: Path):
    room.go("stories")
    page = phone()
    button(page, "Write a story").tap()
    expect(page.get_by_text("Your answer has arrived.")).to_be_visible()
    story = room.step.shown["prompt"] + "".join(room.answers()[1]["pieces"])
    for when, count in (("before", 2), ("after", 4)):
        room.go(f"survey-{when}")
        right = dict(list(room.step.hidden["right"].items())[:count])
        answers = {"source": "Odds."} | right
        room.crowd([{"code": "lamp-river-oak", "answers": answers}], first=1)
    page.reload()
    expect(page.get_by_text("Question 6 of 6")).to_be_visible()
    room.next()
    score = "Before: 2 of 5 right. Now: 4."
    expect(page.get_by_text(score)).to_be_visible()
    own = page.locator(".room-keepsake")
    expect(own).to_be_hidden()  # until the end
    room.go("home")
    for _ in range(2):
        expect(own.get_by_text(story)).to_be_visible()
        expect(own.get_by_text(score)).to_be_visible()
        page.reload()
    keep = page.get_by_role("link", name="Save a chat with Fjord")
    expect(keep).to_have_attribute("href", "/home_en.html")
    expect(keep).to_have_attribute("download", "fjord.html")
    for shown in room.step.shown["pages"]:
        link = page.get_by_role("link", name=shown["title"])
        expect(link).to_have_attribute("href", shown["address"])
        box = link.bounding_box()
        assert box and box["height"] >= 48
    link = page.locator(".room-activity").get_by_role("link").last
    link.focus()
    room.do(room.hub.broadcast)
    page.wait_for_timeout(200)
    expect(link).to_be_focused()  # it is still the same
    fits_a_thumb(page)
    with page.expect_download() as saved:
        button(page, "Save as a text").tap()
    saved.value.save_as(tmp_path / "kept.txt")
    assert (tmp_path / "kept.txt").read_text("utf-8") == f"{story}\n\n{score}\n"


def test_a_phone_speaks_another_language(room, phone):
    room.go("guess-08-again")
    page = phone()
    page.get_by_label("Language").select_option("nb")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    said = room.evening.content.words["nb"]["phone"]["guess_again"]
    expect(page.get_by_text(said)).to_be_visible()
    question = room.evening.step("nb").shown["question"]
    expect(page.locator(".room-question")).to_have_text(question)
    fits_a_thumb(page)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "nb")
