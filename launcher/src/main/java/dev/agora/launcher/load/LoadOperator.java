package dev.agora.launcher.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.agora.launcher.command.management.ManagementClient;
import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.api.ApiRequest;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/**
 * A member who is an operator while data is loaded, by the management port of the local
 * system. The account is deleted at the end, also after Ctrl-C. A file keeps its random
 * password, so that the next run uses the account of one that was killed.
 */
final class LoadOperator implements AutoCloseable {

	private static final int RANDOM_BYTES = 12;

	private static final int UNAUTHENTICATED = 401;

	private static final long DELETION_SECONDS = 10;

	private final ApiClient api;

	private final String token;

	private final Path file;

	private final AtomicBoolean closed = new AtomicBoolean();

	private LoadOperator(ApiClient api, String token, Path file) {
		this.api = api;
		this.token = token;
		this.file = file;
	}

	/**
	 * Registers the member, or logs in as the one of an aborted run.
	 * @param service an instance of session-service
	 * @param file where the handle and the password are kept
	 */
	static LoadOperator open(ApiClient api, ProcessState service, Path file) throws IOException, InterruptedException {
		String token = Files.exists(file) ? logIn(api, file) : "";
		if (token.isEmpty()) {
			register(api, file);
			token = logIn(api, file);
		}
		LoadOperator operator = new LoadOperator(api, token, file);
		Runtime.getRuntime().addShutdownHook(new Thread(operator::close));
		String handle = Files.readAllLines(file).get(0);
		if (new ManagementClient().post(service, "/operators", "{\"handle\": \"" + handle + "\"}").isEmpty()) {
			operator.close();
			throw new Problem("session-service does not know " + handle + " yet. Repeat the command.");
		}
		return operator;
	}

	/** Registers a member with a new handle, and keeps the login first. */
	private static void register(ApiClient api, Path file) throws IOException {
		String handle = "load_" + random();
		String password = random();
		DataDirectory.writeAtomically(file, (handle + "\n" + password).getBytes(StandardCharsets.UTF_8));
		api.call(ApiRequest.post("/members", Map.of("handle", handle, "name", "Loader", "password", password))
			.withKey(handle)).join();
	}

	/** Returns the token, empty if there is no such account. */
	private static String logIn(ApiClient api, Path file) throws IOException {
		List<String> login = Files.readAllLines(file);
		return (login.size() != 2) ? ""
				: api
					.call(ApiRequest.post("/sessions", Map.of("handle", login.get(0), "password", login.get(1)))
						.accepting(UNAUTHENTICATED))
					.join()
					.path("token")
					.asString("");
	}

	String token() {
		return this.token;
	}

	/** Deletes the account, and with it the rights. */
	@Override
	public void close() {
		if (this.closed.getAndSet(true)) {
			return;
		}
		try {
			this.api.call(ApiRequest.delete("/members/me").withToken(this.token))
				.orTimeout(DELETION_SECONDS, TimeUnit.SECONDS)
				.join();
			Files.deleteIfExists(this.file);
		}
		catch (CompletionException ex) {
			System.err.println("The account with which data was loaded could not be deleted (" + ex.getCause()
					+ "). The next ./agora load uses and deletes it.");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String random() {
		byte[] bytes = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
