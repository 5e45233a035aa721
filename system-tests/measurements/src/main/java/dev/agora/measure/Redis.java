package dev.agora.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

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
