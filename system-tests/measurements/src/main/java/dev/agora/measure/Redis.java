package dev.agora.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends commands to the Redis of the running system. */
final class Redis {

	private final URI address;

	Redis(RunningSystem.Instance instance) {
		this.address = URI.create(instance.url());
	}

	/** Returns the reply to a command that returns a number. */
	long number(String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.address.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			if (!reply.startsWith(":")) {
				throw new Problem("Redis replies to " + command + ": " + reply);
			}
			return Long.parseLong(reply.substring(1, reply.indexOf('\r')));
		}
	}

	/** Returns the sum of the replies to commands that return numbers. */
	long sum(List<String> commands) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.address.getPort())) {
			socket.setSoTimeout(10_000);
			String lines = String.join("\r\n", commands) + "\r\nQUIT\r\n";
			socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
			String replies = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			return replies.lines()
				.filter((reply) -> reply.startsWith(":"))
				.mapToLong((reply) -> Long.parseLong(reply.substring(1)))
				.sum();
		}
	}

	/** Returns how often some commands were called, also by scripts. */
	long calls(String... commands) throws IOException {
		Pattern calls = Pattern.compile("cmdstat_(?:" + String.join("|", commands) + "):calls=(\\d+).*");
		return lines("INFO commandstats").stream()
			.map(calls::matcher)
			.filter(Matcher::matches)
			.mapToLong((command) -> Long.parseLong(command.group(1)))
			.sum();
	}

	/** Returns the value of a setting. */
	String setting(String name) throws IOException {
		List<String> reply = lines("CONFIG GET " + name);
		return reply.get(reply.size() - 1);
	}

	/** Changes a setting. */
	void configure(String name, String value) throws IOException {
		List<String> reply = lines("CONFIG SET " + name + " " + value);
		if (!reply.contains("+OK")) {
			throw new Problem("Redis does not change " + name + ": " + reply);
		}
	}

	/** Returns the used memory in bytes. */
	long usedMemory() throws IOException {
		return lines("INFO memory").stream()
			.filter((line) -> line.startsWith("used_memory:"))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
			.findFirst()
			.orElseThrow();
	}

	/** Returns the lines of the reply to a command, without that to the end of it. */
	private List<String> lines(String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.address.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			List<String> lines = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
				.filter((line) -> !line.isEmpty())
				.toList();
			return lines.subList(0, lines.size() - 1);
		}
	}

	/** Deletes all keys. */
	void flush() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.address.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] reply = socket.getInputStream().readNBytes(5);
			if (!new String(reply, StandardCharsets.US_ASCII).equals("+OK\r\n")) {
				throw new Problem("Redis does not flush its keys: " + new String(reply, StandardCharsets.US_ASCII));
			}
		}
	}

}
