package dev.agora.launcher.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asks a Redis on this machine. The few commands that make a cluster need no library.
 */
public final class RedisConnection implements AutoCloseable {

	private static final int CONNECT_TIMEOUT = 500;

	private static final int ANSWER_TIMEOUT = 2000;

	private final Socket socket = new Socket();

	private final InputStream answers;

	/**
	 * Connects.
	 * @param port where Redis listens
	 * @throws IOException if nothing listens there
	 */
	public RedisConnection(int port) throws IOException {
		try {
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT);
			this.socket.setSoTimeout(ANSWER_TIMEOUT);
			this.answers = new BufferedInputStream(this.socket.getInputStream());
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
	}

	/**
	 * Sends a command.
	 * @param words the command and its arguments
	 * @return the answer, where it is a line, a number or a text
	 * @throws IOException if Redis refuses the command or cannot be reached
	 */
	public String ask(String... words) throws IOException {
		return ask(List.of(words));
	}

	String ask(List<String> words) throws IOException {
		ByteArrayOutputStream command = new ByteArrayOutputStream();
		write(command, "*" + words.size());
		for (String word : words) {
			write(command, "$" + word.getBytes(StandardCharsets.UTF_8).length);
			write(command, word);
		}
		this.socket.getOutputStream().write(command.toByteArray());
		String line = line();
		return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
			case '+', ':' -> line.substring(1);
			case '$' -> text(Integer.parseInt(line.substring(1)));
			default -> throw new IOException("Redis answers " + line + " to " + words.get(0));
		};
	}

	/**
	 * A field of what Redis tells about itself.
	 * @param section for example {@code replication}
	 * @param field for example {@code role}
	 * @return its value, empty if there is none
	 * @throws IOException if Redis cannot be reached
	 */
	public String info(String section, String field) throws IOException {
		return field(ask("INFO", section), field);
	}

	/** A line {@code field:value}. */
	static String field(String text, String field) {
		return text.lines()
			.filter((line) -> line.startsWith(field + ":"))
			.map((line) -> line.substring(field.length() + 1))
			.findFirst()
			.orElse("");
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private static void write(ByteArrayOutputStream command, String text) {
		command.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.answers.read(); next != '\n'; next = this.answers.read()) {
			if (next < 0) {
				throw new EOFException("Redis has closed the connection");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	private String text(int length) throws IOException {
		if (length < 0) {
			return "";
		}
		byte[] text = this.answers.readNBytes(length + 2);
		return new String(text, 0, Math.max(0, text.length - 2), StandardCharsets.UTF_8);
	}

}
