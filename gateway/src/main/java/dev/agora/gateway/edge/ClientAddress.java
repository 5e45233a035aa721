package dev.agora.gateway.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

import io.netty.util.NetUtil;

import org.springframework.web.server.ServerWebExchange;

/** The address of the client, as all who come later get it. */
public final class ClientAddress {

	/** The exchange attribute with the address, for example {@code 203.0.113.7}. */
	public static final String ATTRIBUTE = "agora.client-address";

	private static final int NETWORK_BYTES = 8;

	private ClientAddress() {
	}

	/** The address that a request came from. */
	public static String of(ServerWebExchange exchange) {
		return String.valueOf(exchange.getAttributes().getOrDefault(ATTRIBUTE, "unknown"));
	}

	/** In the one form of RFC 5952, IPv4 within IPv6 as IPv4, without a scope. */
	static String text(InetAddress address) {
		return NetUtil.toAddressString(address);
	}

	/**
	 * What one client is assumed to hold: an IPv4 address, or the 64 bits that every home
	 * and server gets of IPv6, within which it may take any address it likes.
	 */
	public static String network(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
		if (!(parsed instanceof Inet6Address)) {
			return address;
		}
		byte[] bytes = parsed.getAddress();
		Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
		return NetUtil.bytesToIpAddress(bytes) + "/64";
	}

}
