package dev.agora.launcher.redis;

import java.io.IOException;
import java.util.function.Function;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection to a Redis server on this machine. Each failure is an {@code IOException},
 * which probes and commands report.
 */
public final class RedisConnection implements AutoCloseable {

	private static final int CONNECT_TIMEOUT_MILLIS = 500;

	private static final int RESPONSE_TIMEOUT_MILLIS = 2000;

	private final int port;

	private final Jedis jedis;

	/**
	 * Connects to a server.
	 * @param port the port on 127.0.0.1
	 * @throws IOException if the server does not accept the connection
	 */
	public RedisConnection(int port) throws IOException {
		this.port = port;
		try {
			this.jedis = new Jedis("127.0.0.1", port, CONNECT_TIMEOUT_MILLIS, RESPONSE_TIMEOUT_MILLIS);
		}
		catch (JedisException ex) {
			throw failure(port, ex);
		}
	}

	<T> T execute(Function<Jedis, T> command) throws IOException {
		try {
			return command.apply(this.jedis);
		}
		catch (JedisException ex) {
			throw failure(this.port, ex);
		}
	}

	/**
	 * Reads a field of the output of INFO.
	 * @param section the section, for example {@code replication}
	 * @param field the field, for example {@code role}
	 * @return the value, empty if the section has no such field
	 * @throws IOException if the server does not answer
	 */
	public String info(String section, String field) throws IOException {
		return field(execute((jedis) -> jedis.info(section)), field);
	}

	/**
	 * Deletes all keys, if the server is a master; its replicas follow.
	 * @return whether it is a master
	 * @throws IOException if the server does not answer
	 */
	public boolean flushMaster() throws IOException {
		return info("replication", "role").equals("master") && execute(Jedis::flushAll).equals("OK");
	}

	/** Finds the value in a line {@code field:value}. */
	static String field(String text, String field) {
		return text.lines()
			.filter((line) -> line.startsWith(field + ":"))
			.map((line) -> line.substring(field.length() + 1))
			.findFirst()
			.orElse("");
	}

	@Override
	public void close() throws IOException {
		try {
			this.jedis.close();
		}
		catch (JedisException ex) {
			throw failure(this.port, ex);
		}
	}

	private static IOException failure(int port, JedisException ex) {
		return new IOException("Redis on port " + port + " failed: " + ex.getMessage(), ex);
	}

}
