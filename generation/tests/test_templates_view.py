"""Templates can be written, found, copied, let go and brought back; and each shows what came of it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generation.models import PromptTemplate, WordList
from generation.tests.conftest import MoveClock
from generation.tests.factories import (
    AlternativeFactory,
    MadePhotoFactory,
    StepFactory,
    TemplateFactory,
)
from generation.words import listing, templates
from lib import clock

pytestmark = pytest.mark.django_db
PAGE = "/templates/"
HTMX = {"HX-Request": "true"}
FILE = b"name,prompt,negative_prompt\nCinema,cinematic {prompt},anime\n,words,\n"


def names(client: Client, **query: str) -> list[str]:
    return [template.name for template in client.get(PAGE, query).context["page"].rows]


def test_an_empty_list_says_what_templates_are_for(owner_client: Client) -> None:
    """And leads to the first one."""
    page = owner_client.get(PAGE).content.decode()

    assert "Words you use again and again" in page
    assert 'href="/templates/new/"' in page


def test_a_template_is_written_and_shown(owner_client: Client) -> None:
    """Its name on one line; empty texts are none."""
    form = {"name": " Soft \n light ", "prompt_text": "{prompt}, soft light", "category": "", "is_favorite": "on"}
    answer = owner_client.post(f"{PAGE}new/", form, follow=True)

    made = PromptTemplate.objects.get()
    assert (made.name, made.negative_prompt, made.category, made.is_favorite) == ("Soft light", None, None, True)
    assert "a fox in the snow, soft light" in answer.content.decode()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": " ", "prompt_text": "x"}, "A template needs a name."),
        ({"name": "A"}, "Write a prompt, a negative prompt, or both."),
        ({"name": "A", "prompt_text": "{a|" * 11 + "}" * 11}, "Braces stand in braces more than 10 deep."),
        ({"name": "A", "prompt_text": "x" * 20_001}, "at most 20000"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(owner_client: Client, form: dict[str, str], sentence: str) -> None:
    """Nothing is kept, and nothing of what was entered is lost."""
    answer = owner_client.post(f"{PAGE}new/", form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PromptTemplate.objects.exists()


def test_a_photo_lends_its_words(owner_client: Client) -> None:
    """Written so that they come out as they are, though they look like choices."""
    photo = MadePhotoFactory(generation_prompt="a {red|blue} fox", generation_negative_prompt="blurry")
    form = owner_client.get(f"{PAGE}new/", {"photo": str(photo.pk)}).context["form"]

    assert form["prompt_text"].value() == r"a \{red\|blue\} fox"
    assert form["negative_prompt"].value() == "blurry"
    assert owner_client.get(f"{PAGE}new/", {"photo": "nonsense"}).status_code == 200


def test_the_studio_lends_its_words_as_they_are_written(owner_client: Client) -> None:
    """Choices stay choices."""
    answer = owner_client.post(f"{PAGE}from-request/", {"prompt": "a {red|blue} fox", "negative_prompt": "fog"})

    assert answer.context["form"]["prompt_text"].value() == "a {red|blue} fox"
    assert answer.context["action"] == f"{PAGE}new/"


def test_without_scripts_a_button_shows_what_comes_of_it(owner_client: Client) -> None:
    """Nothing is kept by that."""
    form = {"name": "A", "prompt_text": "{prompt} in {place}", "try_prompt": "an owl", "preview": "1"}
    page = owner_client.post(f"{PAGE}new/", form).content.decode()

    assert "an owl in [place]" in page
    assert not PromptTemplate.objects.exists()


def test_the_words_are_tried_while_they_are_written(owner_client: Client) -> None:
    """With the seed that stands there, and a note about what may not be meant."""
    form = {"prompt_text": "{red|blue} {prompt} __none__ {", "try_prompt": "owl", "wildcard_seed": "7"}
    answers = [owner_client.post(f"{PAGE}try/", form, headers=HTMX).content.decode() for _ in range(2)]

    assert answers[0] == answers[1]
    assert "Four pictures would be made of" in answers[0]
    assert "There is no list “none”" in answers[0]
    assert "A brace has no partner" in answers[0]


def test_the_list_is_searched_and_narrowed(owner_client: Client) -> None:
    """Every word counts, wherever it stands; favourites come first."""
    TemplateFactory(name="Night", prompt_text="moon and stars", category="Light")
    TemplateFactory(name="Ink", description="a drawing by moonlight", is_favorite=True)
    TemplateFactory(name="Oil")

    assert names(owner_client) == ["Ink", "Night", "Oil"]
    assert names(owner_client, q="MOON") == ["Ink", "Night"]
    assert names(owner_client, q="moon stars") == ["Night"]
    assert names(owner_client, category="Light") == ["Night"]
    assert names(owner_client, favourites="1") == ["Ink"]
    assert "No template fits" in owner_client.get(PAGE, {"q": "nothing"}).content.decode()


def test_the_list_goes_on_where_it_stopped(owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name and by change, without a gap or a double."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    for number in range(5):
        TemplateFactory(name=f"T{number}", updated_at=clock.now() - timedelta(hours=number), is_favorite=number == 3)

    for order, wanted in {"name": ["T3", "T0", "T1", "T2", "T4"], "changed": ["T0", "T1", "T2", "T3", "T4"]}.items():
        found, after = [], ""
        for _ in range(3):
            page = owner_client.get(PAGE, {"by": order, "after": after}).context["page"]
            found += [template.name for template in page.rows]
            after = page.following
        assert found == wanted


def test_more_templates_need_no_more_queries(owner_client: Client) -> None:
    """A list of two costs what a list of six costs."""
    counts = []
    for more in (2, 4):
        for _ in range(more):
            AlternativeFactory(step=StepFactory(template=TemplateFactory()))
        owner_client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_template_shows_what_came_of_it(owner_client: Client) -> None:
    """Newest first, without what is in the trash and what other templates made."""
    template = TemplateFactory()
    step = StepFactory(template=template)
    old, new, gone = (MadePhotoFactory(here=True, taken_at=clock.now() - timedelta(days=age)) for age in (2, 1, 0))
    gone.deleted_at = clock.now()
    gone.save()
    for photo in (old, new, gone):
        AlternativeFactory(step=step, image=photo)
    AlternativeFactory(image=MadePhotoFactory(here=True))

    answer = owner_client.get(template.get_absolute_url())
    assert answer.context["page"].rows == [new, old]
    assert answer.context["total"] == 2


def test_a_change_is_kept_and_says_so(owner_client: Client) -> None:
    """With the time of it."""
    template = TemplateFactory(updated_at=clock.now() - timedelta(days=1))
    owner_client.post(f"{template.get_absolute_url()}edit/", {"name": "B", "prompt_text": "other words"})

    template.refresh_from_db()
    assert (template.name, template.prompt_text) == ("B", "other words")
    assert clock.now() - template.updated_at < timedelta(minutes=1)


def test_a_copy_has_a_name_of_its_own(owner_client: Client) -> None:
    """However often it is copied."""
    template = TemplateFactory(name="A", category="Light")
    for _ in range(2):
        owner_client.post(f"{template.get_absolute_url()}duplicate/")

    assert sorted(PromptTemplate.objects.values_list("name", "category")) == [
        ("A", "Light"), ("A copy", "Light"), ("A copy 2", "Light"),
    ]  # fmt: skip


def test_a_deleted_template_comes_back_with_its_pictures(owner_client: Client) -> None:
    """What was made with it is there all the time."""
    template = TemplateFactory()
    step = StepFactory(template=template)
    owner_client.post(f"{template.get_absolute_url()}delete/")

    assert owner_client.get(template.get_absolute_url()).status_code == 404
    assert names(owner_client) == []
    owner_client.post(f"{template.get_absolute_url()}restore/")
    assert listing.PromptTemplate.objects.get().steps.get() == step


def test_a_deleted_template_is_forgotten_after_a_day(move_clock: MoveClock) -> None:
    """Its steps stay, with the name and the text it had."""
    step = StepFactory(template=TemplateFactory())
    templates.delete(step.template_id)
    assert templates.forget_deleted() == 0
    move_clock(hours=25)

    assert templates.forget_deleted() == 1
    step.refresh_from_db()
    assert step.template is None


def test_a_favourite_is_marked_at_once(owner_client: Client) -> None:
    """The answer is the mark alone, with the way back."""
    template = TemplateFactory()
    answer = owner_client.post(f"{template.get_absolute_url()}favourite/", {"on": "1"}, headers=HTMX)

    assert 'aria-pressed="true"' in answer.content.decode()
    assert PromptTemplate.objects.get().is_favorite


def test_a_file_is_looked_at_before_it_is_taken_in(owner_client: Client) -> None:
    """The page says what it would bring, and adds it when asked to."""
    look = owner_client.post(f"{PAGE}import/", {"file": SimpleUploadedFile("styles.csv", FILE)})
    assert "1 new, 0 there already, 1 that cannot be taken" in look.content.decode()
    assert "It has no name." in look.content.decode()
    assert not PromptTemplate.objects.exists()

    owner_client.post(f"{PAGE}import/", {"token": look.context["token"]})
    assert PromptTemplate.objects.get().prompt_text == "cinematic {prompt}"


@pytest.mark.parametrize(("content", "sentence"), [(b"", "empty"), (b"\x00\x01", "not text"), (b"a,b\n", "no column")])
def test_a_file_that_is_none_is_said(owner_client: Client, content: bytes, sentence: str) -> None:
    """Beside the field."""
    answer = owner_client.post(f"{PAGE}import/", {"file": SimpleUploadedFile("x.csv", content)})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_look_that_is_too_old_asks_for_the_file_again(owner_client: Client) -> None:
    """Nothing is taken in."""
    answer = owner_client.post(f"{PAGE}import/", {"token": "gone"})

    assert "Choose the file again." in answer.content.decode()


@pytest.mark.parametrize(("kind", "content"), [("json", "prompt_text"), ("csv", "name,prompt,negative_prompt")])
def test_all_templates_go_out_as_a_file(owner_client: Client, kind: str, content: str) -> None:
    """As an attachment with a readable name."""
    TemplateFactory(name="A")
    answer = owner_client.get(f"{PAGE}templates.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="templates.{kind}"'
    assert content in answer.content.decode()
    assert owner_client.get(f"{PAGE}templates.exe").status_code == 404


def test_a_list_of_words_is_written_changed_and_brought_back(owner_client: Client) -> None:
    """Its name in small letters, and its own."""
    owner_client.post(f"{PAGE}lists/new/", {"name": "Hair-Colour", "entries": "red\n2::blue"})
    words = WordList.objects.get()
    assert words.name == "hair-colour"
    assert (
        "There is a list"
        in owner_client.post(f"{PAGE}lists/new/", {"name": "HAIR-COLOUR", "entries": "x"}).content.decode()
    )

    owner_client.post(words.get_absolute_url(), {"name": "hair-colour", "entries": "grey"})
    answer = owner_client.post(f"{words.get_absolute_url()}delete/", follow=True)
    assert not WordList.objects.exists()
    address = answer.content.decode().partition("/templates/lists/restore/")[2].partition("/")[0]
    owner_client.post(f"{PAGE}lists/restore/{address}/")
    assert WordList.objects.get().entries == "grey"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "two words", "entries": "x"}, "Letters, digits"),
        ({"name": "a__b", "entries": "x"}, "Letters, digits"),
        ({"name": "a", "entries": "# nothing"}, "Write at least one line."),
        ({"name": "a", "entries": "x\n" + "{a|" * 11 + "}" * 11}, "Line 2:"),
    ],
)
def test_a_list_that_could_not_be_used_is_refused(owner_client: Client, form: dict[str, str], sentence: str) -> None:
    """With what to do."""
    assert sentence in owner_client.post(f"{PAGE}lists/new/", form).content.decode()
    assert not WordList.objects.exists()


def test_a_text_file_becomes_a_list_called_by_its_name(owner_client: Client) -> None:
    """As other programs keep their wildcards; one that is there stays as it is."""
    look = owner_client.post(f"{PAGE}import/", {"file": SimpleUploadedFile("Hair Colour.txt", b"red\nblue\n")})
    assert "1 list of words (hair-colour)" in look.content.decode()
    owner_client.post(f"{PAGE}import/", {"token": look.context["token"]})
    assert WordList.objects.get(name="hair-colour").entries == "red\nblue"

    again = owner_client.post(f"{PAGE}import/", {"file": SimpleUploadedFile("hair-colour.txt", b"green")})
    assert "there is a list called hair-colour already, which stays as it is" in again.content.decode()


@pytest.mark.parametrize(("name", "content"), [("__.txt", b"red"), ("a.txt", b"# nothing"), ("a.txt", b"x" * 200_001)])
def test_a_text_file_that_is_no_list_is_said(owner_client: Client, name: str, content: bytes) -> None:
    """Nothing is added."""
    answer = owner_client.post(f"{PAGE}import/", {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422


def test_the_list_says_how_often_each_was_used(owner_client: Client) -> None:
    """Pictures in the trash are not counted."""
    step = StepFactory(template=TemplateFactory(name="Used"))
    TemplateFactory(name="Unused")
    for deleted_at in (None, None, clock.now()):
        AlternativeFactory(step=step, image=MadePhotoFactory(deleted_at=deleted_at))

    used = owner_client.get(PAGE).context["used"]
    assert [(one.template.name, one.pictures) for one in used] == [("Unused", 0), ("Used", 2)]
