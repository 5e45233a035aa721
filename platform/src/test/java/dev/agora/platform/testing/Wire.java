package dev.agora.platform.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection to a server on this machine, over which a test sends and receives exact
 * bytes.
 */
public final class Wire implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 20_000;

	private final Socket socket;

	private final InputStream answers;

	public Wire(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.answers = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * Sends a GET and returns the whole response, whose head must have a Content-Length.
	 */
	public String get(String path) throws IOException {
		send(path);
		return read();
	}

	/** Sends a GET without waiting for its response. */
	public void send(String path) throws IOException {
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	/** Reads the next response. */
	public String read() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
			int next = this.answers.read();
			if (next < 0) {
				throw new IOException("Closed after: " + head);
			}
			head.write(next);
		}
		String text = head.toString(StandardCharsets.UTF_8);
		return text + new String(this.answers.readNBytes(length(text)), StandardCharsets.UTF_8);
	}

	/**
	 * Waits for the next byte, and returns whether the server has closed the connection
	 * instead.
	 */
	public boolean isClosed() throws IOException {
		return this.answers.read() < 0;
	}

	private static int length(String head) {
		return head.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
			.mapToInt((line) -> Integer.parseInt(line.substring("content-length:".length()).strip()))
			.findFirst()
			.orElse(0);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
