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

/** A client that sends bytes as they are, and reads until the gateway closes. */
public final class TestWire {

	private static final Pattern BEGIN = Pattern.compile(" HTTP/1\\.");

	private static final Pattern BODY = Pattern.compile("\\{}(\r\n0\r\n\r\n)?");

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

	private TestWire() {
	}

	/**
	 * Sends each part by itself, as long as the gateway listens, and reads all that comes
	 * back.
	 * @return what came until the connection was closed
	 * @throws java.net.SocketTimeoutException if it was not closed
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
				// What it had to say was said before.
			}
			return readAll(socket.getInputStream());
		}
	}

	/** To the end, also where that is a reset because more was sent than read. */
	private static String readAll(InputStream in) throws IOException {
		StringBuilder all = new StringBuilder();
		byte[] buffer = new byte[8192];
		try {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				all.append(new String(buffer, 0, read, ISO_8859_1));
			}
		}
		catch (SocketException reset) {
			// As good as closed.
		}
		return all.toString();
	}

	/**
	 * Makes requests on one connection, each in pieces of a size, and each once the one
	 * before is answered with {@code {}}.
	 */
	public static String sendInTurn(int port, int size, String... requests) throws IOException {
		StringBuilder answers = new StringBuilder();
		int wanted = 0;
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(15_000);
			socket.setTcpNoDelay(true);
			for (String request : requests) {
				for (String part : request.split("(?s)(?<=\\G.{" + size + "})", -1)) {
					socket.getOutputStream().write(part.getBytes(ISO_8859_1));
				}
				wanted += (int) BEGIN.matcher(request).results().count();
				readUntil(socket, answers, wanted);
			}
		}
		return answers.toString();
	}

	/**
	 * Sends the beginning of a request and then drop after drop until the gateway has had
	 * enough, at most for a quarter of a minute.
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
					// It still listens.
				}
			}
			return "";
		}
	}

	private static void readUntil(Socket socket, StringBuilder answers, int wanted) throws IOException {
		byte[] buffer = new byte[8192];
		while (BODY.matcher(answers).results().count() < wanted) {
			int read = socket.getInputStream().read(buffer);
			if (read < 0) {
				return;
			}
			answers.append(new String(buffer, 0, read, ISO_8859_1));
		}
	}

	/** The statuses of all answers that came. */
	public static List<Integer> statuses(String answers) {
		List<Integer> statuses = new ArrayList<>();
		Matcher matcher = STATUS.matcher(answers);
		while (matcher.find()) {
			statuses.add(Integer.valueOf(matcher.group(1)));
		}
		return statuses;
	}

}
