package dev.agora.browser;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every page in light and dark, on a phone and on a desktop. */
@ExtendWith(SharedBrowser.class)
class PagesJourney {

	private static final long MAX_BYTES = 150 * 1024;

	/**
	 * Counts the calls that began after the feed had arrived. The live stream begins with
	 * a second look at the feed.
	 */
	private static final String CALLS_AFTER_THE_FEED = """
			(() => {
				const calls = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/'));
				const feed = calls.find(({ name }) => name.endsWith('/api/v1/feed'));
				return calls.filter(({ name, startTime }) => startTime > feed.responseEnd && name !== feed.name
					&& !name.endsWith('/feed/stream')).length;
			})()
			""";

	private final Browser browser;

	PagesJourney(Browser browser) {
		this.browser = browser;
	}

	@ParameterizedTest
	@ValueSource(ints = { 360, 1280 })
	void everyPageIsAccessible(int width) {
		try (Window window = this.browser.open(width, 800)) {
			for (String path : List.of("/", "/login", "/join", "/products")) {
				window.visit(path);
				window.page().waitForSelector("h1");
				window.awaitLoaded();
				window.check("visitor" + name(path));
			}
			window.join("Lou");
			window.post("A lamp, a clock, and a warm evening.");
			String member = (String) window.page().evaluate("JSON.parse(localStorage.getItem('agora.member')).id");
			for (String path : List.of("/", "/products", "/products/new", "/people", "/settings", "/members/" + member,
					"/members/" + member + "/followers", "/products/import")) {
				window.visit(path);
				window.page().waitForSelector("h1");
				window.awaitLoaded();
				window.check("member" + name(path.replace(member, "me")));
			}
			window.visit("/");
			window.page().locator("article a.when").first().click();
			window.awaitVisible(window.heading("Post"));
			window.awaitLoaded();
			window.check("member-post");
			window.link("Home").click();
			window.button("Behind the scenes").click();
			window.awaitVisible(window.heading("Behind the scenes"));
			window.check("scenes");
		}
	}

	@Test
	void textsOfAnyKindFitAPhone() {
		try (Window window = this.browser.open(360, 740)) {
			window.join("Q".repeat(100));
			window.post("https://example.com/" + "a".repeat(300) + "\nZ\u0335\u0335\u0317\u0317\u0300\u0300"
					+ "\n\u05e9\u05dc\u05d5\u05dd, \u05e2\u05d5\u05dc\u05dd!\n\ud83c\udde9\ud83c\uddea");
			window.check("texts-home");
			window.page().locator("article .name").click();
			window.awaitVisible(window.link("Followers"));
			window.awaitLoaded();
			window.check("texts-member");
		}
	}

	@Test
	void theFirstViewOfTheFeedIsSmallAndNeedsOneRoundTripOfCalls() {
		try (Window window = this.browser.open(1280, 800)) {
			window.join("Max");
			Page page = window.context().newPage();
			AtomicLong bytes = new AtomicLong();
			page.onRequestFinished((request) -> bytes
				.addAndGet(request.sizes().responseBodySize + request.sizes().responseHeadersSize));
			com.microsoft.playwright.CDPSession cache = window.context().newCDPSession(page);
			cache.send("Network.enable");
			cache.send("Network.clearBrowserCache");
			page.navigate("/");
			page.waitForSelector("agora-home .empty");
			assertThat(page.evaluate(CALLS_AFTER_THE_FEED)).isEqualTo(0);
			assertThat(bytes.get()).isBetween(10_000L, MAX_BYTES);
		}
	}

	private static String name(String path) {
		return path.equals("/") ? "-home" : path.replace('/', '-');
	}

}
