package dev.agora.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages after a failure has passed. */
@ExtendWith(SharedBrowser.class)
class RecoveryJourney {

	private static final String COUNT_POSTS = """
			() => {
				const send = fetch;
				window.sent = 0;
				window.fetch = (address, options) => {
					window.sent += options?.method === 'POST' ? 1 : 0;
					return send(address, options);
				};
			}
			""";

	private final Browser browser;

	RecoveryJourney(Browser browser) {
		this.browser = browser;
	}

	@Test
	void sendsNoFormThatIsStillBeingWritten() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("ERR_INTERNET_DISCONNECTED");
			window.join("Amy");
			window.visit("/products/new");
			window.page().getByLabel("Title").fill("Half a title");
			window.page().getByLabel("Category").fill("homeware");
			window.page().getByLabel("Price").fill("1");
			window.context().setOffline(true);
			window.button("List the product").click();
			window.awaitVisible(window.text("You are offline."));
			window.page().getByLabel("Price").fill("12");
			window.page().evaluate(COUNT_POSTS);
			window.context().setOffline(false);
			window.awaitHidden(window.text("You are offline. The page may show old data."));
			assertThat(window.page().evaluate("window.sent")).isEqualTo(0);
			window.page().getByLabel("Price").fill("129");
			window.button("List the product").click();
			window.awaitVisible(window.text("\u20ac129.00"));
		}
	}

	@Test
	void listsWhatWasMissedAlthoughTheFirstAttemptFails() {
		try (Window reader = this.browser.open(1280, 800); Window author = this.browser.open(1280, 800)) {
			reader.allow("503");
			reader.join("Bea");
			String handle = author.join("Cem");
			reader.followFromHome(handle, "Cem");
			reader.link("People").click();
			reader.awaitVisible(reader.heading("People"));
			author.post("Written meanwhile");
			reader.awaitInFeed("Written meanwhile");
			reader.page().waitForResponse("**/api/v1/feed", () -> {
				reader.page()
					.route("**/api/v1/feed", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
							new Page.RouteOptions().setTimes(1));
				reader.page().goBack();
			});
			reader.button("1 new post").click();
			reader.awaitVisible(reader.text("Written meanwhile"));
		}
	}

	@Test
	void loadsThePageAgainAfterALogIn() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("401");
			String handle = window.join("Dag");
			window.context().clearCookies();
			window.visit("/");
			window.awaitVisible(window.heading("Log in"));
			window.logIn(handle);
			window.awaitVisible(window.text("Your feed is empty"));
		}
	}

	@Test
	void anotherTabKeepsItsFormOverTheSameLogIn() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("401");
			String handle = window.join("Elf");
			Page other = window.context().newPage();
			other.navigate("/products/new");
			other.getByLabel("Title").fill("Typed in another tab");
			window.context().clearCookies();
			window.visit("/settings");
			window.awaitVisible(window.heading("Log in"));
			window.awaitVisible(
					other.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Log in").setExact(true)));
			window.logIn(handle);
			window.awaitVisible(window.heading("Settings"));
			window.awaitVisible(other.getByLabel("Title"));
			assertThat(other.getByLabel("Title").inputValue()).isEqualTo("Typed in another tab");
		}
	}

	@Test
	void keepsTheRatingIfTheReviewIsNotDeleted() {
		try (Window seller = this.browser.open(1280, 800); Window buyer = this.browser.open(1280, 800)) {
			buyer.allow("503");
			seller.join("Fin");
			MarketJourney.list(seller, "A bench");
			buyer.join("Gia");
			buyer.visit(seller.page().url());
			buyer.page().locator(".choice-of-stars label").nth(3).click();
			buyer.button("Save the review").click();
			buyer.awaitVisible(buyer.page().locator(".about .rating").getByText("4.0 (1)"));
			buyer.page().route("**/reviews/mine", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
			buyer.button("Delete your review").click();
			buyer.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
			buyer.awaitVisible(buyer.page().locator(".about").getByText("No reviews yet"));
			buyer.awaitVisible(buyer.page().locator(".about .rating").getByText("4.0 (1)"));
		}
	}

	@Test
	void aDraftHidesNoOlderPostWithTheSameText() {
		try (Window window = this.browser.open(1280, 800)) {
			window.allow("503");
			window.join("Hue");
			window.post("Good morning");
			window.page()
				.route("**/api/v1/posts", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
						new Page.RouteOptions().setTimes(1));
			window.page().getByLabel("Your post").fill("Good morning");
			window.button("Post").click();
			window.awaitVisible(window.text("Not sent"));
			assertThat(window.text("Good morning").count()).isEqualTo(2);
		}
	}

}
