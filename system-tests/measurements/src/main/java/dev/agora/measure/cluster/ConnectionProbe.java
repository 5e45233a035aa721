package dev.agora.measure.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Tries whether a server accepts connections. */
final class ConnectionProbe {

	private static final int TIMEOUT_MILLIS = 3000;

	private ConnectionProbe() {
	}

	/** Prints "open", "closed" or "unknown" before {@code host:port}. */
	static void print(String address) {
		int colon = address.lastIndexOf(':');
		InetSocketAddress server = new InetSocketAddress(address.substring(0, colon),
				Integer.parseInt(address.substring(colon + 1)));
		System.out.println((server.isUnresolved() ? "unknown" : accepts(server) ? "open" : "closed") + " " + address);
	}

	/** A policy refuses the connection, or lets it time out. */
	private static boolean accepts(InetSocketAddress server) {
		try (Socket socket = new Socket()) {
			socket.connect(server, TIMEOUT_MILLIS);
			return true;
		}
		catch (IOException refused) {
			return false;
		}
	}

}
