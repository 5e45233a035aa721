package dev.agora.launcher.load;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

import dev.agora.launcher.command.management.ManagementClient;
import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.api.ApiRequest;
import dev.agora.launcher.root.ProcessState;

/**
 * A member who is an operator while data is loaded, by the management port of the local
 * system. The password is random, and the account is deleted at the end.
 */
final class LoadOperator implements AutoCloseable {

	private static final int RANDOM_BYTES = 12;

	private final ApiClient api;

	private final String token;

	private LoadOperator(ApiClient api, String token) {
		this.api = api;
		this.token = token;
	}

	/**
	 * Registers the member.
	 * @param service an instance of session-service
	 */
	static LoadOperator register(ApiClient api, ProcessState service) throws IOException, InterruptedException {
		String handle = "load_" + random();
		String password = random();
		api.call(ApiRequest.post("/members", Map.of("handle", handle, "name", "Loader", "password", password))
			.withKey(handle)).join();
		new ManagementClient().post(service, "/operators", "{\"handle\": \"" + handle + "\"}");
		String token = api.call(ApiRequest.post("/sessions", Map.of("handle", handle, "password", password)))
			.join()
			.path("token")
			.asString();
		return new LoadOperator(api, token);
	}

	String token() {
		return this.token;
	}

	/** Deletes the account, and with it the rights. */
	@Override
	public void close() {
		this.api.call(ApiRequest.delete("/members/me").withToken(this.token)).join();
	}

	private static String random() {
		byte[] bytes = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
