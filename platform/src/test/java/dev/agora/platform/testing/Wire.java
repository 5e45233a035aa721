package dev.agora.platform.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection to a server of this machine, and what exactly goes over it. */
public final class Wire implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 20_000;

	private final Socket socket;

	private final InputStream answers;

	public Wire(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.answers = new BufferedInputStream(this.socket.getInputStream());
	}

	/** The whole answer to a GET, head and body, of one that tells its length. */
	public String get(String path) throws IOException {
		send(path);
		return read();
	}

	/** Sends a GET without waiting for its answer. */
	public void send(String path) throws IOException {
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	/** The next answer. */
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

	/** Whether the server has closed it, once it says nothing more. */
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
