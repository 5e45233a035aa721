package dev.agora.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** From joining to the first post, with two members in two windows. */
@ExtendWith(SharedBrowser.class)
class FirstPostJourney {

	private static final String ENTER_OF_AN_INPUT_METHOD = """
			document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
				{ key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true }))
			""";

	/** The test decides when a deletion can be undone no longer. */
	private static final String LONG_UNDO = """
			const start = setTimeout;
			window.setTimeout = (run, time, ...values) => start(run, time === 6000 ? 600000 : time, ...values);
			""";

	/** Writes more posts than a page of the feed has. */
	private static final String POST_OFTEN = """
			async () => {
				for (let i = 1; i <= 25;) {
					const { status } = await fetch('/api/v1/posts', { method: 'POST', body: JSON.stringify({ text: `Number ${i}` }),
						headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `the-post-number-${i}` } });
					i += status === 201 ? 1 : 0;
				}
			}
			""";

	private final Browser browser;

	FirstPostJourney(Browser browser) {
		this.browser = browser;
	}

	@Test
	void aPostAppearsInTheOtherWindowWithoutAJump() {
		try (Window ann = this.browser.open(1280, 800); Window ben = this.browser.open(1280, 800)) {
			ann.join("Ann");
			String handle = ben.join("Ben");
			ben.awaitVisible(ben.text("Your feed is empty"));
			ann.visit("/@" + handle);
			ann.follow("Ben");
			ann.visit("/");
			ann.post("My own first post");
			ann.awaitLive();
			Locator first = ann.page().locator("article").first();
			double before = first.boundingBox().y;

			ben.post("Hello from Ben");
			ann.awaitVisible(ann.button("1 new post"));
			assertThat(first.boundingBox().y).isEqualTo(before);
			ben.post("And another one");
			ann.button("2 new posts").click();
			ann.awaitVisible(ann.text("And another one"));
			assertThat(ann.page().locator("article .text").allTextContents()).startsWith("And another one",
					"Hello from Ben", "My own first post");
			ann.awaitHidden(ann.button("2 new posts"));
		}
	}

	@Test
	void theFeedHasNoGapAfterManyPosts() {
		try (Window reader = this.browser.open(360, 740); Window author = this.browser.open(1280, 800)) {
			reader.join("Yan");
			String handle = author.join("Zoe");
			reader.followFromHome(handle, "Zoe");
			author.post("The first");
			reader.button("1 new post").click();
			reader.awaitVisible(reader.text("The first"));
			reader.link("People").click();
			reader.awaitVisible(reader.heading("People"));
			author.page().evaluate(POST_OFTEN);
			reader.awaitInFeed("Number 25");
			reader.page().goBack();
			reader.button("Many new posts").click();
			reader.awaitVisible(reader.text("Number 25"));
			reader.button("Show more").click();
			reader.awaitVisible(reader.text("The first"));
			assertThat(reader.page().locator("article .text").count()).isEqualTo(26);
		}
	}

	@Test
	void aDeletedPostComesBackByUndo() {
		try (Window window = this.browser.open(360, 740)) {
			window.context().addInitScript(LONG_UNDO);
			window.join("Cleo");
			window.post("Delete me not");
			window.button("Delete this post").click();
			window.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
			window.awaitHidden(window.text("Delete me not"));
			assertThat(window.page().evaluate("document.activeElement.textContent")).isEqualTo("Undo");
			window.link("Home").click();
			window.awaitLoaded();
			window.awaitHidden(window.text("Delete me not"));
			window.button("Undo").click();
			window.awaitVisible(window.text("Delete me not"));
			window.page().reload();
			window.awaitVisible(window.text("Delete me not"));
		}
	}

	@Test
	void theKeyboardAloneWritesAPost() {
		try (Window window = this.browser.open(1280, 800)) {
			window.join("Dora");
			window.visit("/");
			window.awaitVisible(window.page().getByLabel("Your post"));
			window.page().keyboard().press("Tab");
			assertThat(window.page().evaluate("document.activeElement.textContent")).isEqualTo("Skip to content");
			window.page().keyboard().press("Enter");
			window.page().keyboard().press("Tab");
			window.page().keyboard().type("Typed");
			window.page().evaluate(ENTER_OF_AN_INPUT_METHOD);
			assertThat(window.page().getByLabel("Your post").inputValue()).isEqualTo("Typed");
			window.page().keyboard().press("Control+Enter");
			window.awaitVisible(window.page().locator("article time"));
		}
	}

}
