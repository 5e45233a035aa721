package dev.agora.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** From joining to the first post, with two members in two windows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPostJourney {

	private final Browser browser = new Browser();

	@AfterAll
	void close() {
		this.browser.close();
	}

	@Test
	void aPostAppearsInTheOtherWindowWithoutAJump() {
		try (Window ann = this.browser.open(1280, 800); Window ben = this.browser.open(1280, 800)) {
			ann.join("Ann");
			String handle = ben.join("Ben");
			ben.awaitVisible(ben.text("Your feed is empty"));
			ann.visit("/@" + handle);
			ann.button("Follow Ben").click();
			ann.awaitVisible(ann.button("Following Ben"));
			ann.visit("/");
			ann.post("My own first post");
			ann.awaitVisible(ann.page().locator(".live.open"));
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
	void aDeletedPostComesBackByUndo() {
		try (Window window = this.browser.open(360, 740)) {
			window.join("Cleo");
			window.post("Delete me not");
			window.button("Delete this post").click();
			window.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
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
			window.page().keyboard().press("Control+Enter");
			window.awaitVisible(window.page().locator("article time"));
		}
	}

}
