package dev.agora.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonParser;
import org.awaitility.Awaitility;

/**
 * The system that the browser uses: the running one at {@code -Dagora.url}, or one that
 * the tests start with {@code ./agora up} and stop at the end.
 */
final class BrowserSystem {

	private static final Duration READY = Duration.ofMinutes(10);

	private static final String URL = System.getProperty("agora.url", "");

	private BrowserSystem() {
	}

	/** The address of the gateway, without a slash at the end. */
	static String address() {
		return URL.isEmpty() ? Started.ADDRESS : URL.replaceAll("/$", "");
	}

	/** Whether the tests have started the system. */
	static boolean isOwn() {
		return URL.isEmpty();
	}

	/** The address of the console of an own system, with its token. */
	static String console() throws IOException {
		address();
		return JsonParser.parseString(Files.readString(Path.of("target/system/system.json")))
			.getAsJsonObject()
			.get("consoleUrl")
			.getAsString();
	}

	/** Lists the requests that the gateway of an own system has logged. */
	static List<String> requests() throws IOException {
		return Files.readAllLines(Path.of("target/system/logs/gateway-1-access.log"));
	}

	private static String start() {
		try {
			Path data = Files.createDirectories(Path.of("target/system").toAbsolutePath());
			int port = freePort();
			Path log = data.resolve("up.log");
			Process launcher = new ProcessBuilder(List.of(root().resolve("agora").toString(), "up", "--fresh", "--port",
					String.valueOf(port), "--data", data.toString()))
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launcher)));
			awaitReady(launcher, log);
			return "http://127.0.0.1:" + port;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitReady(Process launcher, Path log) {
		Awaitility.await("the system is ready, see " + log).atMost(READY).until(() -> {
			String text = Files.readString(log);
			if (!launcher.isAlive()) {
				throw new IllegalStateException("The launcher ended at the start: " + text);
			}
			return text.contains("curl ");
		});
	}

	private static void stop(Process launcher) {
		launcher.destroy();
		try {
			launcher.waitFor(2, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A system that did not start is not started again for the next test. */
	private static final class Started {

		static final String ADDRESS = start();

	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isExecutable(folder.resolve("agora"))) {
			folder = folder.getParent();
		}
		return folder;
	}

}
