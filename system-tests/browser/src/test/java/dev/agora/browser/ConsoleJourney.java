package dev.agora.browser;

import java.io.IOException;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The console on a desktop and a phone, in light and dark, and without a mouse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleJourney {

	private final Browser browser = new Browser();

	@BeforeAll
	void ownSystemOnly() {
		assumeTrue(BrowserSystem.isOwn(), "The address of the console is known only for a system of the tests.");
	}

	@AfterAll
	void close() {
		this.browser.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 360, 1600 })
	void isAccessibleAndShowsTheSystem(int width) throws IOException {
		try (Window window = this.browser.open(width, 900)) {
			window.visit(BrowserSystem.console());
			window.awaitVisible(instance(window));
			window.check("console");
			assertThat(window.page().url()).doesNotContain("#");
		}
	}

	@Test
	void anInstanceIsOpenedWithTheKeyboard() throws IOException {
		try (Window window = this.browser.open(1600, 900)) {
			window.visit(BrowserSystem.console());
			window.awaitVisible(instance(window));
			instance(window).focus();
			window.page().keyboard().press("Enter");
			window.awaitVisible(window.heading("feed-service-1"));
			window.awaitVisible(window.button("Kill"));
			window.check("console-process");
			window.page().keyboard().press("Escape");
			window.awaitHidden(window.heading("feed-service-1"));
		}
	}

	@Test
	void withoutATokenItSaysWhereTheAddressIs() throws IOException {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("401");
			window.visit(BrowserSystem.console().replaceFirst("#.*", ""));
			window.awaitVisible(window.page()
				.getByText("Open the address that ./agora status prints", new Page.GetByTextOptions()));
		}
	}

	private static Locator instance(Window window) {
		return window.page()
			.locator("agora-topology [role=button]")
			.and(window.page().getByLabel(Pattern.compile("^feed-service-1, ready")));
	}

}
