package dev.agora.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.address.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
			String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			return Pattern.compile("(?m)^cmdstat_(?:" + String.join("|", commands) + "):calls=(\\d+)")
				.matcher(reply)
				.results()
				.mapToLong((command) -> Long.parseLong(command.group(1)))
				.sum();
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
