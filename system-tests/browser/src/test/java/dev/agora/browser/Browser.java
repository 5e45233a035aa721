package dev.agora.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.Assumptions;

/** The Chromium of this machine. Without one the journeys are skipped, but not in CI. */
final class Browser implements AutoCloseable {

	private static final List<Path> PLACES = Stream
		.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
				"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
		.map(Path::of)
		.toList();

	private final Playwright playwright;

	private final com.microsoft.playwright.Browser chromium;

	Browser() {
		Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(PLACES.get(0));
		Assumptions.assumeTrue(System.getenv("CI") != null || Files.isExecutable(program),
				"There is no Chromium on this machine.");
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.chromium = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program)
				.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
						"--disable-component-update")));
	}

	/** Opens a window with cookies of its own. */
	Window open(int width, int height) {
		return new Window(this.chromium
			.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setBaseURL(BrowserSystem.address())
				.setLocale("en-GB")
				.setTimezoneId("UTC")
				.setViewportSize(width, height)));
	}

	@Override
	public void close() {
		this.chromium.close();
		this.playwright.close();
	}

}
