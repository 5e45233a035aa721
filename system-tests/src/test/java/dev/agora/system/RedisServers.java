package dev.agora.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** The Redis servers of the test system. */
final class RedisServers {

	private RedisServers() {
	}

	static void flush() throws IOException {
		for (JsonNode redis : masters()) {
			String reply = send(redis, "FLUSHALL");
			if (!reply.startsWith("+OK")) {
				throw new IllegalStateException("Redis replied " + reply);
			}
		}
	}

	/** Lists the only Redis server, or the masters of the cluster. */
	static List<JsonNode> masters() throws IOException {
		List<JsonNode> masters = new ArrayList<>();
		for (JsonNode redis : TestSystem.processes()
			.filter((process) -> TestSystem.name(process).startsWith("redis"))
			.toList()) {
			if (send(redis, "INFO replication").contains("role:master")) {
				masters.add(redis);
			}
		}
		return masters;
	}

	/** Sends a command to each Redis master; in a cluster one of them has the key. */
	static List<String> send(String command) throws IOException {
		List<String> replies = new ArrayList<>();
		for (JsonNode redis : masters()) {
			replies.add(send(redis, command));
		}
		return replies;
	}

	/** Sends one command and returns the raw reply. */
	private static String send(JsonNode redis, String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.path("port").asInt())) {
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
