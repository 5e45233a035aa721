package dev.agora.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.awaitility.Awaitility;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A window of one visitor. It collects the errors of its pages: at the end there must be
 * none but those that a test has allowed.
 */
final class Window implements AutoCloseable {

	/** The bound for an effect that takes less than a second on an idle machine. */
	static final double SOON = 60_000;

	private static final String FEED = "fetch('/api/v1/feed').then((response) => response.text())";

	static final String PASSWORD = "correct horse battery";

	/** Names the elements that make the page wider than the window. */
	private static final String TOO_WIDE = """
			() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter((element) => !element.closest('svg'))
				.filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
				.map((element) => `${element.tagName} ${element.getAttribute('class')} ${element.getBoundingClientRect().right}`)
				.slice(0, 40)
			""";

	private static final String REPORT_VIOLATIONS = """
			addEventListener('securitypolicyviolation', (event) =>
				console.error('violates the policy: ' + event.violatedDirective + ' ' + event.blockedURI));
			""";

	private final List<String> errors = new ArrayList<>();

	private final List<String> allowed = new ArrayList<>();

	private final BrowserContext context;

	private final Page page;

	Window(BrowserContext context) {
		this.context = context;
		context.addInitScript(REPORT_VIOLATIONS);
		context.setDefaultTimeout(SOON);
		context.setDefaultNavigationTimeout(SOON);
		this.page = context.newPage();
		this.page.onPageError(this.errors::add);
		this.page.onConsoleMessage((message) -> {
			if (List.of("error", "warning").contains(message.type())) {
				this.errors.add(message.text());
			}
		});
	}

	Page page() {
		return this.page;
	}

	BrowserContext context() {
		return this.context;
	}

	/** Allows errors of the console whose text contains this. */
	void allow(String text) {
		this.allowed.add(text);
	}

	Window visit(String path) {
		this.page.navigate(path);
		return this;
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator link(String name) {
		return this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator text(String text) {
		return this.page.getByText(text, new Page.GetByTextOptions().setExact(true));
	}

	/** Waits until an element is visible. */
	void awaitVisible(Locator element) {
		assertThat(element)
			.isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
	}

	void awaitHidden(Locator element) {
		assertThat(element)
			.isHidden(new com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions().setTimeout(SOON));
	}

	/** Waits until the page has loaded all that it shows. */
	void awaitLoaded() {
		assertThat(this.page.locator(".loading")).hasCount(0,
				new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions().setTimeout(SOON));
	}

	/** Waits until the live stream is open. A narrow window does not show its state. */
	void awaitLive() {
		assertThat(this.page.locator(".live.open")).hasCount(1,
				new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions().setTimeout(SOON));
	}

	/** Joins as a new member and returns the handle. */
	String join(String name) {
		String handle = name.toLowerCase(Locale.ROOT).substring(0, 3) + "_"
				+ Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
		visit("/join");
		this.page.getByLabel("Name").fill(name);
		this.page.getByLabel("Handle").fill(handle);
		this.page.getByLabel("Password").fill(PASSWORD);
		button("Join").click();
		awaitVisible(this.page.getByLabel("Your post"));
		return handle;
	}

	/** Fills in the form for the log-in. */
	void logIn(String handle) {
		this.page.getByLabel("Handle").fill(handle);
		this.page.getByLabel("Password").fill(PASSWORD);
		button("Log in").click();
	}

	/** Writes a post and waits until it has been confirmed. */
	void post(String text) {
		this.page.getByLabel("Your post").fill(text);
		button("Post").click();
		Locator post = this.page.locator("article").filter(new Locator.FilterOptions().setHasText(text));
		awaitVisible(post.locator("time"));
	}

	/** Follows the member of the page and waits until that has been confirmed. */
	void follow(String name) {
		this.page.waitForResponse("**/api/v1/graph/following/*", () -> button("Follow " + name).click());
		awaitVisible(button("Following " + name));
	}

	/**
	 * Follows a member from their profile, and waits at the home feed for what they do.
	 */
	void followFromHome(String handle, String name) {
		visit("/@" + handle);
		follow(name);
		link("Home").click();
		awaitVisible(text("Your feed is empty"));
		awaitLive();
	}

	/** Waits until the server lists a text in the feed, whatever the page shows. */
	void awaitInFeed(String text) {
		Awaitility.await("the feed has " + text)
			.pollInSameThread()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.page.evaluate(FEED).toString().contains(text));
	}

	/** Checks the accessibility and the width of the page, and keeps pictures. */
	void check(String name) {
		show(name, ColorScheme.DARK);
		AxeBuilder contrast = new AxeBuilder(this.page).withRules(List.of("color-contrast"));
		assertThat(contrast.analyze().getViolations()).as(name + " in dark").isEmpty();
		show(name, ColorScheme.LIGHT);
		assertThat(new AxeBuilder(this.page).analyze().getViolations()).as(name).isEmpty();
		assertThat(this.page.evaluate(TOO_WIDE)).as(name + " fits its width").isEqualTo(List.of());
	}

	private void show(String name, ColorScheme scheme) {
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
		String file = name + "-" + this.page.viewportSize().width + "-" + scheme.name().toLowerCase(Locale.ROOT);
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", file + ".png")));
	}

	@Override
	public void close() {
		this.context.close();
		this.errors.removeIf((error) -> this.allowed.stream().anyMatch(error::contains));
		assertThat(this.errors).isEmpty();
	}

}
