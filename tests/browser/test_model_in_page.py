"""The model calculates in a page from a disk: no kernel, no module, no request."""

from llm_lessons.loading import load
from llm_lessons.pages.model_script import model_script

PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Model</title>
<link rel="icon" href="data:,"><script src="fjord.js"></script><body><p></p>
<script>
  const lm = llmLessonsModels.fjord.lm();
  const text = lm.generate("Once upon a time", { seed: 5 });
  document.querySelector("p").textContent = text;
</script></body></html>"""
TURN = """() => {
  const heads = [[5, 0], [5, 1], [5, 2]];
  return [...lm.silenced(heads).logits("Once upon a time")].slice(0, 9);
}"""


def test_a_page_from_a_disk_writes_the_same_text(new_page, tmp_path):
    fjord = load("fjord")
    script = model_script(fjord)
    assert script.isascii() and "</" not in script
    (tmp_path / "fjord.js").write_text(script, encoding="ascii")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    page = new_page(width=700, height=300)
    page.goto((tmp_path / "page.html").as_uri())
    written = page.locator("p").text_content()
    assert written == fjord.generate("Once upon a time", seed=5)
    assert all(map(bool, page.evaluate(TURN)))
