package dev.agora.browser;

import java.util.Map;

import com.microsoft.playwright.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The client while something fails: sessions end, connections break, servers refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsJourney {

	private static final String UNAVAILABLE = "{\"title\":\"Unavailable\",\"status\":503,\"detail\":\"Try later.\"}";

	private final Browser browser = new Browser();

	@AfterAll
	void close() {
		this.browser.close();
	}

	@Test
	void asksForALogInAfterTheSessionHasEndedElsewhere() {
		try (Window one = this.browser.open(1280, 800); Window two = this.browser.open(1280, 800)) {
			one.allow("401");
			one.allow("404");
			one.page()
				.route("**/api/v1/feed/stream", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
			String handle = one.join("Eve");
			two.visit("/login?next=/settings");
			two.page().getByLabel("Handle").fill(handle);
			two.page().getByLabel("Password").fill(Window.PASSWORD);
			two.button("Log in").click();
			two.page().locator(".rows button").first().click();
			two.awaitHidden(two.page().locator(".rows button"));
			one.page().getByLabel("Your post").fill("Kept over the log-in");
			one.button("Post").click();
			one.awaitVisible(one.heading("Log in"));
			one.awaitVisible(one.text("Your session has ended. Log in to continue."));
			one.page().getByLabel("Handle").fill(handle);
			one.page().getByLabel("Password").fill(Window.PASSWORD);
			one.button("Log in").click();
			one.awaitVisible(one.page().getByLabel("Your post"));
			assertThat(one.page().getByLabel("Your post").inputValue()).isEqualTo("Kept over the log-in");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "//example.com", "/%5Cexample.com", "/%09/example.com", "https://example.com",
			"javascript:alert(1)" })
	void aLogInLeadsToThisSiteOnly(String next) {
		try (Window window = this.browser.open(1280, 800)) {
			String handle = window.join("Nia");
			window.allow("401");
			window.page().evaluate("localStorage.clear()");
			window.context().clearCookies();
			window.visit("/login?next=" + next);
			window.page().getByLabel("Handle").fill(handle);
			window.page().getByLabel("Password").fill(Window.PASSWORD);
			window.button("Log in").click();
			window.awaitVisible(window.page().getByLabel("Your post"));
			assertThat(window.page().url()).isEqualTo(BrowserSystem.address() + "/");
		}
	}

	@Test
	void keepsThePostOfABrokenConnection() {
		try (Window window = this.browser.open(360, 740)) {
			window.allow("ERR_INTERNET_DISCONNECTED");
			window.join("Fay");
			window.context().setOffline(true);
			window.awaitVisible(window.text("You are offline. The page may show old data."));
			window.page().getByLabel("Your post").fill("Written in a tunnel");
			window.button("Post").click();
			window.awaitVisible(window.text("Not sent"));
			window.context().setOffline(false);
			window.awaitVisible(window.page().locator("article time"));
			window.page().reload();
			window.awaitVisible(window.text("Written in a tunnel"));
		}
	}

	@Test
	void triesAgainWhenTheServerAllowsIt() {
		try (Window window = this.browser.open(360, 740)) {
			window.allow("503");
			window.join("Gus");
			window.page()
				.route("**/api/v1/graph/suggestions*",
						(route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)
							.setHeaders(Map.of("Retry-After", "2", "Content-Type", "application/problem+json"))
							.setBody(UNAVAILABLE)),
						new com.microsoft.playwright.Page.RouteOptions().setTimes(1));
			window.visit("/people");
			window.awaitVisible(window.text("Agora cannot do this at the moment."));
			assertThat(window.button("Try again").isDisabled()).isTrue();
			window.awaitVisible(window.text("No suggestions yet"));
		}
	}

	@Test
	void showsItsOwnPageForUnknownPaths() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("404");
			assertThat(window.page().navigate("/nowhere").status()).isEqualTo(404);
			window.awaitVisible(window.text("There is no such page"));
			window.visit("/products/0R7DKM4WV0ZJ6");
			window.awaitVisible(window.text("There is no such product"));
			window.visit("/members/0R7DKM4WV0ZJ6");
			window.awaitVisible(window.text("There is no such member"));
		}
	}

}
