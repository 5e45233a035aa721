package dev.agora.browser;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every page in light and dark, on a phone and on a desktop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

	private final Browser browser = new Browser();

	@AfterAll
	void close() {
		this.browser.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 360, 1280 })
	void everyPageIsAccessible(int width) {
		try (Window window = this.browser.open(width, 800)) {
			for (String path : List.of("/", "/login", "/join", "/products")) {
				window.visit(path);
				window.page().waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
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
			window.button("Behind the scenes").click();
			window.awaitVisible(window.heading("Behind the scenes"));
			window.check("scenes");
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
