package dev.agora.measure;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

import redis.clients.jedis.Jedis;

/** Sends commands to the Redis of the running system. */
final class Redis {

	private static final int TIMEOUT_MS = 10_000;

	private final URI address;

	Redis(RunningSystem.Instance instance) {
		this.address = URI.create(instance.url());
	}

	/** Returns how often some commands were called, also by scripts. */
	long calls(String... commands) {
		Pattern calls = Pattern.compile("(?m)^cmdstat_(?:" + String.join("|", commands) + "):calls=(\\d+)");
		try (Jedis client = connect()) {
			return calls.matcher(client.info("commandstats"))
				.results()
				.mapToLong((command) -> Long.parseLong(command.group(1)))
				.sum();
		}
	}

	/** Returns the value of a setting. */
	String setting(String name) {
		try (Jedis client = connect()) {
			return Objects.requireNonNull(client.configGet(name).get(name), name);
		}
	}

	/** Changes a setting. */
	void configure(String name, String value) {
		try (Jedis client = connect()) {
			client.configSet(name, value);
		}
	}

	/** Returns the used memory in bytes. */
	long usedMemory() {
		try (Jedis client = connect()) {
			return client.info("memory")
				.lines()
				.filter((line) -> line.startsWith("used_memory:"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
				.findFirst()
				.orElseThrow();
		}
	}

	/** Deletes some keys. */
	void delete(String... keys) {
		try (Jedis client = connect()) {
			client.del(keys);
		}
	}

	/** Deletes all keys. */
	void flush() {
		try (Jedis client = connect()) {
			client.flushAll();
		}
	}

	/** Opens a connection. */
	Jedis connect() {
		return new Jedis(this.address.getHost(), this.address.getPort(), TIMEOUT_MS);
	}

}
