package dev.agora.browser;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** The client while something fails: sessions end, connections break, servers refuse. */
@ExtendWith(SharedBrowser.class)
class FaultsJourney {

	private static final List<String> OTHER_SITES = List.of("//example.com", "/%5Cexample.com", "/%09/example.com",
			"https://example.com", "javascript:alert(1)", "http://%5B");

	/** As in a browser that blocks cookies. */
	private static final String NO_STORAGE = """
			for (const name of ['localStorage', 'sessionStorage']) {
				Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
			}
			""";

	private static final String UNAVAILABLE = "{\"title\":\"Unavailable\",\"status\":503,\"detail\":\"Try later.\"}";

	private final Browser browser;

	FaultsJourney(Browser browser) {
		this.browser = browser;
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
			two.logIn(handle);
			two.page().locator(".rows button").first().click();
			two.awaitHidden(two.page().locator(".rows button"));
			one.page().getByLabel("Your post").fill("Kept over the log-in");
			one.button("Post").click();
			one.awaitVisible(one.heading("Log in"));
			one.awaitVisible(one.text("Your session has ended. Log in to continue."));
			one.logIn(handle);
			one.awaitVisible(one.text("Your session had ended before this post was sent."));
			one.button("Try again").click();
			one.awaitVisible(one.page().locator("article time"));
			one.awaitVisible(one.text("Kept over the log-in"));
		}
	}

	@Test
	void keepsAFormOverALogIn() {
		try (Window window = this.browser.open(360, 740)) {
			window.allow("401");
			String handle = window.join("Ole");
			window.visit("/products/new");
			window.page().getByLabel("Title").fill("Typed before the session ended");
			window.page().getByLabel("Category").fill("homeware");
			window.page().getByLabel("Price").fill("12");
			window.context().clearCookies();
			window.button("List the product").click();
			window.logIn(handle);
			window.awaitVisible(window.heading("List a product"));
			assertThat(window.page().getByLabel("Title").inputValue()).isEqualTo("Typed before the session ended");
			window.button("List the product").click();
			window.awaitVisible(window.heading("Typed before the session ended"));
		}
	}

	@Test
	void worksWhereTheBrowserStoresNothing() {
		try (Window window = this.browser.open(360, 740)) {
			window.context().addInitScript(NO_STORAGE);
			window.join("Uma");
			window.post("Written without storage");
		}
	}

	@Test
	void aLogInLeadsToThisSiteOnly() {
		try (Window window = this.browser.open(1280, 800)) {
			String handle = window.join("Nia");
			window.allow("401");
			for (String next : OTHER_SITES) {
				window.page().evaluate("localStorage.clear()");
				window.context().clearCookies();
				window.visit("/login?next=" + next);
				window.logIn(handle);
				window.awaitVisible(window.page().getByLabel("Your post"));
				assertThat(window.page().url()).as(next).isEqualTo(BrowserSystem.address() + "/");
			}
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
			window.awaitVisible(window.text("Not confirmed"));
			window.context().setOffline(false);
			window.awaitVisible(window.page().locator("article time"));
			window.page().reload();
			window.awaitVisible(window.text("Written in a tunnel"));
		}
	}

	@Test
	void sendsAPostOnceAlthoughItsResponseIsLost() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("ERR_FAILED");
			window.join("Vic");
			window.page().route("**/api/v1/posts", (route) -> {
				route.fetch();
				route.abort();
			}, new Page.RouteOptions().setTimes(1));
			window.page().getByLabel("Your post").fill("Sent, but not confirmed");
			window.button("Post").click();
			window.awaitVisible(window.text("Not confirmed"));
			window.page().onceDialog(Dialog::accept);
			window.page().reload();
			window.awaitVisible(window.text("Not confirmed"));
			window.awaitLoaded();
			assertThat(window.text("Sent, but not confirmed").count()).isEqualTo(1);
			window.button("Try again").click();
			window.awaitVisible(window.page().locator("article time"));
			window.awaitHidden(window.text("Not confirmed"));
			window.page().reload();
			window.awaitVisible(window.text("Sent, but not confirmed"));
			assertThat(window.text("Sent, but not confirmed").count()).isEqualTo(1);
		}
	}

	@Test
	void followsAMemberAlthoughThePageIsLeftAtOnce() throws IOException {
		try (Window window = this.browser.open(1280, 800); Window other = this.browser.open(1280, 800)) {
			String handle = other.join("Uma");
			window.join("Tom");
			window.visit("/@" + handle);
			window.awaitVisible(window.button("Follow Uma"));
			window.page().evaluate("""
					() => {
						document.querySelector('[aria-label="Follow Uma"]').click();
						location.assign('about:blank');
					}
					""");
			Awaitility.await("the member is followed").pollInSameThread().atMost(Duration.ofMinutes(1)).until(() -> {
				window.visit("/@" + handle);
				window.awaitLoaded();
				return window.button("Following Uma").isVisible();
			});
			if (BrowserSystem.isOwn()) {
				String member = window.page().url().replaceAll(".*/", "");
				assertThat(BrowserSystem.requests())
					.filteredOn((line) -> line.contains("/api/v1/graph/following/" + member))
					.singleElement(InstanceOfAssertFactories.STRING)
					.contains("\"status\":204");
			}
		}
	}

	@Test
	void takesAFollowBackThatFails() {
		try (Window window = this.browser.open(1280, 800); Window other = this.browser.open(1280, 800)) {
			window.allow("503");
			String handle = other.join("Wim");
			window.join("Xia");
			window.visit("/@" + handle);
			window.page().route("**/api/v1/graph/following/*", FaultsJourney::refuse);
			window.button("Follow Wim").click();
			window.awaitVisible(window.text("Following Wim failed. Agora cannot do this at the moment."));
			window.awaitVisible(window.button("Follow Wim"));
			window.page().unroute("**/api/v1/graph/following/*");
			window.button("Follow Wim").click();
			window.awaitVisible(window.button("Following Wim"));
		}
	}

	@Test
	void triesAgainWhenTheServerAllowsIt() {
		try (Window window = this.browser.open(360, 740)) {
			window.allow("503");
			window.join("Gus");
			window.page()
				.route("**/api/v1/graph/suggestions*", FaultsJourney::refuse, new Page.RouteOptions().setTimes(1));
			window.visit("/people");
			window.awaitVisible(window.text("Agora cannot do this at the moment."));
			assertThat(window.button("Try again").isDisabled()).isTrue();
			window.awaitVisible(window.text("No suggestions yet"));
		}
	}

	private static void refuse(Route route) {
		route.fulfill(new Route.FulfillOptions().setStatus(503)
			.setHeaders(Map.of("Retry-After", "2", "Content-Type", "application/problem+json"))
			.setBody(UNAVAILABLE));
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
