package dev.agora.launcher.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a store that the launcher does not start.
 *
 * @param shown the address without credentials, which can be printed
 * @param servers the servers, none if only DNS can provide them
 */
public record StoreAddress(String shown, List<InetSocketAddress> servers) {

	private static final Pattern CREDENTIALS = Pattern.compile("(?<=//)[^/]*@");

	private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:,/\\[\\]]+):(\\d{1,5})");

	/** Parses a URI or a list of HOST:PORT. */
	public static StoreAddress of(String address) {
		String shown = CREDENTIALS.matcher(address).replaceAll("");
		String servers = shown.replaceAll("[a-z+]+://", "").replaceAll("[/?].*", "");
		List<InetSocketAddress> found = new ArrayList<>();
		for (String server : servers.split(",", -1)) {
			Matcher matcher = SERVER.matcher(server.strip());
			if (matcher.matches() && Integer.parseInt(matcher.group(2)) < 65_536) {
				found.add(new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
			}
		}
		return new StoreAddress(shown, found);
	}

	/** Whether a server accepts connections, or no server is known. */
	public boolean isReachable() {
		return this.servers.isEmpty() || this.servers.stream().anyMatch(StoreAddress::acceptsConnections);
	}

	private static boolean acceptsConnections(InetSocketAddress server) {
		try (Socket socket = new Socket()) {
			socket.connect(server, 500);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
