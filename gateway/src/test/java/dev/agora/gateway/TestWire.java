package dev.agora.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A client that sends bytes as they are and reads until the gateway closes the
 * connection.
 */
public final class TestWire {

	private static final Pattern BEGIN = Pattern.compile(" HTTP/1\\.");

	private static final Pattern BODY = Pattern.compile("\\{}(\r\n0\r\n\r\n)?");

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

	private TestWire() {
	}

	/**
	 * Sends the parts one by one until the gateway closes the connection, and reads all
	 * responses.
	 * @return the bytes that were received
	 * @throws java.net.SocketTimeoutException if the connection stays open
	 */
	public static String send(int port, String... parts) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(15_000);
			socket.setTcpNoDelay(true);
			try {
				for (String part : parts) {
					socket.getOutputStream().write(part.getBytes(ISO_8859_1));
				}
			}
			catch (SocketException closed) {
				// The response was sent before.
			}
			return readAll(socket.getInputStream());
		}
	}

	/** Reads to the end, which is a reset if more was sent than read. */
	private static String readAll(InputStream in) throws IOException {
		StringBuilder all = new StringBuilder();
		byte[] buffer = new byte[8192];
		try {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				all.append(new String(buffer, 0, read, ISO_8859_1));
			}
		}
		catch (SocketException reset) {
			// A reset counts as closed.
		}
		return all.toString();
	}

	/**
	 * Sends requests on one connection in pieces of a size, each after the response
	 * {@code {}} to the one before.
	 */
	public static String sendInTurn(int port, int size, String... requests) throws IOException {
		StringBuilder responses = new StringBuilder();
		int wanted = 0;
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(15_000);
			socket.setTcpNoDelay(true);
			for (String request : requests) {
				for (String part : request.split("(?s)(?<=\\G.{" + size + "})", -1)) {
					socket.getOutputStream().write(part.getBytes(ISO_8859_1));
				}
				wanted += (int) BEGIN.matcher(request).results().count();
				readUntil(socket, responses, wanted);
			}
		}
		return responses.toString();
	}

	/**
	 * Sends the beginning of a request and then single drops until the gateway responds,
	 * for at most 15 seconds.
	 */
	public static String drip(int port, String begin, String drop) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(50);
			socket.getOutputStream().write(begin.getBytes(ISO_8859_1));
			for (int drops = 0; drops < 300; drops++) {
				socket.getOutputStream().write(drop.getBytes(ISO_8859_1));
				try {
					return String.valueOf((char) socket.getInputStream().read()) + readAll(socket.getInputStream());
				}
				catch (SocketTimeoutException notYet) {
					// There is no response yet.
				}
			}
			return "";
		}
	}

	private static void readUntil(Socket socket, StringBuilder responses, int wanted) throws IOException {
		byte[] buffer = new byte[8192];
		while (BODY.matcher(responses).results().count() < wanted) {
			int read = socket.getInputStream().read(buffer);
			if (read < 0) {
				return;
			}
			responses.append(new String(buffer, 0, read, ISO_8859_1));
		}
	}

	/** The statuses of all responses. */
	public static List<Integer> statuses(String responses) {
		List<Integer> statuses = new ArrayList<>();
		Matcher matcher = STATUS.matcher(responses);
		while (matcher.find()) {
			statuses.add(Integer.valueOf(matcher.group(1)));
		}
		return statuses;
	}

}
